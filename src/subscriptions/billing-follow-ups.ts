import { and, asc, eq, gt, isNotNull, isNull, lte, not, type SQL, sql } from "drizzle-orm";
import { batches } from "../database/batches.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { idsOf } from "../people/person.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { endPauses } from "./end-pause.ts";
import { lapsedAt, MORNING, mailMembershipEnd } from "./notices.ts";
import { updateSubscriptions } from "./rows.ts";
import { followSubscriptions, graceEnd, graceIsOver } from "./standing.ts";

/** Small enough for one transaction. */
const BATCH = 100;

const NOW = sql`now()`;
/** Stripe does not bill these: ending them is up to us. */
const isNotBilled = isNull(subscriptions.stripe_subscription_id);
const termIsOver = and(isNotBilled, eq(subscriptions.status, "active"), lte(subscriptions.current_term_end, NOW));

/**
 * Does what is due and Stripe does not do: ends pauses, terms and grace periods. It catches up on
 * whatever was missed, and running it again changes nothing. Returns how many subscriptions each step found.
 */
export async function followUpBilling(ctx: Context): Promise<Record<string, number>> {
  const pauseIsOver = and(isNotBilled, eq(subscriptions.status, "paused"), lte(subscriptions.resumes_at, NOW));
  const resumed = await forEachDue(ctx, pauseIsOver, (t, { due }) => endPauses(t, due));

  const isCancelled = and(termIsOver, subscriptions.cancel_at_period_end);
  const ended = await forEachDue(ctx, isCancelled, (t, { due, batch, people }) => {
    updateSubscriptions(t, due, { status: "expired" });
    followSubscriptions(t, people);
    mailMembershipEnd(t, batch, sql`${subscriptions.current_term_end}`, MORNING);
  });

  const isUnpaid = and(termIsOver, not(subscriptions.cancel_at_period_end));
  const past_due = await forEachDue(ctx, isUnpaid, (t, { due }) =>
    updateSubscriptions(t, due, {
      status: "past_due",
      grace_ends_at: graceEnd(sql`${subscriptions.current_term_end}`),
    }),
  );

  const expired = await forEachDue(ctx, and(isNotBilled, graceIsOver), (t, { due, batch, people }) => {
    updateSubscriptions(t, due, { status: "expired" });
    followSubscriptions(t, people);
    mailMembershipEnd(t, batch, lapsedAt, MORNING);
    updateSubscriptions(t, and(batch, eq(subscriptions.status, "expired")), { grace_ends_at: null });
  });

  // Stripe keeps trying to collect. When it succeeds, the person is a member again.
  const lapses = and(
    isNotNull(subscriptions.stripe_subscription_id),
    graceIsOver,
    sql`exists (select from ${users} where ${and(eq(users.id, subscriptions.user_id), eq(users.status, "active"))})`,
  );
  const lapsed = await forEachDue(ctx, lapses, (t, { batch, people }) => {
    followSubscriptions(t, people);
    mailMembershipEnd(t, batch, lapsedAt, MORNING);
  });

  return { resumed, ended, past_due, expired, lapsed };
}

interface Batch {
  /** Those of the batch that nobody has changed since we found them: a condition on `subscriptions`. */
  due: SQL;
  /** The whole batch: a condition on `subscriptions`. */
  batch: SQL;
  /** Their owners' ids, to compare an id with: `= ${people}`. */
  people: SQL;
}

/** Writes something about every subscription that is `due`, in batches. Returns how many there were. */
async function forEachDue(ctx: Context, due: SQL | undefined, write: (t: Plan, batch: Batch) => void): Promise<number> {
  let total = 0;
  for await (const rows of batches((after) => selectDue(ctx, due, after), { size: BATCH, key: ({ id }) => id })) {
    if (rows.length === 0) break;
    total += rows.length;
    const people = anyOf(rows.map(({ user_id }) => user_id));
    const batch = eq(subscriptions.id, anyOf(rows.map(({ id }) => id)));
    await ctx.transact((t) => {
      // People before their subscriptions, as everywhere, and in one order.
      const rowsOfPeople = query
        .select({ id: users.id })
        .from(users)
        .where(eq(users.id, people))
        .orderBy(asc(users.id));
      t.effect(rowsOfPeople.for("no key update"));
      write(t, { due: sql`(${and(batch, due)})`, batch, people });
    });
  }
  return total;
}

const selectDue = (ctx: Context, due: SQL | undefined, after: string | null) =>
  ctx.transact((t) =>
    t.many(
      query
        .select({ id: subscriptions.id, user_id: subscriptions.user_id })
        .from(subscriptions)
        .where(and(due, after ? gt(subscriptions.id, after) : undefined))
        .orderBy(asc(subscriptions.id))
        .limit(BATCH),
    ),
  );

const anyOf = (ids: string[]): SQL => sql`any (${idsOf(...ids)})`;
