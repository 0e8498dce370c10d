import { and, eq, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import { effect, guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { LEAST_CENTS, MOST_CENTS } from "../http/schemas.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { isOnOffer, saysItsTerm } from "../plans/on-offer.ts";
import { RECURRING_CYCLES, subscription_plans } from "../plans/tables.ts";
import { termEndAfter } from "../plans/term-end.ts";
import { organisation_settings } from "../settings/tables.ts";
import { entitles, runs } from "../subscriptions/standing.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { CHECKOUT_SUPERSEDED } from "./checkout-session.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/** When a session that is made now expires. */
const EXPIRY = sql`now() + interval '23 hours'`;
/** Stripe wants a session to live for another 30 minutes when it is made. */
const TOO_LATE = sql`now() + interval '35 minutes'`;
const SOON = sql`now() + interval '1 minute'`;

/** A pending subscription, with what its checkout needs to know. */
export type Attempt = Awaited<ReturnType<typeof writeAttempt>>;

/**
 * The member's one pending subscription, made or brought up to date with what they want now. A term that is paid once is
 * fixed here: it begins where the running one ends, or now, and never ends while its session can still be paid. Another
 * wish before it, whose session might be paid, stays as it is: that session is `in_the_way`, to be made void first. 404 when
 * the plan is not on offer; 409 when the amount does not fit it, or a running subscription stands in the way.
 *
 * @param voided the session that was made void for this wish
 */
export async function writeAttempt(
  ctx: SignedInContext,
  { plan_id, donation_cents, base_subscription_cents }: SubscriptionCheckout,
  voided: string | null,
) {
  const { user_id } = ctx;
  const plan = and(eq(subscription_plans.id, plan_id), isOnOffer);
  const renewsItself = inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES]);
  const dues = sql`coalesce(${base_subscription_cents ?? null}::int, ${subscription_plans.price_cents})`;
  const total = sql`${dues} + ${donation_cents}::bigint`;
  const running = and(eq(subscriptions.user_id, user_id), runs);
  // A plan that renews itself begins when it is paid: what is left of a term before it would be lost.
  const stillRuns = and(running, ne(subscriptions.status, "past_due"));
  const mine = and(eq(subscriptions.user_id, user_id), eq(subscriptions.status, "pending"));
  const inTheWay = sql`coalesce(${subscriptions.stripe_checkout_session_id} <> coalesce(${voided}, ''), false)`;
  const wish = sql`
    select ${user_id}::uuid as user_id, id as plan_id, billing_cycle, ${dues} as base_subscription_cents,
      ${donation_cents}::int as donation_cents, case when not ${renewsItself} then begins end as current_term_start,
      case when billing_cycle = 'custom' then ${termEndAfter(sql`greatest(begins, ${EXPIRY})`)} end as current_term_end,
      ${EXPIRY} as checkout_expires_at
    from ${subscription_plans} cross join (
      select coalesce(
        (select ${subscriptions.current_term_end} from ${subscriptions} where ${and(running, entitles)}),
        date_trunc('milliseconds', now())) as begins
    ) as term
    where ${plan}`;
  const isPlan = (what = sql`true`) => sql`exists (select from ${subscription_plans} where ${and(plan, what)})`;
  const [attempt] = await ctx.transact(
    effect(query.select({ id: users.id }).from(users).where(eq(users.id, user_id)).for("no key update")),
    // Nobody edits or deletes it meanwhile.
    effect(
      query
        .select({ id: subscription_plans.id })
        .from(subscription_plans)
        .where(eq(subscription_plans.id, plan_id))
        .for("share"),
    ),
    guard(isPlan(), 404, "plan_not_found", "There is no such plan on offer."),
    guard(
      isPlan(saysItsTerm),
      409,
      "plan_has_no_term",
      "It is not decided yet when terms of this plan end. Please ask us.",
    ),
    guard(
      isPlan(sql`(${donation_cents} = 0 or ${subscription_plans.donation_allowed})`),
      409,
      "donation_not_allowed",
      "This plan takes no donation on top.",
    ),
    guard(
      isPlan(sql`${dues} >= ${subscription_plans.minimum_price_cents}`),
      409,
      "below_minimum",
      "This is less than the lowest price of this plan.",
    ),
    guard(
      isPlan(sql`${total} >= ${LEAST_CENTS}`),
      409,
      "amount_too_small",
      "Dues and donation together are less than can be paid online.",
    ),
    guard(
      isPlan(sql`${total} <= ${MOST_CENTS}`),
      409,
      "amount_too_large",
      "Dues and donation together are more than can be paid online.",
    ),
    guard(
      sql`not exists (select from ${subscriptions} where ${and(
        running,
        or(isNotNull(subscriptions.stripe_subscription_id), eq(subscriptions.billing_cycle, "lifetime")),
      )})`,
      409,
      "already_subscribed",
      sql`(select case when ${subscriptions.status} = 'past_due'
        then 'Your dues are overdue, and your subscription goes on as soon as they are paid. Please pay them, or change your card, in the billing portal.'
        else 'You have a running subscription already.' end from ${subscriptions} where ${running})`,
    ),
    // It would be superseded, and with it the days that it still has.
    guard(
      sql`not exists (select from ${subscriptions} where ${and(running, eq(subscriptions.status, "paused"))})`,
      409,
      "subscription_paused",
      "Your subscription is paused. Please ask us to resume it first.",
    ),
    guard(
      sql`not (${isPlan(renewsItself)} and exists (select from ${subscriptions} where ${stillRuns}))`,
      409,
      "term_still_runs",
      sql`(select 'Your term runs until ' || to_char((${subscriptions.current_term_end} at time zone 'UTC') - interval '1 millisecond', 'FMDD FMMonth YYYY')
        || '. A plan that renews itself can follow when it is over; you stay a member for some days of grace.' from ${subscriptions} where ${stillRuns})`,
    ),
    effect(
      query.execute(sql`
        insert into ${subscriptions}
          (user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents, current_term_start, current_term_end,
            checkout_expires_at)
        ${wish}
        on conflict (user_id) where status = 'pending' do update set
          plan_id = excluded.plan_id,
          billing_cycle = excluded.billing_cycle,
          base_subscription_cents = excluded.base_subscription_cents,
          donation_cents = excluded.donation_cents,
          current_term_start = excluded.current_term_start,
          current_term_end = excluded.current_term_end,
          checkout_number = ${subscriptions.checkout_number} + 1,
          checkout_expires_at = excluded.checkout_expires_at,
          stripe_checkout_session_id = null
        where ${isAnother(sql`excluded`)} and not ${inTheWay}`),
    ),
    effect(
      query
        .update(users)
        .set({ status: moved("renew") })
        .where(and(eq(users.id, user_id), may("renew"))),
    ),
    one(
      query
        .select({
          id: subscriptions.id,
          plan_id: subscriptions.plan_id,
          checkout_number: subscriptions.checkout_number,
          checkout_expires_at: sql<string>`${subscriptions.checkout_expires_at}`.mapWith(
            subscriptions.checkout_expires_at,
          ),
          stripe_checkout_session_id: subscriptions.stripe_checkout_session_id,
          base_subscription_cents: subscriptions.base_subscription_cents,
          donation_cents: subscriptions.donation_cents,
          in_the_way: sql<boolean>`(${inTheWay} and exists (select from (${wish}) as wish where ${isAnother(sql`wish`)}))`,
          billing_cycle: subscriptions.billing_cycle,
          current_term_start: subscriptions.current_term_start,
          current_term_end: subscriptions.current_term_end,
          plan_name: subscription_plans.name,
          email: users.email,
          stripe_customer_id: users.stripe_customer_id,
          statement_descriptor_suffix: organisation_settings.statement_descriptor_suffix,
        })
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .crossJoin(organisation_settings)
        .where(mine),
    ),
  );
  return attempt;
}

/** Whether a row of `subscriptions` is another wish than this one, or has no time left to be paid. */
const isAnother = (wish: SQL): SQL => sql`(
  (${subscriptions.plan_id}, ${subscriptions.billing_cycle}, ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents}, ${subscriptions.current_term_end})
    is distinct from (${wish}.plan_id, ${wish}.billing_cycle, ${wish}.base_subscription_cents, ${wish}.donation_cents, ${wish}.current_term_end)
  -- A term that has begun is the same, whenever that was: also when another device asked a moment later, and came first.
  or greatest(${subscriptions.current_term_start}, ${SOON}) is distinct from greatest(${wish}.current_term_start, ${SOON})
  or ${subscriptions.checkout_expires_at} < ${TOO_LATE})`;

/** Keeps the id of the session that is handed out. 409 when another checkout was started meanwhile, or it was paid. */
export async function keepSession(ctx: SignedInContext, attempt: Attempt, session_id: string): Promise<void> {
  await ctx.transact(
    guard(
      sql`exists (select from ${subscriptions} where ${and(
        eq(subscriptions.id, attempt.id),
        eq(subscriptions.status, "pending"),
        eq(subscriptions.checkout_number, attempt.checkout_number),
      )} for update)`,
      ...CHECKOUT_SUPERSEDED,
    ),
    effect(
      query
        .update(subscriptions)
        .set({ stripe_checkout_session_id: session_id })
        .where(eq(subscriptions.id, attempt.id)),
    ),
  );
}

/** Gives the attempt another number, and thereby another idempotency key. */
export async function renumber(ctx: SignedInContext, { id, checkout_number }: Attempt): Promise<void> {
  await ctx.transact(
    effect(
      query
        .update(subscriptions)
        .set({ checkout_number: checkout_number + 1 })
        .where(and(eq(subscriptions.id, id), eq(subscriptions.checkout_number, checkout_number))),
    ),
  );
}
