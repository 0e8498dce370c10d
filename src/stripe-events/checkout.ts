import { donationFromStripe, knownPaymentFromStripe } from "../donations/from-stripe.ts";
import type { Context } from "../http/context.ts";
import { type Agreement, NOT_OURS } from "../stripe/agreement.ts";
import { agreementOnCheckout } from "../stripe/checkout-agreement.ts";
import { ask } from "../stripe/client.ts";
import { duesFromStripe } from "../subscriptions/from-stripe/checkout.ts";
import { invoiceFromStripe } from "./invoice.ts";

/** Asks Stripe for a checkout session, and makes the donation or the dues that it is for agree with it. */
export const checkoutFromStripe = (ctx: Context, session_id: string): Promise<Agreement> =>
  agreementOnCheckout(ctx, session_id, donationFromStripe, duesFromStripe);

/**
 * Finds what a payment was for, and makes that agree with Stripe: a checkout of ours, a subscription's invoice, or something
 * that was moved from the old platform, of which our rows name the payment alone.
 */
export async function paymentFromStripe(ctx: Context, payment_intent: string | null): Promise<Agreement> {
  if (!payment_intent) return NOT_OURS;
  const agreement = await paidByCheckoutOrInvoice(ctx, payment_intent);
  return agreement === NOT_OURS ? ((await knownPaymentFromStripe(ctx, payment_intent)) ?? NOT_OURS) : agreement;
}

async function paidByCheckoutOrInvoice(ctx: Context, payment_intent: string): Promise<Agreement> {
  const { stripe } = ctx;
  const [session] = (await ask(stripe.checkout.sessions.list({ payment_intent, limit: 1 }))).data;
  if (session) return checkoutFromStripe(ctx, session.id);
  const payment = { type: "payment_intent", payment_intent } as const;
  const [paid] = (await ask(stripe.invoicePayments.list({ payment, limit: 1, expand: ["data.invoice"] }))).data;
  const invoice = paid?.invoice;
  return typeof invoice === "object" && "parent" in invoice ? invoiceFromStripe(ctx, invoice) : NOT_OURS;
}
