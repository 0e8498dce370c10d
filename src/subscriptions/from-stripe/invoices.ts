import type Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { ask, askOrNull } from "../../stripe/client.ts";
import { DONATION_PART, idOf, toInstant } from "../../stripe/values.ts";
import { partOf, type SubscriptionParts } from "./parts.ts";

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

/** Stripe's ids of the payments of some invoices, also of those that failed. */
export const paymentIntentsOf = (invoices: Stripe.Invoice[]): Set<string> =>
  new Set(
    invoices.flatMap(({ payments }) =>
      (payments?.data ?? []).flatMap(({ payment }) => idOf(payment.payment_intent) ?? []),
    ),
  );

/** The donation's products on any of the invoices. If an item was removed since then, we have to ask what its product was. */
export async function findDonationProducts(
  { stripe }: Context,
  invoices: Stripe.Invoice[],
  { products, donation_products }: SubscriptionParts,
): Promise<Set<string>> {
  const invoiced = new Set(invoices.flatMap(({ lines }) => lines.data.flatMap((line) => productOf(line) ?? [])));
  const unknown = [...invoiced].filter((id) => !products.has(id));
  const removed = await Promise.all(unknown.map((id) => askOrNull(stripe.products.retrieve(id))));
  return new Set([
    ...donation_products,
    ...removed.flatMap((product) => (product && partOf(product) === DONATION_PART ? [product.id] : [])),
  ]);
}

const productOf = ({ pricing }: Stripe.InvoiceLineItem): string | null => idOf(pricing?.price_details?.product);

/**
 * What a paid invoice, fetched with `payments` expanded, brought in. The amount paid is what counts: all of it that is not
 * for the donation's product is dues, so no cent is lost. A negative line gives credit for another term than the one paid for.
 */
export function readInvoice(invoice: Stripe.Invoice, donation_products: Set<string>): PaymentFacts {
  const isDonation = (line: Stripe.InvoiceLineItem) => donation_products.has(productOf(line) ?? "");
  const given = invoice.lines.data.filter(isDonation).reduce((cents, { amount }) => cents + amount, 0);
  const donation_cents = Math.max(0, Math.min(given, invoice.amount_paid));
  const lines = invoice.lines.data.filter(({ amount }) => amount >= 0);
  const dues = lines.filter((line) => !isDonation(line));
  const term = (dues.length > 0 ? dues : lines).reduce<Stripe.InvoiceLineItem.Period | null>(
    (latest, { period }) => (latest && latest.end >= period.end ? latest : period),
    null,
  );
  const paid = invoice.payments?.data.filter(({ status }) => status === "paid").map(({ payment }) => payment) ?? [];
  const isOutside = invoice.amount_paid > 0 && !paid.some((payment) => payment.payment_intent ?? payment.charge);
  return {
    base_subscription_cents: invoice.amount_paid - donation_cents,
    donation_cents,
    paid_at: toInstant(invoice.status_transitions.paid_at ?? invoice.created),
    term_start: term && term.end > term.start ? toInstant(term.start) : null,
    term_end: term && term.end > term.start ? toInstant(term.end) : null,
    stripe_invoice_id: invoice.id ?? null,
    stripe_payment_intent_id: idOf(paid.find(({ payment_intent }) => payment_intent)?.payment_intent),
    // Marked as paid outside of Stripe: such an invoice counts as paid, without a payment of Stripe's.
    // https://docs.stripe.com/changelog/basil/2025-03-31/add-support-for-multiple-partial-payments-on-invoices
    payment_method: isOutside ? "outside_stripe" : "stripe",
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

/**
 * The latest term whose dues were waived. While we pause collection, Stripe voids the invoice of each new period without asking
 * anybody to pay it: https://docs.stripe.com/billing/subscriptions/pause-payment. What we void after the end waives nothing.
 */
export function waivedTerm(
  { ended_at }: Pick<Stripe.Subscription, "ended_at">,
  invoices: Stripe.Invoice[],
): { start: string; end: string } | null {
  const [latest] = invoices
    .filter(
      ({ status, attempt_count, billing_reason, status_transitions: { voided_at } }) =>
        status === "void" &&
        attempt_count === 0 &&
        billing_reason === "subscription_cycle" &&
        (ended_at === null || (voided_at ?? ended_at) < ended_at),
    )
    .map((invoice) => readInvoice(invoice, new Set()))
    .flatMap(({ term_start, term_end }) => (term_start && term_end ? [{ start: term_start, end: term_end }] : []))
    .toSorted((a, b) => b.end.localeCompare(a.end));
  return latest ?? null;
}

/** When Stripe will ask the bank again for a payment that it refused. Null if it will not. */
export function nextAttempt(invoices: Stripe.Invoice[]): string | null {
  const retried = invoices.find(({ status, attempt_count }) => status === "open" && attempt_count > 0);
  return retried?.next_payment_attempt ? toInstant(retried.next_payment_attempt) : null;
}
