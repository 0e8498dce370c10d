import * as z from "zod";
import { Cents, Instant } from "../http/schemas.ts";
import { BillingCycle } from "../plans/schemas.ts";
import { subscriptionstatus } from "./tables.ts";

export const SubscriptionStatus = z.enum(subscriptionstatus.enumValues).meta({ id: "SubscriptionStatus" });

/** A member's own subscription: dues and the donation on top, apart. */
export const Subscription = z
  .object({
    id: z.uuid(),
    plan_id: z.uuid(),
    plan_name: z.string(),
    status: SubscriptionStatus.describe("`pending`: a checkout that was started and not paid"),
    billing_cycle: BillingCycle,
    base_subscription_cents: Cents,
    donation_cents: Cents,
    currency: z.string().describe("ISO 4217, lower case"),
    current_term_start: Instant.nullable(),
    current_term_end: Instant.nullable(),
    cancel_at_period_end: z.boolean(),
    cancelled_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({ id: "Subscription" });
export type Subscription = z.infer<typeof Subscription>;
