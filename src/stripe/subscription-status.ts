import type Stripe from "stripe";
import { toInstant } from "./values.ts";

type OurStatus = "active" | "past_due" | "paused" | "cancelled" | "expired";

/**
 * The status that our row has for a subscription at Stripe. Null while its first payment has not succeeded.
 *
 * @param paid_until the end of the paid term
 */
export function ourStatus(subscription: Stripe.Subscription, paid_until: string | null): OurStatus | null {
  const { status, pause_collection, cancellation_details } = subscription;
  switch (status) {
    case "active":
    case "trialing":
      return pause_collection ? "paused" : "active";
    case "past_due":
    case "unpaid":
      return "past_due";
    case "paused":
      return pausedAfterFailure(subscription) && isBehind(subscription, paid_until) ? "past_due" : "paused";
    case "canceled":
      return cancellation_details?.reason === "payment_failed" ? "expired" : "cancelled";
    case "incomplete":
    case "incomplete_expired":
      return null;
    default:
      throw new Error(`Stripe has a subscription status that we do not know: ${status}`);
  }
}

/**
 * Whether a subscription itself is paused: by its member in the portal, by somebody in the dashboard, or by Stripe. Then it
 * collects no dues, and nobody has waived them, as they do when collection is paused:
 * https://docs.stripe.com/billing/subscriptions/pause
 */
export const isAtRest = ({ status }: Stripe.Subscription): boolean => status === "paused";

/** https://docs.stripe.com/billing/revenue-recovery/smart-retries/pause-on-payment-failure */
const pausedAfterFailure = ({ status_details }: Stripe.Subscription): boolean =>
  ["first_payment_failure", "final_payment_failure"].includes(status_details?.paused.subscription.type ?? "");

/** Whether the latest period is unpaid. */
const isBehind = ({ items }: Stripe.Subscription, paid_until: string | null): boolean => {
  const [item] = items.data;
  return item !== undefined && paid_until !== null && paid_until <= toInstant(item.current_period_start);
};
