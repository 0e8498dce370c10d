import type Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { ask } from "../../stripe/client.ts";
import { idOf, toInstant } from "../../stripe/values.ts";
import type { SubscriptionParts } from "./parts.ts";

/** All invoices of a subscription, the newest first, with their payments. */
export const fetchInvoices = ({ stripe }: Context, subscription: string): Promise<Stripe.Invoice[]> =>
  ask(
    (async () => {
      const all: Stripe.Invoice[] = [];
      for await (const invoice of stripe.invoices.list({ subscription, limit: 100, expand: ["data.payments"] }))
        all.push(invoice);
      return all;
    })(),
  );

/**
 * What a paid invoice, fetched with `payments` expanded, brought in. The amount paid is what counts: all of it that is not
 * for the donation's product is dues, so no cent is lost.
 */
export function readInvoice(invoice: Stripe.Invoice, { donation_products }: SubscriptionParts): PaymentFacts {
  const isDonation = ({ pricing }: Stripe.InvoiceLineItem) =>
    donation_products.has(idOf(pricing?.price_details?.product) ?? "");
  const given = invoice.lines.data.filter(isDonation).reduce((cents, { amount }) => cents + amount, 0);
  const donation_cents = Math.max(0, Math.min(given, invoice.amount_paid));
  const dues = invoice.lines.data.filter((line) => !isDonation(line));
  const term = dues.reduce<Stripe.InvoiceLineItem.Period | null>(
    (latest, { period }) => (latest && latest.end >= period.end ? latest : period),
    null,
  );
  const intent = invoice.payments?.data.find(({ status, payment }) => status === "paid" && payment.payment_intent);
  return {
    base_subscription_cents: invoice.amount_paid - donation_cents,
    donation_cents,
    paid_at: toInstant(invoice.status_transitions.paid_at ?? invoice.created),
    term_start: term && term.end > term.start ? toInstant(term.start) : null,
    term_end: term && term.end > term.start ? toInstant(term.end) : null,
    stripe_invoice_id: invoice.id ?? null,
    stripe_payment_intent_id: idOf(intent?.payment.payment_intent),
  };
}

/**
 * Whether the bank refused a subscription's first payment in the end. Stripe then voids the invoice, and would still collect
 * the next one. Also true if the subscription has been canceled since:
 * https://docs.stripe.com/billing/subscriptions/overview#payment-methods-with-delayed-payment-confirmation
 */
export const firstPaymentWasRefused = ({ status }: Stripe.Subscription, invoices: Stripe.Invoice[]): boolean =>
  ["active", "past_due", "unpaid", "canceled"].includes(status) &&
  invoices.length > 0 &&
  invoices.every((invoice) => invoice.status === "void" || invoice.status === "uncollectible");

/** When Stripe will ask the bank again for a payment that it refused. Null if it will not. */
export function nextAttempt(invoices: Stripe.Invoice[]): string | null {
  const retried = invoices.find(({ status, attempt_count }) => status === "open" && attempt_count > 0);
  return retried?.next_payment_attempt ? toInstant(retried.next_payment_attempt) : null;
}
