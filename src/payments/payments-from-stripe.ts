import { type SQL, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import { payments } from "../ledger/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import type { PaymentFacts } from "./subscription-parts.ts";

/**
 * Writes down what was paid for a subscription: once per invoice, or per payment intent where there is no invoice. What
 * Stripe says of a payment later is taken over.
 */
export function paymentEffects(
  facts: PaymentFacts[],
  of: { subscription: SQL; told_apart_by: "stripe_invoice_id" | "stripe_payment_intent_id" },
): Silent[] {
  if (facts.length === 0) return [];
  return [
    effect(
      query.execute(sql`
        insert into ${payments} as known (user_id, subscription_id, base_subscription_cents, donation_cents, paid_at,
          term_start, term_end, stripe_invoice_id, stripe_payment_intent_id)
        select ${subscriptions.user_id}, ${subscriptions.id}, given.*
        from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as given(base_subscription_cents integer,
          donation_cents integer, paid_at timestamptz, term_start timestamptz, term_end timestamptz,
          stripe_invoice_id text, stripe_payment_intent_id text),
          ${subscriptions}
        where ${of.subscription}
        on conflict (${sql.raw(of.told_apart_by)})
        do update set base_subscription_cents = excluded.base_subscription_cents,
          donation_cents = excluded.donation_cents, paid_at = excluded.paid_at, term_start = excluded.term_start,
          term_end = excluded.term_end,
          stripe_payment_intent_id = coalesce(excluded.stripe_payment_intent_id, known.stripe_payment_intent_id)
        where (known.base_subscription_cents, known.donation_cents, known.paid_at, known.term_start, known.term_end,
          known.stripe_payment_intent_id) is distinct from (excluded.base_subscription_cents, excluded.donation_cents,
          excluded.paid_at, excluded.term_start, excluded.term_end,
          coalesce(excluded.stripe_payment_intent_id, known.stripe_payment_intent_id))`),
    ),
  ];
}
