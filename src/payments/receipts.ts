import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Silent } from "../database/statements.ts";
import { payments } from "../ledger/tables.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { RECENTLY } from "./recently.ts";

/** What Stripe calls the payment, or we where Stripe does not know it. */
const reference = sql`coalesce(${payments.stripe_invoice_id}, ${payments.stripe_payment_intent_id}, ${payments.id}::text)`;

const isFirst = sql`not exists (select from ${payments} earlier
  where earlier.subscription_id = ${payments.subscription_id} and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}))`;

const onceForThanks = sql`'thank_you:' || ${reference}`;

const paidFor = (which: SQL) => sql`from ${payments}
  join ${subscriptions} on ${eq(subscriptions.id, payments.subscription_id)}
  join ${users} on ${eq(users.id, payments.user_id)}
  where ${and(which, sql`${payments.paid_at} > ${RECENTLY}`)}`;

/**
 * A mail for each payment of the dues of `which` (a condition on `subscriptions`), once: thanks for the first one to
 * whoever is a member by it, a receipt for those after, and for a first one that we hear of when its term is over.
 */
export const receipts = (which: SQL): [Silent, Silent] =>
  receiptsOf({
    thanked: sql`${paidFor(which)} and ${users.status} = 'active' and ${isFirst}`,
    receipted: sql`${paidFor(which)} and (not ${isFirst} or ${users.status} = 'inactive')`,
  });

/** Thanks for some payments of dues, a receipt for others, each once: both are rows of `payments` joined with `users`. */
export function receiptsOf({ thanked, receipted }: { thanked: SQL; receipted: SQL }): [Silent, Silent] {
  const person = { to: users.email, user_id: users.id };
  const facts = {
    first_name: users.first_name,
    base_subscription_cents: payments.base_subscription_cents,
    donation_cents: payments.donation_cents,
    paid_at: payments.paid_at,
    payment_method: payments.payment_method,
  };
  return [
    mail("thank_you", {
      ...person,
      data: { ...facts, current_term_end: payments.term_end },
      from: thanked,
      once: onceForThanks,
    }),
    mail("payment_receipt", {
      ...person,
      data: { ...facts, term_end: payments.term_end },
      from: receipted,
      // Whoever had a receipt of their first payment is not thanked for it as well.
      once: sql`case when ${isFirst} then ${onceForThanks} else 'receipt:' || ${reference} end`,
    }),
  ];
}
