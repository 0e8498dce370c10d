import type Stripe from "stripe";
import { isAtRest } from "../../stripe/subscription-status.ts";
import { DONATION_PART, idOf, toInstant } from "../../stripe/values.ts";
import type { RECURRING_CYCLES } from "../../tables/plans.ts";

/** The dues and the donation of a subscription at Stripe. Cents of each payment. */
export type SubscriptionParts = ReturnType<typeof readParts>;

type Item = Stripe.SubscriptionItem;

/**
 * Reads a subscription that was fetched with `items.data.price.product` expanded. What our checkout did not mark as the
 * donation is dues: prices and items of the treasurer's or the old system have no mark. The term is that of the dues,
 * the latest if there are several.
 */
export function readParts({ items, start_date }: Pick<Stripe.Subscription, "items" | "start_date">) {
  const donation = items.data.filter(({ price }) => partOf(price.product) === DONATION_PART);
  const dues = items.data.filter((item) => !donation.includes(item));
  const [main] = (dues.length > 0 ? dues : donation).toSorted((a, b) => b.current_period_end - a.current_period_end);
  return {
    base_subscription_cents: centsOfItems(dues),
    donation_cents: centsOfItems(donation),
    donation_products: new Set(donation.flatMap(({ price }) => idOf(price.product) ?? [])),
    /** Of all items, including the donation. */
    products: new Set(items.data.flatMap(({ price }) => idOf(price.product) ?? [])),
    /** Null if no plan of ours is billed like that. */
    billing_cycle: cycleOf(main?.price.recurring),
    current_term_start: toInstant(main?.current_period_start ?? start_date),
    current_term_end: toInstant(main?.current_period_end ?? start_date),
  };
}

/** What a period of these items costs. */
export const centsOfItems = (items: Item[]): number =>
  items.reduce((cents, { price, quantity }) => cents + (price.unit_amount ?? 0) * (quantity ?? 1), 0);

const MONTHS: Record<string, number> = { month: 1, year: 12 };
const CYCLES: Record<number, (typeof RECURRING_CYCLES)[number]> = { 1: "monthly", 3: "quarterly", 12: "yearly" };

const cycleOf = (recurring: Stripe.Price.Recurring | null | undefined) =>
  (recurring && CYCLES[(MONTHS[recurring.interval] ?? 0) * recurring.interval_count]) ?? null;

/** What our checkout said that a product is. A deleted product does not say. */
export const partOf = (product: Stripe.Price["product"] | null | undefined): string | undefined =>
  typeof product === "object" && product !== null && "metadata" in product ? product.metadata.part : undefined;

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
export function paidTermEnd({ cancel_at }: Stripe.Subscription, paid: { start: string; end: string }): string {
  const ends = cancel_at === null ? paid.end : toInstant(cancel_at);
  return paid.start < ends && ends < paid.end ? ends : paid.end;
}
