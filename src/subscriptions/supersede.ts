import { and, eq, gt, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { RUNNING_STATUSES, subscriptions } from "../tables/subscriptions.ts";
import { subscriptionOwner } from "./lock.ts";
import { updateSubscriptions } from "./rows.ts";
import { subscriptionIsRunning } from "./standing.ts";

/** Whether the owner of a row of `subscriptions` has another one that is running. */
export const anotherSubscriptionIsRunning: SQL = sql`exists (select from ${subscriptions} other where other.user_id = ${subscriptions.user_id}
  and other.id <> ${subscriptions.id} and other.status in ${[...RUNNING_STATUSES]})`;

/**
 * Ends the term that a paid, still pending row replaces. Only a term that does not renew can be replaced. It keeps its end, and so
 * comes back if what replaced it is canceled. One for life has no end to come back to, and ends now.
 *
 * @param for_good_at nothing comes back: all that could ended at this time, at the latest. A plan that renews itself does not
 * follow a free term, but replaces it
 */
export const supersedeRunningTerm = (t: Plan, subscription_id: string | SQL, for_good_at: string | null = null): void =>
  updateSubscriptions(
    t,
    and(
      eq(
        subscriptions.user_id,
        sql`(select paid.user_id from ${subscriptions} paid where paid.id = ${subscription_id} and paid.status = 'pending')`,
      ),
      ne(subscriptions.id, subscription_id),
      isNull(subscriptions.stripe_subscription_id),
      or(subscriptionIsRunning, for_good_at ? subscriptionIsSuperseded : undefined),
    ),
    {
      status: "expired",
      grace_ends_at: null,
      current_term_end: for_good_at
        ? sql`least(${subscriptions.current_term_end}, ${onceBegun(sql`${for_good_at}::timestamptz`)})`
        : sql`coalesce(${subscriptions.current_term_end}, ${onceBegun(sql`now()`)})`,
    },
  );

/** A term cannot end before it begins. */
const onceBegun = (end: SQL): SQL => sql`greatest(${end}, ${subscriptions.current_term_start} + interval '1 second')`;

/** Whether a row is one that {@link supersedeRunningTerm} ended: nothing else makes a term expire before its end. */
const subscriptionIsSuperseded = sql`(${and(
  eq(subscriptions.status, "expired"),
  isNull(subscriptions.stripe_subscription_id),
  gt(subscriptions.current_term_end, sql`now()`),
)})`;

/** Somebody's rows for which {@link subscriptionIsSuperseded}. */
export const supersededOf = (user_id: SQL): SQL => sql`${subscriptions} superseded
  where superseded.user_id = ${user_id}
    and superseded.status = 'expired' and superseded.stripe_subscription_id is null and superseded.current_term_end > now()`;

/** When the term ends that comes back if this one is canceled; null if none does. */
export const supersededTermEnd = (subscription_id: string): SQL =>
  sql`(select max(superseded.current_term_end) from ${supersededOf(subscriptionOwner(subscription_id))})`;

/** If this term is canceled, makes the one it had replaced active again. It was paid for, and should not be lost. */
export function restoreSupersededTerm(t: Plan, subscription_id: string): void {
  const isCancelled = sql`exists (select from ${subscriptions} cancelled where cancelled.id = ${subscription_id} and cancelled.status = 'cancelled')`;
  const latest = sql`(select superseded.id from ${supersededOf(subscriptionOwner(subscription_id))}
    order by superseded.current_term_end desc, superseded.created_at desc, superseded.id limit 1)`;
  updateSubscriptions(t, and(eq(subscriptions.id, latest), isCancelled), { status: "active" });
}
