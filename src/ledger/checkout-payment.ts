import type Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { toInstant } from "../stripe/values.ts";
import { fetchMovements, type StripeMovements } from "./movements-from-stripe.ts";

/** The payment of a checkout, with everything that followed from it. Cents, UTC. */
export interface CheckoutPayment {
  stripe_payment_intent_id: string;
  amount_cents: number;
  paid_at: string;
  movements: StripeMovements;
}

/** What was paid by a session that `fetchCheckout` gave. Null while nothing was. */
export async function fetchCheckoutPayment(
  ctx: Context,
  { payment_status, payment_intent, amount_total, created }: Stripe.Checkout.Session,
): Promise<CheckoutPayment | null> {
  if (payment_status !== "paid" || typeof payment_intent !== "object" || !payment_intent) return null;
  const { id, latest_charge, amount_received } = payment_intent;
  return {
    stripe_payment_intent_id: id,
    amount_cents: amount_received || (amount_total ?? 0),
    paid_at: toInstant(typeof latest_charge === "object" && latest_charge ? latest_charge.created : created),
    movements: await fetchMovements(ctx, { payment_intent: id }),
  };
}
