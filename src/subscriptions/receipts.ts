import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { payments } from "../tables/ledger.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** The last release knew only these keys, and may still run while this one is deployed. */
const reference = sql`coalesce(${payments.stripe_invoice_id}, ${payments.stripe_payment_intent_id}, ${payments.id}::text)`;

/**
 * Mails a thank-you or a receipt for each payment of dues that has had neither yet. Both conditions are on `payments` joined
 * with `subscriptions` and `users`.
 *
 * @param due which payments get a mail
 * @param thanked which of these get a thank-you; the others get a receipt
 */
export function mailDuesReceipts(t: Plan, { due, thanked }: { due: SQL; thanked: SQL }): void {
  const unreceipted = sql`from ${payments}
    join ${subscriptions} on ${eq(subscriptions.id, payments.subscription_id)}
    join ${users} on ${eq(users.id, payments.user_id)}
    where ${and(isNull(payments.receipted_at), due)}`;
  const person = { to: users.email, user_id: users.id };
  const facts = {
    first_name: users.first_name,
    base_subscription_cents: payments.base_subscription_cents,
    donation_cents: payments.donation_cents,
    paid_at: payments.paid_at,
    payment_method: payments.payment_method,
  };
  t.mail("thank_you", {
    ...person,
    data: { ...facts, current_term_end: payments.term_end },
    from: sql`${unreceipted} and ${thanked}`,
    once: sql`'thank_you:' || ${reference}`,
  });
  t.mail("payment_receipt", {
    ...person,
    data: { ...facts, term_end: payments.term_end },
    from: sql`${unreceipted} and not ${thanked}`,
    once: sql`'receipt:' || ${reference}`,
  });
  t.effect(
    query
      .update(payments)
      .set({ receipted_at: sql`now()` })
      .where(sql`${payments.id} in (select ${payments.id} ${unreceipted})`),
  );
}
