import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { ask, isMissing } from "../payments/stripe.ts";

/** Ends a checkout session at Stripe, so that nobody can pay it. 409 when it was paid already: then the payment counts. */
export async function voidCheckout({ stripe }: Context, session_id: string): Promise<void> {
  try {
    await ask(stripe.checkout.sessions.expire(session_id));
  } catch (error) {
    // Not open any more, or not known any more.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (isMissing(error)) return;
    const { status } = await ask(stripe.checkout.sessions.retrieve(session_id));
    if (status === "complete")
      throw new Refusal(409, "payment_in_progress", "The checkout has just been paid, and is being processed.");
  }
}
