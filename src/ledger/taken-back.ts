import type { PaymentFacts } from "./payments-from-stripe.ts";
import type { StripeReversal } from "./reversals-from-stripe.ts";

/** A lost dispute can be appealed. Until that is decided, the money is gone. */
export const LOST_STATUSES = ["lost", "appeal_needs_response", "appeal_under_review"] as const;
const LOST = new Set<string>(LOST_STATUSES);

/**
 * When a bank took back, for good, all that was left of dues. Null if it did not: also while a dispute may still be won,
 * for a refund, which leaves the term as it is, and for a donation with a free term, which was never paid for.
 */
export function takenBackAt(
  { stripe_payment_intent_id, base_subscription_cents, donation_cents }: PaymentFacts,
  reversals: readonly StripeReversal[],
): string | null {
  const gone = reversals.filter(
    (each) =>
      each.stripe_payment_intent_id === stripe_payment_intent_id && each.occurred_at !== null && !each.returned_at,
  );
  const gone_cents = gone.reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  const [lost] = gone.filter(({ kind, status }) => kind === "dispute" && LOST.has(status));
  return lost && base_subscription_cents > 0 && gone_cents >= base_subscription_cents + donation_cents
    ? lost.occurred_at
    : null;
}
