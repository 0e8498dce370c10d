import type Stripe from "stripe";
import * as z from "zod";
import { BillingCycle } from "../plans/schemas.ts";

/** What the products of a subscription are marked with, in their metadata's `part`. */
export const DUES_PART = "dues";
export const DONATION_PART = "donation";

/** What our checkout marks a subscription with. */
export const OurMetadata = z.object({ subscription_id: z.uuid(), plan_id: z.uuid(), billing_cycle: BillingCycle });
export type OurMetadata = z.infer<typeof OurMetadata>;

/** What our row of a subscription says, as Stripe's object has it. Cents, UTC. */
export interface SubscriptionParts {
  base_subscription_cents: number;
  donation_cents: number;
  current_term_start: string;
  current_term_end: string;
}

/** Reads a subscription that was fetched with `items.data.price.product` expanded. Null when it has no dues of ours. */
export function readParts({ items }: Stripe.Subscription): SubscriptionParts | null {
  const partOf = (item: Stripe.SubscriptionItem) => {
    const { product } = item.price;
    return typeof product === "object" && "metadata" in product ? product.metadata.part : undefined;
  };
  const total = (part: string) =>
    items.data
      .filter((item) => partOf(item) === part)
      .reduce((cents, { price, quantity }) => cents + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const dues = items.data.find((item) => partOf(item) === DUES_PART);
  return dues
    ? {
        base_subscription_cents: total(DUES_PART),
        donation_cents: total(DONATION_PART),
        current_term_start: toInstant(dues.current_period_start),
        current_term_end: toInstant(dues.current_period_end),
      }
    : null;
}

/** Stripe counts seconds since 1970. */
export const toInstant = (seconds: number) => new Date(seconds * 1000).toISOString();
