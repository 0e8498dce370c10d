import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Silent } from "../database/statements.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { RECENTLY } from "./reversals-from-stripe.ts";
import { payments } from "./tables.ts";

const reference = sql`coalesce(${payments.stripe_invoice_id}, ${payments.stripe_payment_intent_id}, ${payments.id}::text)`;

const thanked = sql`'thank_you:' || ${reference}`;

const isFirst = sql`not exists (select from ${payments} earlier
  where earlier.subscription_id = ${payments.subscription_id} and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}))`;

const paidFor = (which: SQL) => sql`from ${payments}
  join ${subscriptions} on ${eq(subscriptions.id, payments.subscription_id)}
  join ${users} on ${eq(users.id, payments.user_id)}
  where ${and(which, sql`${payments.paid_at} > ${RECENTLY}`)}`;

/**
 * A mail for each payment of the dues of `which` (a condition on `subscriptions`), once: thanks for the first one to
 * whoever is a member by it, a receipt for those after, and for a first one that we hear of when its term is over.
 */
export const receipts = (which: SQL): Silent[] => [
  mail("thank_you", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      base_subscription_cents: payments.base_subscription_cents,
      donation_cents: payments.donation_cents,
      current_term_end: payments.term_end,
    },
    from: sql`${paidFor(which)} and ${users.status} = 'active' and ${isFirst}`,
    once: thanked,
  }),
  mail("payment_receipt", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      base_subscription_cents: payments.base_subscription_cents,
      donation_cents: payments.donation_cents,
      paid_at: payments.paid_at,
      term_end: payments.term_end,
      payment_method: payments.payment_method,
    },
    from: sql`${paidFor(which)} and (not ${isFirst} or ${users.status} = 'inactive')`,
    once: sql`case when ${isFirst} then ${thanked} else 'receipt:' || ${reference} end`,
  }),
];
