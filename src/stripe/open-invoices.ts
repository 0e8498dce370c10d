import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { ask, askOrNull } from "./client.ts";
import { idOf } from "./values.ts";

/** Whether somebody with its link can pay an invoice, even if its subscription has ended: https://docs.stripe.com/invoicing/overview */
export const isPayable = ({ status }: Stripe.Invoice): boolean => status === "open" || status === "uncollectible";

/** What a subscription that has ended left open. */
export const leftOpen = ({ status }: Stripe.Subscription, invoices: readonly Stripe.Invoice[]): string[] =>
  status === "canceled" ? invoices.filter(isPayable).flatMap(({ id }) => id ?? []) : [];

/**
 * Voids an invoice, so that nobody can pay it. Returns false if somebody has paid it, or a bank is processing the payment: then
 * we will hear of the payment itself. Throws if our key may not void. https://docs.stripe.com/api/invoices/void
 */
export async function voidInvoice({ stripe, request_id }: Context, id: string): Promise<boolean> {
  try {
    await ask(stripe.invoices.voidInvoice(id));
    return true;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    log({ level: "info", event: "invoice_not_voided", request_id, id, ...describe(error) });
    // Somebody else may have voided it in the meantime.
    return (await ask(stripe.invoices.retrieve(id))).status === "void";
  }
}

/**
 * Voids what a subscription that has ended left open. If our key may not void, the rest of the work goes on, and the log says so
 * as an error: the invoices stay payable.
 */
export async function voidLeftOpen(ctx: Context, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await voidInvoice(ctx, id).catch((error: unknown) => {
      if (!(error instanceof Stripe.errors.StripePermissionError)) throw error;
      const { request_id } = ctx;
      log({ level: "error", event: "invoice_not_voided", request_id, id, ...describe(error) });
    });
}

/** Ends a subscription, if it has not ended, and voids what it left open. Returns its customer. Doing it again changes nothing. */
export async function endSubscription(ctx: Context, id: string): Promise<string | null> {
  const { stripe } = ctx;
  const found = await askOrNull(stripe.subscriptions.retrieve(id));
  if (!found) return null;
  if (found.status !== "canceled" && found.status !== "incomplete_expired")
    await askOrNull(stripe.subscriptions.cancel(id));
  const { data } = await ask(stripe.invoices.list({ subscription: id, limit: 100 }));
  await voidLeftOpen(
    ctx,
    data.filter(isPayable).flatMap((invoice) => invoice.id ?? []),
  );
  return idOf(found.customer);
}

/** Stripe's page to pay the newest invoice that a subscription has left open. Null if there is none. */
export async function openInvoicePage({ stripe }: Context, subscription: string): Promise<string | null> {
  const { data } = await ask(stripe.invoices.list({ subscription, limit: 100 }));
  return data.find(isPayable)?.hosted_invoice_url ?? null;
}

/** Somebody has paid, and the money is on its way. For `new Refusal(...PAYMENT_IN_PROGRESS)`. */
export const PAYMENT_IN_PROGRESS = [
  409,
  "payment_in_progress",
  "The checkout has been paid, and the payment is being processed. From a bank account that can take a week. We will email the payer as soon as the bank answers.",
] as const;

/** How the payments of an invoice stand. An invoice names its payments, and only those say. */
async function paymentsOf({ stripe }: Context, invoice: string): Promise<Stripe.PaymentIntent.Status[]> {
  const { data } = await ask(
    stripe.invoicePayments.list({ invoice, limit: 100, expand: ["data.payment.payment_intent"] }),
  );
  return data.flatMap(({ payment: { payment_intent } }) =>
    typeof payment_intent === "object" ? payment_intent.status : [],
  );
}

/** Whether the bank refused an invoice's payment. It may be asked again, but is not processing it now. */
export const paymentWasRefused = async (ctx: Context, invoice: string): Promise<boolean> =>
  (await paymentsOf(ctx, invoice)).every((status) => status === "requires_payment_method" || status === "canceled");

/** Whether a bank is processing a payment for a subscription. */
export async function paymentIsProcessing(ctx: Context, subscription: string): Promise<boolean> {
  const { data } = await ask(ctx.stripe.invoices.list({ subscription, status: "open", limit: 100 }));
  for (const { id } of data) if (id && (await paymentsOf(ctx, id)).includes("processing")) return true;
  return false;
}
