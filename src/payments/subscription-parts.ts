import { eq, sql } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import { BillingCycle } from "../plans/schemas.ts";
import { subscription_plans } from "../plans/tables.ts";
import { idOf, toInstant } from "../stripe/values.ts";
import { subscriptions } from "../subscriptions/tables.ts";

/** What the products of a subscription are marked with, in their metadata's `part`. */
export const DUES_PART = "dues";
export const DONATION_PART = "donation";

/** What our checkout marks a subscription with. */
export const OurMetadata = z.object({ subscription_id: z.uuid(), plan_id: z.uuid(), billing_cycle: BillingCycle });
export type OurMetadata = z.infer<typeof OurMetadata>;

/** The plan that was paid for; where it was deleted since, for nobody had it, the one that the row names. */
export const planOf = ({ plan_id }: OurMetadata) =>
  sql`coalesce((select id from ${subscription_plans} where ${eq(subscription_plans.id, plan_id)}), ${subscriptions.plan_id})`;

/** A subscription that was fetched with `items.data.price.product` expanded, by our own parts. */
export interface SubscriptionParts {
  /** Cents of each payment. */
  base_subscription_cents: number;
  donation_cents: number;
  donation_products: Set<string>;
  current_term_start: string;
  current_term_end: string;
}

/** Null when it has no dues of ours. */
export function readParts({ items }: Stripe.Subscription): SubscriptionParts | null {
  const partOf = ({ price: { product } }: Stripe.SubscriptionItem) =>
    typeof product === "object" && "metadata" in product ? product.metadata.part : undefined;
  const of = (part: string) => items.data.filter((item) => partOf(item) === part);
  const total = (part: string) =>
    of(part).reduce((cents, { price, quantity }) => cents + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const [dues] = of(DUES_PART);
  return dues
    ? {
        base_subscription_cents: total(DUES_PART),
        donation_cents: total(DONATION_PART),
        donation_products: new Set(of(DONATION_PART).flatMap(({ price }) => idOf(price.product) ?? [])),
        current_term_start: toInstant(dues.current_period_start),
        current_term_end: toInstant(dues.current_period_end),
      }
    : null;
}

/**
 * Whether it ends by itself, when its period does or at a moment. The portal sets the moment where Stripe bills flexibly,
 * as it does unless told otherwise: https://docs.stripe.com/billing/subscriptions/billing-mode
 */
export const endsWithTerm = ({
  cancel_at_period_end,
  cancel_at,
}: Pick<Stripe.Subscription, "cancel_at_period_end" | "cancel_at">): boolean =>
  cancel_at_period_end || cancel_at !== null;

/** A payment as a row of `payments` has it. Cents, UTC. */
export interface PaymentFacts {
  base_subscription_cents: number;
  donation_cents: number;
  paid_at: string;
  term_start: string | null;
  term_end: string | null;
  stripe_invoice_id: string | null;
  stripe_payment_intent_id: string | null;
}

/**
 * What a paid invoice, fetched with `payments` expanded, brought in. What was paid is what counts: whatever is not for
 * the donation's product is dues, so that no cent is left over.
 */
export function readInvoice(invoice: Stripe.Invoice, { donation_products }: SubscriptionParts): PaymentFacts {
  const isDonation = ({ pricing }: Stripe.InvoiceLineItem) =>
    donation_products.has(idOf(pricing?.price_details?.product) ?? "");
  const given = invoice.lines.data.filter(isDonation).reduce((cents, { amount }) => cents + amount, 0);
  const donation_cents = Math.max(0, Math.min(given, invoice.amount_paid));
  const dues = invoice.lines.data.filter((line) => !isDonation(line));
  const term = dues.reduce<Stripe.InvoiceLineItem.Period | null>(
    (latest, { period }) => (latest && latest.end >= period.end ? latest : period),
    null,
  );
  const intent = invoice.payments?.data.find(({ status, payment }) => status === "paid" && payment.payment_intent);
  return {
    base_subscription_cents: invoice.amount_paid - donation_cents,
    donation_cents,
    paid_at: toInstant(invoice.status_transitions.paid_at ?? invoice.created),
    term_start: term && term.end > term.start ? toInstant(term.start) : null,
    term_end: term && term.end > term.start ? toInstant(term.end) : null,
    stripe_invoice_id: invoice.id ?? null,
    stripe_payment_intent_id: idOf(intent?.payment.payment_intent),
  };
}
