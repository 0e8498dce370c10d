import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import { ask } from "./client.ts";

/** Whether somebody with its link can pay an invoice, even if its subscription has ended: https://docs.stripe.com/invoicing/overview */
export const isPayable = ({ status }: Stripe.Invoice): boolean => status === "open" || status === "uncollectible";

/** What a subscription that has ended left open. */
export const leftOpen = ({ status }: Stripe.Subscription, invoices: readonly Stripe.Invoice[]): string[] =>
  status === "canceled" ? invoices.filter(isPayable).flatMap(({ id }) => id ?? []) : [];

/**
 * Voids an invoice, so that nobody can pay it. Returns false if Stripe refuses: somebody has paid it, or a bank is processing
 * the payment. Then we will hear of the payment itself. False also if our key may not void: the rest of the work goes on, and
 * the log says so as an error. https://docs.stripe.com/api/invoices/void
 */
export async function voidInvoice({ stripe, request_id }: Context, id: string): Promise<boolean> {
  try {
    await ask(stripe.invoices.voidInvoice(id));
    return true;
  } catch (error) {
    const isForbidden = error instanceof Stripe.errors.StripePermissionError;
    if (!isForbidden && !(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    log({ level: isForbidden ? "error" : "info", event: "invoice_not_voided", request_id, id, ...describe(error) });
    return false;
  }
}

/** Voids everything that a subscription has left open. */
export async function voidOpenInvoices(ctx: Context, subscription: string): Promise<void> {
  const { data } = await ask(ctx.stripe.invoices.list({ subscription, limit: 100 }));
  for (const invoice of data) if (isPayable(invoice) && invoice.id) await voidInvoice(ctx, invoice.id);
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

/** 409 if a bank is processing a payment for a subscription. */
export async function guardNoPaymentOnItsWay(ctx: Context, subscription: string): Promise<void> {
  const { data } = await ask(ctx.stripe.invoices.list({ subscription, status: "open", limit: 100 }));
  for (const { id } of data)
    if (id && (await paymentsOf(ctx, id)).includes("processing")) throw new Refusal(...PAYMENT_IN_PROGRESS);
}
