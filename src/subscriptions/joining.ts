import { and, isNotNull, not, type SQL, sql } from "drizzle-orm";
import { payments } from "../tables/ledger.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { subscriptionNeverBegan } from "./never-began.ts";

/**
 * Whether a row of `payments`, joined with its `subscriptions` and `users`, made somebody a member: their first dues, or a
 * first term that was given to them. People who were imported had joined before.
 */
export const paymentIsFirst: SQL = sql`(${and(
  isNotNull(payments.subscription_id),
  not(subscriptionNeverBegan),
  sql`${users.origin} <> 'import'`,
  sql`not exists (
    select from ${payments} earlier where earlier.user_id = ${subscriptions.user_id} and earlier.subscription_id is not null
      and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}))`,
)})`;
