import type Stripe from "stripe";
import { isAtRest } from "../../stripe/subscription-status.ts";
import { DONATION_PART, DUES_PART, idOf, toInstant } from "../../stripe/values.ts";

/** The dues and the donation of a subscription at Stripe. Cents of each payment. */
export type SubscriptionParts = NonNullable<ReturnType<typeof readParts>>;

/** Reads a subscription that was fetched with `items.data.price.product` expanded. Null if it has no dues of ours. */
export function readParts({ items }: Stripe.Subscription) {
  const itemsOf = (part: string) => items.data.filter(({ price }) => partOf(price.product) === part);
  const centsOf = (part: string) =>
    itemsOf(part).reduce((cents, { price, quantity }) => cents + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const [dues] = itemsOf(DUES_PART);
  if (!dues) return null;
  return {
    base_subscription_cents: centsOf(DUES_PART),
    donation_cents: centsOf(DONATION_PART),
    donation_products: new Set(itemsOf(DONATION_PART).flatMap(({ price }) => idOf(price.product) ?? [])),
    current_term_start: toInstant(dues.current_period_start),
    current_term_end: toInstant(dues.current_period_end),
  };
}

/** What our checkout said that a product is. A deleted product does not say. */
const partOf = (product: Stripe.Price["product"] | undefined): string | undefined =>
  typeof product === "object" && "metadata" in product ? product.metadata.part : undefined;

/** The donation among the line items of a checkout session, in cents. */
export const readDonationCents = ({ line_items }: Stripe.Checkout.Session): number =>
  (line_items?.data ?? [])
    .filter(({ price }) => partOf(price?.product) === DONATION_PART)
    .reduce((cents, { amount_total }) => cents + amount_total, 0);

/**
 * Whether a subscription at Stripe is set to end before dues are collected again: with its period, or at a moment in it. The
 * portal sets the moment at which the period ends under flexible billing, Stripe's default. The dashboard takes any moment:
 * while a period ends before it, dues go on being collected.
 * https://docs.stripe.com/billing/subscriptions/billing-mode, https://docs.stripe.com/billing/subscriptions/cancel
 */
export function endsWithTerm(subscription: Stripe.Subscription): boolean {
  const { cancel_at_period_end, cancel_at, items } = subscription;
  if (cancel_at_period_end || cancel_at === null) return cancel_at_period_end;
  return isAtRest(subscription) || items.data.every(({ current_period_end }) => cancel_at <= current_period_end);
}

/** When a paid term ends: earlier than it was paid for, if the subscription is set to end before. */
export function termEnd({ cancel_at }: Stripe.Subscription, paid: { start: string; end: string }): string {
  const ends = cancel_at === null ? paid.end : toInstant(cancel_at);
  return paid.start < ends && ends < paid.end ? ends : paid.end;
}
