import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { personMay } from "../people/status.ts";
import { ledger } from "../tables/ledger.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { someSubscription } from "./rows.ts";

/** Whether Stripe has told us nothing about a row of `subscriptions` yet. */
const isUnheardOf = isNull(subscriptions.stripe_synced_at);

/**
 * Whether a row of `subscriptions` is a checkout that we canceled before we heard that it was paid. It stays canceled,
 * unless it began a subscription at Stripe that is still running. If it was paid, the money is in the ledger, and
 * somebody has to refund it.
 */
export const checkoutWasCancelledUnpaid: SQL = sql`(${and(
  isUnheardOf,
  eq(subscriptions.status, "cancelled"),
  eq(subscriptions.payment_method, "stripe"),
  // All our checkouts have one; rows from the old system do not.
  isNotNull(subscriptions.checkout_expires_at),
)})`;

/** Whether a payment cannot activate a row of `subscriptions`, because its owner was rejected or is not approved. */
export const subscriptionCannotBegin: SQL = sql`(${and(
  isUnheardOf,
  sql`exists (select from ${users} where ${and(
    eq(users.id, subscriptions.user_id),
    not(sql`(${or(eq(users.status, "active"), personMay("pay"))})`),
  )})`,
)})`;

/** Whether some of the money for a row of `subscriptions` has not been refunded. */
const moneyIsLeft = sql`(select sum(${ledger.base_subscription_cents} + ${ledger.donation_cents}) from ${ledger}
  where ${eq(ledger.subscription_id, subscriptions.id)}) > 0`;

/** Whether a row of `subscriptions` began no membership. If it was paid, a volunteer decides, or refunds it. */
export const subscriptionNeverBegan: SQL = sql`(${or(eq(subscriptions.status, "pending"), checkoutWasCancelledUnpaid)})`;

/** SQL branches of a `case` that say why a payment began nothing. `row`: a condition on `subscriptions`. */
export const reasonsNotBegun = (row: SQL): SQL => sql`
  when ${someSubscription(row, checkoutWasCancelledUnpaid, moneyIsLeft)} then 'the checkout was cancelled before it was paid'
  when ${someSubscription(row, eq(subscriptions.status, "pending"), subscriptionCannotBegin)} then 'the person cannot become active'`;
