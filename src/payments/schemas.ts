import * as z from "zod";
import { Cents } from "../http/schemas.ts";

/** Unknown fields are ignored: forms of the old frontend send more. */
export const SubscriptionCheckout = z.object({
  plan_id: z.uuid(),
  donation_cents: Cents.default(0).describe("A donation on top of the dues, with every payment"),
  base_subscription_cents: Cents.optional().describe(
    "The dues, for those who cannot pay the plan's price or can pay more: at least its minimum price",
  ),
});
export type SubscriptionCheckout = z.infer<typeof SubscriptionCheckout>;

export const CheckoutSession = z
  .object({
    checkout_url: z.url().describe("Send the person here to pay"),
    session_id: z.string(),
  })
  .meta({ id: "CheckoutSession" });
export type CheckoutSession = z.infer<typeof CheckoutSession>;

export const BillingPortal = z
  .object({ portal_url: z.url().describe("Send the person here, at once: the address soon expires") })
  .meta({ id: "BillingPortal" });
export type BillingPortal = z.infer<typeof BillingPortal>;

export const Received = z.object({ received: z.literal(true) }).meta({ id: "Received" });
export type Received = z.infer<typeof Received>;
