import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import { RUNNING, runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/** Whether the person of a row of `subscriptions` has another one that runs. */
export const anotherRuns = sql`exists (select from ${subscriptions} other where other.user_id = ${subscriptions.user_id}
  and other.id <> ${subscriptions.id} and other.status in ${[...RUNNING]})`;

/** A term that does not renew itself ends where one that was paid begins: before a pending row of the same person runs. */
export const supersede = (subscription_id: string): Silent =>
  effect(
    query
      .update(subscriptions)
      .set({ status: "expired", grace_ends_at: null })
      .where(
        and(
          eq(
            subscriptions.user_id,
            sql`(select paid.user_id from ${subscriptions} paid where paid.id = ${subscription_id} and paid.status = 'pending')`,
          ),
          ne(subscriptions.id, subscription_id),
          isNull(subscriptions.stripe_subscription_id),
          runs,
        ),
      ),
  );

/**
 * Rows of `superseded`: terms of the same person that are expired before their end, which nothing but {@link supersede}
 * brings about.
 */
const supersededFor = (subscription_id: string): SQL => sql`${subscriptions} superseded
  where superseded.user_id = (select ${subscriptions.user_id} from ${subscriptions} where ${eq(subscriptions.id, subscription_id)})
    and superseded.status = 'expired' and superseded.stripe_subscription_id is null and superseded.current_term_end > now()`;

/** When the term ends that is back when this one is cancelled; null where none is. */
export const endOfSuperseded = (subscription_id: string): SQL =>
  sql`(select max(superseded.current_term_end) from ${supersededFor(subscription_id)})`;

/** Once a term is cancelled, the one that it took the place of runs again: what was paid for that is not lost with it. */
export const bringBackSuperseded = (subscription_id: string): Silent => {
  const cancelled = sql`exists (select from ${subscriptions} cancelled where cancelled.id = ${subscription_id} and cancelled.status = 'cancelled')`;
  const last = sql`(select superseded.id from ${supersededFor(subscription_id)}
    order by superseded.current_term_end desc, superseded.created_at desc, superseded.id limit 1)`;
  return effect(
    query
      .update(subscriptions)
      .set({ status: "active" })
      .where(and(eq(subscriptions.id, last), cancelled)),
  );
};
