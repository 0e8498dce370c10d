import { and, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { ledger } from "../ledger/tables.ts";
import { may } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { subscriptions } from "./tables.ts";

/** Nothing that was paid at Stripe has made anything of a row of `subscriptions` so far. */
const unbegun = isNull(subscriptions.stripe_synced_at);

/**
 * Whether a row of `subscriptions` is a checkout that was cancelled here before we heard that it was paid. It stays so,
 * unless a subscription runs for it at Stripe: what is paid for it is in the ledger, and somebody has to give it back.
 */
export const cancelledUnpaid: SQL = sql`(${and(
  unbegun,
  eq(subscriptions.status, "cancelled"),
  eq(subscriptions.payment_method, "stripe"),
  // No checkout of ours is without: one of the system before is not meant.
  isNotNull(subscriptions.checkout_expires_at),
)})`;

/** Whether a row of `subscriptions` is of somebody who was rejected, or is not approved: no payment begins it. */
export const barred: SQL = sql`(${and(
  unbegun,
  sql`exists (select from ${users} where ${and(eq(users.id, subscriptions.user_id), sql`not (${eq(users.status, "active")} or ${may("pay")})`)})`,
)})`;

/** Whether money that came in for a row of `subscriptions` has not all left again. */
const keepsMoney = sql`(select sum(${ledger.base_subscription_cents} + ${ledger.donation_cents}) from ${ledger}
  where ${eq(ledger.subscription_id, subscriptions.id)}) > 0`;

/** Whether what was paid for a row of `subscriptions` began no membership: it waits for a person, or is to be given back. */
export const beganNothing: SQL = sql`(${or(eq(subscriptions.status, "pending"), cancelledUnpaid)})`;

/** Why a payment for `row`, a condition on `subscriptions`, began nothing: branches of a `case`. */
export const whyUnbegun = (row: SQL): SQL => sql`
  when exists (select from ${subscriptions} where ${and(row, cancelledUnpaid, keepsMoney)}) then 'the checkout was cancelled before it was paid'
  when exists (select from ${subscriptions} where ${and(row, eq(subscriptions.status, "pending"), barred)}) then 'the person cannot become active'`;
