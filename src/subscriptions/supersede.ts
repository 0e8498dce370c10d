import { and, eq, isNull, ne, sql } from "drizzle-orm";
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
