import type Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { type Agreement, askingNow, NOT_OURS, nothingToDo } from "./agreement.ts";
import { fetchCheckout } from "./checkout-session.ts";

/** Reads a session as what it may be for. Null if it is for something else. */
type ReadCheckout = (ctx: Context, session: Stripe.Checkout.Session) => Promise<Agreement | null>;

/** Asks Stripe for a checkout session. The first reader that it is for says how our rows come to agree with it. */
export async function agreementOnCheckout(
  request: Context,
  session_id: string,
  ...readers: ReadCheckout[]
): Promise<Agreement> {
  const ctx = askingNow(request);
  const session = await fetchCheckout(ctx, session_id);
  if (!session) return nothingToDo("parked", "Stripe does not know the checkout session");
  for (const read of readers) {
    const agreement = await read(ctx, session);
    if (agreement) return agreement;
  }
  return NOT_OURS;
}
