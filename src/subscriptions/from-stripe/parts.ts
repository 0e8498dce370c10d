import type Stripe from "stripe";
import { DONATION_PART, DUES_PART, idOf, toInstant } from "../../stripe/values.ts";

/** The dues and the donation of a subscription at Stripe. */
export interface SubscriptionParts {
  /** Cents of each payment. */
  base_subscription_cents: number;
  donation_cents: number;
  donation_products: Set<string>;
  current_term_start: string;
  current_term_end: string;
}

/** Reads a subscription that was fetched with `items.data.price.product` expanded. Null if it has no dues of ours. */
export function readParts({ items }: Stripe.Subscription): SubscriptionParts | null {
  const partOf = ({ price: { product } }: Stripe.SubscriptionItem) =>
    typeof product === "object" && "metadata" in product ? product.metadata.part : undefined;
  const itemsOf = (part: string) => items.data.filter((item) => partOf(item) === part);
  const centsOf = (part: string) =>
    itemsOf(part).reduce((cents, { price, quantity }) => cents + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const [dues] = itemsOf(DUES_PART);
  return dues
    ? {
        base_subscription_cents: centsOf(DUES_PART),
        donation_cents: centsOf(DONATION_PART),
        donation_products: new Set(itemsOf(DONATION_PART).flatMap(({ price }) => idOf(price.product) ?? [])),
        current_term_start: toInstant(dues.current_period_start),
        current_term_end: toInstant(dues.current_period_end),
      }
    : null;
}

/** The donation among the line items of a checkout session, in cents. */
export const readDonationCents = ({ line_items }: Stripe.Checkout.Session): number =>
  (line_items?.data ?? []).reduce((cents, { price, amount_total }) => {
    const product = price?.product;
    const isDonation = typeof product === "object" && "metadata" in product && product.metadata.part === DONATION_PART;
    return isDonation ? cents + amount_total : cents;
  }, 0);

/**
 * Whether a subscription at Stripe is set to end: with its period, or at a moment. The portal sets a moment under flexible
 * billing, Stripe's default: https://docs.stripe.com/billing/subscriptions/billing-mode
 */
export const endsWithTerm = ({
  cancel_at_period_end,
  cancel_at,
}: Pick<Stripe.Subscription, "cancel_at_period_end" | "cancel_at">): boolean =>
  cancel_at_period_end || cancel_at !== null;
