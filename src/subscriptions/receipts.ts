import { and, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { NEWS_SINCE } from "../ledger/news.ts";
import { paymentReceiptNumber } from "../ledger/receipt-number.ts";
import { payments } from "../tables/ledger.ts";
import { documentName, mailableAddress, users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** Whether a row of `payments` is the first one for its subscription. */
const paymentIsFirst = sql`not exists (select from ${payments} earlier
  where earlier.subscription_id = ${payments.subscription_id} and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}))`;

const reference = sql`coalesce(${payments.stripe_invoice_id}, ${payments.stripe_payment_intent_id}, ${payments.id}::text)`;

/** Whether a row of `payments` is an invoice that credit paid, or that only gives credit. Nobody gave a free term. */
export const invoiceBroughtNothing = sql`(${and(
  isNotNull(payments.stripe_invoice_id),
  eq(payments.base_subscription_cents, 0),
  eq(payments.donation_cents, 0),
)})`;

/** The key of the last release, which knows nothing else and may still run while this one is deployed. */
const once = sql`case when ${paymentIsFirst} then 'thank_you:' else 'receipt:' end || ${reference}`;

/**
 * Mails a thank-you or a receipt for each payment of dues that has had neither yet. Both conditions are on `payments` joined
 * with `subscriptions` and `users`. A free term gets a mail too, but not an invoice of 0: nothing was paid then, nor given.
 *
 * @param due which payments get a mail
 * @param thanked which of these get a thank-you; the others get a receipt
 */
export function mailDuesReceipts(t: Plan, { due, thanked }: { due: SQL; thanked: SQL }): void {
  const unreceipted = sql`from ${payments}
    join ${subscriptions} on ${eq(subscriptions.id, payments.subscription_id)}
    join ${users} on ${eq(users.id, payments.user_id)}
    where ${and(isNull(payments.receipted_at), due)}`;
  const mailed = sql`${unreceipted} and not ${invoiceBroughtNothing}`;
  const mail = { to: mailableAddress, user_id: users.id, once };
  const facts = {
    first_name: users.first_name,
    base_subscription_cents: payments.base_subscription_cents,
    donation_cents: payments.donation_cents,
    paid_at: payments.paid_at,
    payment_method: payments.payment_method,
    receipt_number: paymentReceiptNumber,
    received_from: documentName,
  };
  t.mail("thank_you", {
    ...mail,
    data: { ...facts, current_term_end: payments.term_end },
    from: sql`${mailed} and ${thanked}`,
  });
  t.mail("payment_receipt", {
    ...mail,
    data: { ...facts, term_end: payments.term_end },
    from: sql`${mailed} and not ${thanked}`,
  });
  t.effect(
    query
      .update(payments)
      .set({ receipted_at: sql`now()` })
      .where(sql`${payments.id} in (select ${payments.id} ${unreceipted})`),
  );
}

/**
 * Mails thanks for the first payment of a subscription and a receipt for each later one, once Stripe's answer has been
 * applied to `row` (a condition on `subscriptions`). The first payment waits until its payer is a member. If we hear of it
 * only after the term, it gets a receipt.
 */
export const mailReceiptsOf = (t: Plan, row: SQL): void =>
  mailDuesReceipts(t, {
    due: sql`(${and(row, isNotNull(subscriptions.stripe_synced_at), gt(payments.paid_at, NEWS_SINCE))}
      and (not ${paymentIsFirst} or ${users.status} in ('active', 'inactive')))`,
    thanked: sql`(${eq(users.status, "active")} and ${paymentIsFirst})`,
  });
