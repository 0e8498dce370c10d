import type Stripe from "stripe";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import type { StripeReversal } from "../../ledger/reversals-from-stripe.ts";
import { takenBackAt } from "../../ledger/taken-back.ts";
import { ourStatus } from "../../stripe/subscription-status.ts";
import type { SubscriptionParts } from "./parts.ts";

/** The status of our row, and the term that is paid for. */
export type SubscriptionState = NonNullable<ReturnType<typeof readState>>["state"];

/**
 * How our row should stand, given the subscription at Stripe, its payments and what went back. Null while it has not begun.
 * If a bank took back what paid for the term, Stripe goes on as if it were paid. Here the term is unpaid since then.
 */
export function readState(
  subscription: Stripe.Subscription,
  parts: SubscriptionParts,
  paid: PaymentFacts[],
  reversals: StripeReversal[],
) {
  const last = newestTerm(paid);
  if (!last && subscription.status !== "trialing") return null;
  const status = ourStatus(subscription);
  if (!status) return null;
  const taken_back_at = last && takenBackAt(last, reversals);
  const disputed = reversals.filter(
    ({ kind, stripe_payment_intent_id: paid_by }) => kind === "dispute" && paid_by === last?.stripe_payment_intent_id,
  );
  const term = {
    current_term_start: last?.term_start ?? parts.current_term_start,
    current_term_end: last?.term_end ?? parts.current_term_end,
  };
  return {
    state: { status: taken_back_at && status === "active" ? ("past_due" as const) : status, ...term },
    /** Since when dues are missing, if they are. The grace period counts from here. */
    unpaid_since: [taken_back_at ?? term.current_term_end, term.current_term_end].toSorted()[0] ?? "",
    /** Every instant from which we may have counted it so far: disputes come and go. */
    unpaid_since_any: [term.current_term_end, ...disputed.flatMap(({ occurred_at }) => occurred_at ?? [])],
    /** The payment that was taken back, if its term is the latest. */
    taken_back: taken_back_at ? last : null,
  };
}

/**
 * The payment whose term begins last. What is charged in the middle of a term, such as for an added item, ends with it. Then
 * the term began with the earliest of those payments.
 */
function newestTerm(paid: PaymentFacts[]): PaymentFacts | null {
  const keyOf = ({ term_start, term_end }: PaymentFacts) => `${term_start ?? ""} ${term_end ?? ""}`;
  const byStart = paid.toSorted((a, b) => keyOf(b).localeCompare(keyOf(a)));
  const [latest] = byStart;
  if (!latest) return null;
  return byStart.findLast(({ term_end }) => term_end === latest.term_end) ?? latest;
}
