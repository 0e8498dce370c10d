import * as z from "zod";
import { Cents, Id, Instant } from "../../http/schemas.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { cardColumns, cardFields, columnsFor, subscriptionColumns, subscriptionFields } from "../schemas.ts";

const Renewal = z.object({
  id: Id,
  plan_id: Id,
  plan_name: z.string(),
  base_subscription_cents: Cents,
  donation_cents: Cents,
  current_term_start: Instant.nullable(),
  current_term_end: Instant.nullable(),
  checkout_expires_at: Instant.nullable(),
});

/** A member's own subscription. */
export const MySubscription = z
  .object({
    ...subscriptionFields,
    ...cardFields,
    renewal: Renewal.nullable().describe("A checkout that the member started for the time after this subscription"),
  })
  .meta({ id: "MySubscription" });
export type MySubscription = z.infer<typeof MySubscription>;

/** The columns of {@link MySubscription}. */
export const mySubscriptionColumns = { ...subscriptionColumns, ...cardColumns };

/** The columns of its `renewal`. */
export const renewalColumns = columnsFor(Renewal.shape, subscriptions, { plan_name: subscription_plans.name });

export const BillingPortal = z
  .object({ portal_url: z.url().describe("Send the person here right away: the address soon expires") })
  .meta({ id: "BillingPortal" });
export type BillingPortal = z.infer<typeof BillingPortal>;
