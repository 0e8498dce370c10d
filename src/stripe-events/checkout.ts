import { donationFromStripe } from "../donations/from-stripe.ts";
import type { Context } from "../http/context.ts";
import type { Agreement } from "../stripe/agreement.ts";
import { agreementOnCheckout } from "../stripe/checkout-agreement.ts";
import { duesFromStripe } from "../subscriptions/from-stripe/checkout.ts";

/** Asks Stripe for a checkout session, and makes the donation or the dues that it is for agree with it. */
export const checkoutFromStripe = (ctx: Context, session_id: string): Promise<Agreement> =>
  agreementOnCheckout(ctx, session_id, donationFromStripe, duesFromStripe);
