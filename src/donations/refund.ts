import Stripe from "stripe";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { checkoutFromStripe } from "../payments/checkout-from-stripe.ts";
import { effectsOf } from "../payments/effects-of.ts";
import { ask, isStripeFault } from "../stripe/client.ts";
import { selectDonation, toDonation } from "./find.ts";
import { type Asked, askForRefund, withdrawn } from "./refund-request.ts";
import type { Donation, DonationRefund } from "./schemas.ts";

/**
 * Gives a donation back, or a part of it. Written down first; then Stripe is told, under a key of ours; then our rows agree
 * with what Stripe says. Whatever fails on the way, asking again with the same id goes on where it was, and refunds once.
 * What was not paid online was given back by hand, and is only written down.
 *
 * 404 without such a donation; 409 when there is nothing to refund, not that much, another refund waits for Stripe's
 * answer, or Stripe refuses: then nothing was refunded, and the rows show what Stripe knows.
 */
export async function refundDonation(ctx: SignedInContext, id: string, input: DonationRefund): Promise<Donation> {
  const { asked, known, donation } = await askForRefund(ctx, id, input);
  if (asked.status !== "requested") return donation;
  const { stripe_checkout_session_id: session_id } = asked;
  if (!session_id) throw new Error(`Refund ${asked.id} has no checkout to agree on`);
  const refusal = await tellStripe(ctx, asked, known);
  const effects = await effectsOf(ctx, await checkoutFromStripe(ctx, session_id));
  if (refusal) {
    await ctx.transact(...effects, withdrawn(asked.id));
    throw refusal;
  }
  const agreed = await ctx.transact(...effects, ...selectDonation(ctx, id));
  return toDonation(ctx, ...agreed);
}

/** A refund that came to nothing, in Stripe's words. */
const CAME_TO_NOTHING = new Set(["failed", "canceled"]);

/**
 * Has Stripe make the refund, unless it did so before. Returns why it was not made, if so. Before any money moves, Stripe
 * must know of no other refund than we do: one that was made in its dashboard, or behind an error, is shown first.
 */
async function tellStripe(ctx: SignedInContext, asked: Asked, known: Set<string>): Promise<Refusal | null> {
  const { id, amount_cents, reason, stripe_payment_intent_id: payment_intent } = asked;
  if (!payment_intent) throw new Error(`Refund ${id} has no payment at Stripe`);
  const { data: made } = await ask(ctx.stripe.refunds.list({ payment_intent, limit: 100 }));
  if (made.some(({ metadata }) => metadata?.refund_id === id)) return null;
  if (made.some((refund) => !known.has(refund.id) && !CAME_TO_NOTHING.has(refund.status ?? "")))
    return new Refusal(
      409,
      "refunds_changed",
      "Stripe knows of refunds that were not seen here yet. They are shown now: please look, then ask again.",
    );
  try {
    await ask(
      ctx.stripe.refunds.create(
        {
          payment_intent,
          amount: amount_cents,
          metadata: { refund_id: id },
          ...(isReason(reason) && { reason }),
        },
        { idempotencyKey: `refund-${id}` },
      ),
    );
    return null;
  } catch (error) {
    // Stripe keeps a 5xx for the key. The next try is another row, and looks first whether this one was made after all.
    if (isStripeFault(error)) await ctx.transact(withdrawn(id));
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
}

const REASONS = ["duplicate", "fraudulent", "requested_by_customer"] as const;
const isReason = (reason: string | null): reason is (typeof REASONS)[number] =>
  REASONS.some((known) => known === reason);

/** What Stripe says no to, in our words; null for what is no refusal of the refund. */
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError))
    return null;
  const sentences: Record<string, string> = {
    charge_already_refunded: "All of this donation was refunded already.",
    charge_disputed: "The donor's bank is disputing this donation: it cannot be refunded as well.",
    balance_insufficient: "There is not enough money on the Stripe account to refund this now.",
    insufficient_funds: "There is not enough money on the Stripe account to refund this now.",
    refund_disputed_payment: "The donor's bank is disputing this donation: it cannot be refunded as well.",
  };
  const sentence = sentences[error.code ?? ""] ?? "Stripe refuses this refund.";
  return new Refusal(409, "refund_refused", `${sentence} Nothing was refunded.`, { cause: error });
}
