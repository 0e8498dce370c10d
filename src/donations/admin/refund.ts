import Stripe from "stripe";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { agree } from "../../stripe/agreement.ts";
import { agreementOnCheckout } from "../../stripe/checkout-agreement.ts";
import { ask, isStripeFault } from "../../stripe/client.ts";
import { donationFromStripe } from "../from-stripe.ts";
import { readDonation } from "./find.ts";
import { requestRefund, withdrawRefund } from "./refund-request.ts";
import { type Donation, DonationRefund } from "./schemas.ts";

/**
 * Refunds a donation, in full or in part. We record the refund, ask Stripe to make it under an idempotency key of ours,
 * and then make our rows agree with Stripe. If a step fails, the same request sent again picks up there, and the money
 * is refunded once. If Stripe rejects the refund or answers 5xx, the next try needs a new id. If the donation was not
 * paid online, the money goes back by hand, and we only record that.
 *
 * 404 if the donation does not exist; 409 if it was not paid, too little is left, another refund is in progress, or
 * Stripe rejects this one. Nothing was refunded then.
 */
export async function refundDonation(ctx: SignedInContext, id: string, input: DonationRefund): Promise<Donation> {
  const donation = await requestRefund(ctx, id, input);
  const refund = donation.reversals.find((reversal) => reversal.id === input.id);
  if (!refund) throw new Error(`Refund ${input.id} was not recorded`);
  if (refund.status !== "requested") return donation;
  const { stripe_checkout_session_id: session_id } = donation;
  if (!session_id) throw new Error(`Refund ${refund.id} has no checkout to agree on`);
  const refusal = await askStripe(ctx, refund, donation);
  const agreement = await agreementOnCheckout(ctx, session_id, donationFromStripe);
  if (refusal) {
    await agree(ctx, agreement, (t) => withdrawRefund(t, refund.id));
    throw refusal;
  }
  return agree(ctx, agreement, (t) => readDonation(t, ctx, id));
}

const FAILED = new Set(["failed", "canceled"]);

/**
 * Has Stripe make the refund, unless Stripe has made it already. Returns the reason if it was not made. No money moves
 * while Stripe has a refund that we have no record of, made in its dashboard or in a request whose answer we lost:
 * people must see that one first.
 */
async function askStripe(
  ctx: SignedInContext,
  { id, amount_cents, reason: given_reason }: Donation["reversals"][number],
  { reversals, stripe_payment_intent_id: payment_intent }: Donation,
): Promise<Refusal | null> {
  if (!payment_intent) throw new Error(`Refund ${id} has no payment at Stripe`);
  const { data: made } = await ask(ctx.stripe.refunds.list({ payment_intent, limit: 100 }));
  if (made.some(({ metadata }) => metadata?.refund_id === id)) return null;
  const known = new Set(reversals.map(({ stripe_id }) => stripe_id));
  if (made.some((refund) => !known.has(refund.id) && !FAILED.has(refund.status ?? "")))
    return new Refusal(
      409,
      "refunds_changed",
      "Stripe has refunds of this donation that were not shown here yet. Please check them, then try again.",
    );
  const reason = DonationRefund.shape.reason.safeParse(given_reason).data;
  const params = { payment_intent, amount: amount_cents, metadata: { refund_id: id }, ...(reason && { reason }) };
  try {
    await ask(ctx.stripe.refunds.create(params, { idempotencyKey: `refund-${id}` }));
    return null;
  } catch (error) {
    // Stripe repeats a 5xx for the same key, so the next try needs a new row. It will first see whether this refund was
    // made after all.
    if (isStripeFault(error)) await ctx.transact((t) => withdrawRefund(t, id));
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
}

const DISPUTED = "The donor's bank is disputing this donation, so it cannot be refunded as well.";
const NO_BALANCE = "The Stripe account does not have enough money for this refund right now.";

const SENTENCES: Record<string, string> = {
  charge_already_refunded: "This donation was already refunded in full.",
  charge_disputed: DISPUTED,
  refund_disputed_payment: DISPUTED,
  balance_insufficient: NO_BALANCE,
  insufficient_funds: NO_BALANCE,
};

/** Why Stripe rejected the refund, in our words. Null if the error says nothing about the refund. */
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError))
    return null;
  const sentence = SENTENCES[error.code ?? ""] ?? "Stripe rejected this refund.";
  return new Refusal(409, "refund_refused", `${sentence} Nothing was refunded.`, { cause: error });
}
