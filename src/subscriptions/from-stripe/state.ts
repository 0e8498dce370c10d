import type Stripe from "stripe";
import type { StripeMovements } from "../../ledger/movements-from-stripe.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import type { StripeReversal } from "../../ledger/reversals-from-stripe.ts";
import { lostDispute } from "../../ledger/taken-back.ts";
import { isAtRest, ourStatus } from "../../stripe/subscription-status.ts";
import { toInstant } from "../../stripe/values.ts";
import type { waivedTerm } from "./invoices.ts";
import { paidTermEnd, type SubscriptionParts } from "./parts.ts";

/** The status of our row, and the term that is paid for or whose dues were waived. */
export type SubscriptionState = NonNullable<ReturnType<typeof readState>>["state"];

/**
 * How our row should stand, given the subscription at Stripe, its payments and what went back. Null while it has not begun.
 * If a bank took back what paid for the term, Stripe goes on as if it were paid. Here the term is unpaid since then,
 * unless we paused collection, which waives the dues. Dues that came in after the subscription ended revive it for the term
 * that they pay for, if that was not over by then, until they are refunded.
 */
export function readState(
  subscription: Stripe.Subscription,
  parts: SubscriptionParts,
  paid: PaymentFacts[],
  movements: StripeMovements,
  { waived, now }: { waived: ReturnType<typeof waivedTerm>; now: Date },
) {
  const late = latePayment(subscription, paid, movements);
  if (late?.term_start && late.term_end && late.paid_at < late.term_end) return revivedState(late, late.term_end, now);
  const { reversals } = movements;
  const last = newestTerm(paid.filter((payment) => !isLate(subscription, payment))) ?? newestTerm(paid);
  if (!last && subscription.status !== "trialing") return null;
  const paid_term = {
    start: last?.term_start ?? parts.current_term_start,
    end: last?.term_end ?? parts.current_term_end,
  };
  const term = waived && waived.end > paid_term.end ? waived : paid_term;
  const current_term_end = paidTermEnd(subscription, term);
  const status = ourStatus(subscription, current_term_end);
  if (!status) return null;
  const lost = last && lostDispute(last, reversals);
  const isOwed = status === "active" || (status === "paused" && isAtRest(subscription));
  const disputed = reversals.filter(
    ({ kind, stripe_payment_intent_id: paid_by }) => kind === "dispute" && paid_by === last?.stripe_payment_intent_id,
  );
  return {
    state: {
      status: lost && isOwed ? ("past_due" as const) : status,
      current_term_start: term.start,
      current_term_end,
      revived: false,
    },
    /** The payment for the latest term, and the dispute by which a bank took it back. */
    taken_back: lost ? { payment: last, lost } : null,
    /** Every dispute of that payment: they come and go. */
    disputed,
  };
}

const revivedState = ({ term_start }: PaymentFacts, term_end: string, now: Date) => ({
  state: {
    status: now.toISOString() < term_end ? ("active" as const) : ("expired" as const),
    current_term_start: term_start ?? term_end,
    current_term_end: term_end,
    revived: true,
  },
  taken_back: null,
  disputed: [],
});

/**
 * The dues that came in after the subscription ended, or while we were ending it for lack of them, and were not returned. If
 * there are several, those for the latest term.
 */
export const latePayment = (
  subscription: Stripe.Subscription,
  paid: PaymentFacts[],
  { reversals }: StripeMovements,
): PaymentFacts | null =>
  newestTerm(
    paid.filter(
      (payment) =>
        (isLate(subscription, payment) || cameInMeanwhile(subscription, payment)) && isLeft(payment, reversals),
    ),
  );

/** What we write into Stripe's `cancellation_details.comment` when we end a subscription because nobody pays for it. */
export const LAPSED = "Its dues were not paid, and the member started a new checkout.";

/** We only end what has lapsed. If a term is paid for and still ran then, its dues came in just before. */
const cameInMeanwhile = (
  { status, ended_at, cancellation_details }: Stripe.Subscription,
  { term_end }: PaymentFacts,
): boolean =>
  status === "canceled" &&
  cancellation_details?.comment === LAPSED &&
  ended_at !== null &&
  term_end !== null &&
  toInstant(ended_at) < term_end;

const isLate = ({ status, ended_at }: Stripe.Subscription, { paid_at }: PaymentFacts): boolean =>
  status === "canceled" && ended_at !== null && toInstant(ended_at) < paid_at;

function isLeft(payment: PaymentFacts, reversals: StripeReversal[]): boolean {
  const gone = reversals
    .filter(({ stripe_payment_intent_id }) => stripe_payment_intent_id === payment.stripe_payment_intent_id)
    .filter(({ occurred_at, returned_at }) => occurred_at !== null && returned_at === null)
    .reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  return payment.base_subscription_cents + payment.donation_cents > gone;
}

/**
 * The payment whose term begins last. A charge in the middle of a term, such as for an added item, ends with the term. Then
 * the term began with the earliest of those payments.
 */
function newestTerm(paid: PaymentFacts[]): PaymentFacts | null {
  const startOf = ({ term_start }: PaymentFacts) => term_start ?? "";
  // Of terms that begin in the same second, the one invoiced last counts. It comes first already.
  const byStart = paid.toSorted((a, b) => startOf(b).localeCompare(startOf(a)));
  const [latest] = byStart;
  if (!latest) return null;
  return byStart.findLast(({ term_end }) => term_end === latest.term_end) ?? latest;
}
