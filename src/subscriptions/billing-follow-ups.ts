import { and, asc, eq, gt, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { effect, many, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { membershipEnded } from "../payments/subscription-notices.ts";
import { subscription_plans } from "../plans/tables.ts";
import { organisation_settings } from "../settings/tables.ts";
import { goOn } from "./resume.ts";
import { memberFollows, runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/** Small enough for one transaction. */
const BATCH = 100;

const past = (instant: SQL) => sql`${instant} <= now()`;
/** Terms of which Stripe knows nothing, or which were paid once: their end is ours to see to. */
const isOurs = isNull(subscriptions.stripe_subscription_id);
const hasEnded = and(isOurs, eq(subscriptions.status, "active"), past(sql`${subscriptions.current_term_end}`));
const graceIsOver = and(
  eq(subscriptions.status, "past_due"),
  or(isNull(subscriptions.grace_ends_at), past(sql`${subscriptions.grace_ends_at}`)),
);
const graceEnd = sql`coalesce(${subscriptions.grace_ends_at}, ${subscriptions.current_term_end}, now())`;

/**
 * Does what time brings about and Stripe does not: pauses that are over, terms that ended, grace that is over, and the
 * mails about what ends soon. Whatever is due is done, since whenever; doing it again changes nothing.
 */
export async function followUpBilling(ctx: Context): Promise<Record<string, number>> {
  const resumed = await forEach(
    ctx,
    and(isOurs, eq(subscriptions.status, "paused"), past(sql`${subscriptions.resumes_at}`)),
    (due) => [goOn(due)],
  );
  const ended = await forEach(ctx, and(hasEnded, subscriptions.cancel_at_period_end), (due, batch, people) => [
    set(due, { status: "expired" }),
    ...memberFollows(people),
    membershipEnded(batch, sql`${subscriptions.current_term_end}`),
  ]);
  const past_due = await forEach(ctx, and(hasEnded, not(subscriptions.cancel_at_period_end)), (due) => [
    set(due, {
      status: "past_due",
      grace_ends_at: sql`${subscriptions.current_term_end} + (select ${organisation_settings.grace_days} from ${organisation_settings}) * interval '1 day'`,
    }),
  ]);
  const expired = await forEach(ctx, and(isOurs, graceIsOver), (due, batch, people) => [
    set(due, { status: "expired" }),
    ...memberFollows(people),
    membershipEnded(batch, graceEnd),
    set(sql`(${and(batch, eq(subscriptions.status, "expired"))})`, { grace_ends_at: null }),
  ]);
  // Stripe goes on trying to collect; when it succeeds, the member is back.
  const lapsed = await forEach(
    ctx,
    and(
      isNotNull(subscriptions.stripe_subscription_id),
      graceIsOver,
      sql`exists (select from ${users} where ${and(eq(users.id, subscriptions.user_id), eq(users.status, "active"))})`,
    ),
    (_, batch, people) => [...memberFollows(people), membershipEnded(batch, graceEnd)],
  );
  await ctx.transact(termEnding(), cardExpiring());
  return { resumed, ended, past_due, expired, lapsed };
}

/**
 * Does something about every subscription of which `due` holds, in batches; returns how many there were. `due` holds of
 * those of a batch that nobody changed meanwhile, `batch` of all of it, `people` is to be compared with a person's id.
 */
async function forEach(
  ctx: Context,
  due: SQL | undefined,
  statements: (due: SQL, batch: SQL, people: SQL) => Silent[],
): Promise<number> {
  let last = "00000000-0000-0000-0000-000000000000";
  for (let total = 0; ; ) {
    const [rows] = await ctx.transact(
      many(
        query
          .select({ id: subscriptions.id, user_id: subscriptions.user_id })
          .from(subscriptions)
          .where(and(due, gt(subscriptions.id, last)))
          .orderBy(asc(subscriptions.id))
          .limit(BATCH),
      ),
    );
    const people = anyOf(rows.map(({ user_id }) => user_id));
    const batch = eq(subscriptions.id, anyOf(rows.map(({ id }) => id)));
    if (rows.length > 0)
      await ctx.transact(
        // People before their subscriptions, as a checkout locks them, and in one order.
        effect(
          query
            .select({ id: users.id })
            .from(users)
            .where(eq(users.id, people))
            .orderBy(asc(users.id))
            .for("no key update"),
        ),
        ...statements(sql`(${and(batch, due)})`, batch, people),
      );
    total += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < BATCH) return total;
  }
}

const anyOf = (ids: string[]): SQL => sql`any (${`{${ids.join(",")}}`}::uuid[])`;

const set = (which: SQL, values: { status?: "expired" | "past_due"; grace_ends_at?: SQL | null }): Silent =>
  effect(query.update(subscriptions).set(values).where(which));

/** A month before a term ends that does not renew itself; a week, when it is a short one. */
const termEnding = (): Silent =>
  mail("term_ending", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      plan_name: subscription_plans.name,
      term_end: subscriptions.current_term_end,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      join ${subscription_plans} on ${eq(subscription_plans.id, subscriptions.plan_id)}
      where ${and(isOurs, eq(subscriptions.status, "active"), not(subscriptions.cancel_at_period_end), eq(users.status, "active"))}
        and ${subscriptions.current_term_end} > now()
        and ${subscriptions.current_term_end} <= now() + case
          when ${subscriptions.current_term_end} - ${subscriptions.current_term_start} < interval '60 days'
          then interval '7 days' else interval '30 days' end`,
    once: sql`'term_ending:' || ${subscriptions.id} || ':' || ${subscriptions.current_term_end}`,
  });

/** A card works until the end of the month that is printed on it. */
const cardMonth = sql`make_date(${subscriptions.card_exp_year}, ${subscriptions.card_exp_month}, 1)`;
const thisMonth = sql`date_trunc('month', now() at time zone 'utc')`;

/** In the card's last month and the one before: for less time than it is remembered that the mail was sent. */
const cardExpiring = (): Silent =>
  mail("card_expiring", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      card_brand: subscriptions.card_brand,
      card_last4: subscriptions.card_last4,
      card_exp_month: subscriptions.card_exp_month,
      card_exp_year: subscriptions.card_exp_year,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(
        runs,
        isNotNull(subscriptions.stripe_subscription_id),
        not(subscriptions.cancel_at_period_end),
        isNotNull(subscriptions.card_brand),
        isNotNull(subscriptions.card_last4),
        isNotNull(subscriptions.card_exp_month),
        isNotNull(subscriptions.card_exp_year),
      )}
        and ${cardMonth} between ${thisMonth} and ${thisMonth} + interval '1 month'`,
    once: sql`'card_expiring:' || ${subscriptions.id} || ':' || to_char(${cardMonth}, 'YYYY-MM')`,
  });
