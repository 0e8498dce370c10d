import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { ask, askOrNull } from "./client.ts";

export const CHECKOUT_SUPERSEDED = [
  409,
  "checkout_superseded",
  "Another checkout was started in the meantime. Please try again.",
] as const;

/** Null when Stripe does not know it any more. */
export const findSession = ({ stripe }: Context, id: string): Promise<Stripe.Checkout.Session | null> =>
  askOrNull(stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent", "subscription"] }));

/** Whether no money can come of a session any more: it expired, or a payment that takes days has failed after it. */
export function isOver(session: Stripe.Checkout.Session | null): boolean {
  if (!session || session.status === "expired") return true;
  const { payment_intent, payment_status, subscription } = session;
  if (session.status !== "complete") return false;
  if (typeof subscription === "object" && subscription !== null)
    return (
      subscription.status === "incomplete_expired" ||
      (subscription.status === "canceled" && payment_status === "unpaid")
    );
  return (
    typeof payment_intent === "object" && ["requires_payment_method", "canceled"].includes(payment_intent?.status ?? "")
  );
}

/** Whether a bank said no to a session, days after it was completed. */
export const isRefused = (session: Stripe.Checkout.Session): boolean =>
  session.status === "complete" && isOver(session);

/** Ends a session at Stripe, so that nobody can pay it. 409 when that was done already: then the payment counts. */
export async function voidCheckout(ctx: Context, id: string): Promise<void> {
  try {
    await ask(ctx.stripe.checkout.sessions.expire(id));
  } catch (error) {
    // Not open any more, or not known any more.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (!isOver(await findSession(ctx, id)))
      throw new Refusal(409, "payment_in_progress", "The checkout has been paid, and the payment is being processed.");
  }
}

/** Nobody shall pay a session that was not handed out because of a refusal, which is thrown again. */
export async function endUnwanted(
  { stripe }: Context,
  { id }: Stripe.Checkout.Session,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal && error.status === 409)
    await stripe.checkout.sessions.expire(id).catch(() => undefined);
  throw error;
}
