import type Stripe from "stripe";

type OurStatus = "active" | "past_due" | "paused" | "cancelled" | "expired";

/** The status that our row has for a subscription at Stripe. Null while its first payment has not succeeded. */
export function ourStatus({ status, pause_collection, cancellation_details }: Stripe.Subscription): OurStatus | null {
  switch (status) {
    case "active":
    case "trialing":
      return pause_collection ? "paused" : "active";
    case "past_due":
    case "unpaid":
      return "past_due";
    case "paused":
      return "paused";
    case "canceled":
      return cancellation_details?.reason === "payment_failed" ? "expired" : "cancelled";
    case "incomplete":
    case "incomplete_expired":
      return null;
    default:
      throw new Error(`Stripe has a subscription status that we do not know: ${status}`);
  }
}
