import { type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { payments } from "../tables/ledger.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** A payment for a subscription, as a row of `payments` holds it. Cents, UTC. */
export interface PaymentFacts {
  base_subscription_cents: number;
  donation_cents: number;
  paid_at: string;
  term_start: string | null;
  term_end: string | null;
  stripe_invoice_id: string | null;
  stripe_payment_intent_id: string | null;
  payment_method: "stripe" | "outside_stripe";
}

/**
 * Records what was paid for a subscription. What Stripe says later about a payment that we know updates its row.
 *
 * @param subscription a condition on `subscriptions`
 * @param told_apart_by which of Stripe's ids makes a payment the same: the invoice's, or the payment intent's without one
 */
export function writePayments(
  t: Plan,
  facts: readonly PaymentFacts[],
  {
    subscription,
    told_apart_by,
  }: { subscription: SQL; told_apart_by: "stripe_invoice_id" | "stripe_payment_intent_id" },
): void {
  if (facts.length === 0) return;
  t.effect(
    query.execute(sql`
      insert into ${payments} as known (user_id, subscription_id, base_subscription_cents, donation_cents, paid_at,
        term_start, term_end, stripe_invoice_id, stripe_payment_intent_id, payment_method)
      select ${subscriptions.user_id}, ${subscriptions.id}, given.*
      from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as given(base_subscription_cents integer,
        donation_cents integer, paid_at timestamptz, term_start timestamptz, term_end timestamptz,
        stripe_invoice_id text, stripe_payment_intent_id text, payment_method paymentmethod),
        ${subscriptions}
      where ${subscription}
      on conflict (${sql.raw(told_apart_by)})
      do update set base_subscription_cents = excluded.base_subscription_cents,
        donation_cents = excluded.donation_cents, paid_at = excluded.paid_at, term_start = excluded.term_start,
        term_end = excluded.term_end, payment_method = excluded.payment_method,
        stripe_payment_intent_id = coalesce(excluded.stripe_payment_intent_id, known.stripe_payment_intent_id)
      where (known.base_subscription_cents, known.donation_cents, known.paid_at, known.term_start, known.term_end,
        known.payment_method, known.stripe_payment_intent_id) is distinct from (excluded.base_subscription_cents, excluded.donation_cents,
        excluded.paid_at, excluded.term_start, excluded.term_end, excluded.payment_method,
        coalesce(excluded.stripe_payment_intent_id, known.stripe_payment_intent_id))`),
  );
}
