import type Stripe from "stripe";
import type { StripeMovements } from "../../ledger/movements-from-stripe.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { ourStatus } from "../../stripe/subscription-status.ts";
import { toInstant } from "../../stripe/values.ts";
import { type SubscriptionParts, termEnd } from "./parts.ts";

/** The status of our row, and the term that is paid for. */
export type SubscriptionState = NonNullable<ReturnType<typeof readState>>;

/**
 * How our row should stand, given the subscription at Stripe and its payments. Null while it has not begun. Dues that came in
 * after the subscription ended revive it for the term that they pay for, if that was not over by then, until they are refunded.
 */
export function readState(
  subscription: Stripe.Subscription,
  parts: SubscriptionParts,
  paid: PaymentFacts[],
  movements: StripeMovements,
  now: Date,
): {
  status: NonNullable<ReturnType<typeof ourStatus>>;
  current_term_start: string;
  current_term_end: string;
  revived: boolean;
} | null {
  const late = latePayment(subscription, paid, movements);
  if (late?.term_start && late.term_end && late.paid_at < late.term_end) {
    const runs = now.toISOString() < late.term_end;
    const term = { current_term_start: late.term_start, current_term_end: late.term_end };
    return { status: runs ? "active" : "expired", ...term, revived: true };
  }
  const last = lastTerm(paid.filter((payment) => !isLate(subscription, payment))) ?? lastTerm(paid);
  if (!last && subscription.status !== "trialing") return null;
  const start = last?.term_start ?? parts.current_term_start;
  const current_term_end = termEnd(subscription, { start, end: last?.term_end ?? parts.current_term_end });
  const status = ourStatus(subscription, current_term_end);
  return status && { status, current_term_start: start, current_term_end, revived: false };
}

/** The dues that came in after the subscription ended, and did not go back: of several, those for the latest term. */
export const latePayment = (
  subscription: Stripe.Subscription,
  paid: PaymentFacts[],
  { reversals }: StripeMovements,
): PaymentFacts | null =>
  lastTerm(paid.filter((payment) => isLate(subscription, payment) && isLeft(payment, reversals)));

const isLate = ({ status, ended_at }: Stripe.Subscription, { paid_at }: PaymentFacts): boolean =>
  status === "canceled" && ended_at !== null && toInstant(ended_at) < paid_at;

function isLeft(payment: PaymentFacts, reversals: StripeMovements["reversals"]): boolean {
  const gone = reversals
    .filter(({ stripe_payment_intent_id }) => stripe_payment_intent_id === payment.stripe_payment_intent_id)
    .filter(({ occurred_at, returned_at }) => occurred_at !== null && returned_at === null)
    .reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  return payment.base_subscription_cents + payment.donation_cents > gone;
}

const lastTerm = (paid: PaymentFacts[]): PaymentFacts | null =>
  paid.reduce<PaymentFacts | null>(
    (latest, each) => ((latest?.term_end ?? "") >= (each.term_end ?? "") ? latest : each),
    null,
  );
