import { donationFromStripe } from "../donations/from-stripe.ts";
import type { Context } from "../http/context.ts";
import { type Agreement, askingNow, NOT_OURS, nothingToDo } from "../stripe/agreement.ts";
import { fetchCheckout } from "../stripe/checkout-session.ts";
import { duesFromStripe } from "../subscriptions/from-stripe/checkout.ts";

/** Asks Stripe for a checkout session, and makes the donation or the dues that it is for agree with it. */
export async function checkoutFromStripe(request: Context, session_id: string): Promise<Agreement> {
  const ctx = askingNow(request);
  const session = await fetchCheckout(ctx, session_id);
  if (!session) return nothingToDo("parked", "Stripe does not know the checkout session");
  return (await donationFromStripe(ctx, session)) ?? (await duesFromStripe(ctx, session)) ?? NOT_OURS;
}
