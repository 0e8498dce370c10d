import type Stripe from "stripe";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { ourStatus } from "../../stripe/subscription-status.ts";
import type { SubscriptionParts } from "./parts.ts";

/** The status of our row, and the term that is paid for. */
export type SubscriptionState = NonNullable<ReturnType<typeof readState>>;

/** How our row should stand, given the subscription at Stripe and its payments. Null while it has not begun. */
export function readState(subscription: Stripe.Subscription, parts: SubscriptionParts, paid: PaymentFacts[]) {
  const last = paid.reduce<PaymentFacts | null>(
    (latest, each) => ((latest?.term_end ?? "") >= (each.term_end ?? "") ? latest : each),
    null,
  );
  if (!last && subscription.status !== "trialing") return null;
  const status = ourStatus(subscription);
  if (!status) return null;
  return {
    status,
    current_term_start: last?.term_start ?? parts.current_term_start,
    current_term_end: last?.term_end ?? parts.current_term_end,
  };
}
