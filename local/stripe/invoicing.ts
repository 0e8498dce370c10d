import { DAY } from "./calendar.ts";
import { invalidRequest } from "./errors.ts";
import { buildInvoice, buildInvoicePayment, type InvoiceInput } from "./objects/invoice.ts";
import { cancelIntent, charge, debit, openIntent, settleDebit } from "./payments.ts";
import type { Customer, Invoice, InvoicePayment, PaymentIntent, PaymentMethod } from "./wire.ts";
import type { World } from "./world.ts";

/** Days between payment attempts. After the last attempt fails, the subscription is canceled. */
const RETRY_AFTER_DAYS = [3, 5, 7];

export function draftInvoice(world: World, input: InvoiceInput): Invoice {
  const { customer } = input;
  const invoice = buildInvoice(world.now(customer.id), input);
  world.state.invoices.set(invoice.id, invoice);
  input.subscription.latest_invoice = invoice.id;
  changeCustomer(world, customer, { currency: invoice.currency });
  world.emit("invoice.created", invoice);
  return invoice;
}

/**
 * Makes a draft payable. Stripe waits about an hour before it finalizes a renewal. Here it happens at once, so that
 * moving a clock to the renewal date shows it as paid. `intent` comes from an earlier, declined attempt at the same
 * purchase.
 */
export function finalizeInvoice(world: World, invoice: Invoice, customer: Customer, intent?: PaymentIntent): void {
  const now = world.now(customer.id);
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  invoice.number = `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
  invoice.status = "open";
  invoice.status_transitions.finalized_at = now;
  invoice.effective_at = now;
  invoice.hosted_invoice_url = `${world.stripe_url}/invoice/${invoice.id}`;
  if (invoice.amount_due > 0) {
    const first = invoice.billing_reason === "subscription_create";
    const payable =
      intent ??
      openIntent(world, {
        amount: invoice.amount_due,
        currency: invoice.currency,
        customer: customer.id,
        description: first ? "Subscription creation" : "Subscription update",
        metadata: {},
        payment_method_types: ["card", "us_bank_account"],
        receipt_email: null,
        setup_future_usage: first ? "off_session" : null,
        statement_descriptor_suffix: null,
      });
    payable.customer = customer.id;
    payable.payment_details = { customer_reference: null, order_reference: invoice.id };
    const payment = buildInvoicePayment(now, invoice, payable.id);
    world.state.invoice_payments.set(payment.id, payment);
  }
  world.emit("invoice.finalized", invoice);
}

/** Tries once to collect an open invoice. Without a card, the attempt fails as if the card were declined. */
export function collectInvoice(
  world: World,
  invoice: Invoice,
  card: PaymentMethod | undefined,
  declined: boolean,
): void {
  const intent = intentOf(world, invoice);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  if (intent) {
    const works = card !== undefined && charge(world, intent, card, declined).paid;
    if (!works) {
      failed(world, invoice);
      return;
    }
  }
  paid(world, invoice);
}

/** Debits a bank account for an open invoice, which stays open until `settleInvoice` gives the bank's response. */
export function debitInvoice(world: World, invoice: Invoice, account: PaymentMethod): void {
  const intent = intentOf(world, invoice);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  invoice.auto_advance = false;
  // Nothing is tried again before the bank has answered.
  invoice.next_payment_attempt = null;
  if (intent) debit(world, intent, account);
}

/**
 * Somebody pays an invoice on its hosted page. It can be paid as long as it is open or was given up, even after its subscription
 * has ended: https://docs.stripe.com/invoicing/overview#invoice-statuses
 */
export function payInvoice(world: World, invoice: Invoice, card: PaymentMethod): void {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalidRequest(`Invoice ${invoice.id} cannot be paid: its status is ${invoice.status}.`);
  }
  if (intentOf(world, invoice)?.status === "processing") {
    throw invalidRequest(`Invoice ${invoice.id} cannot be paid now: a payment is processing.`);
  }
  collectInvoice(world, invoice, card, false);
}

/** Voids an open invoice, which nobody can pay then: https://docs.stripe.com/api/invoices/void */
export function voidInvoice(world: World, invoice: Invoice): void {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalidRequest(`You can only pass in open or uncollectible invoices. This invoice is ${invoice.status}.`);
  }
  if (intentOf(world, invoice)?.status === "processing") {
    throw invalidRequest("You cannot void an invoice while a payment for it is processing.");
  }
  closeInvoice(world, invoice, "void");
}

/**
 * The bank's response. If the payment fails, the invoice is voided, but the subscription stays active:
 * https://docs.stripe.com/billing/subscriptions/overview#payment-methods-with-delayed-payment-confirmation
 * If the account retries failed debits, the invoice stays open instead, and the same debit is tried again days later:
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries#ach-direct-debit-retries
 */
export function settleInvoice(world: World, invoice: Invoice, works: boolean, retries = false): void {
  const intent = intentOf(world, invoice);
  if (!intent || invoice.status !== "open") {
    throw invalidRequest(`Invoice ${invoice.id} is not waiting for a bank: its status is ${invoice.status}.`);
  }
  settleDebit(world, intent, works);
  if (works) {
    paid(world, invoice);
    return;
  }
  if (retries) {
    failed(world, invoice);
    return;
  }
  world.emit("invoice.payment_failed", invoice);
  closeInvoice(world, invoice, "void");
}

/**
 * Marks an open invoice as paid outside of Stripe. `amount_paid` counts that too, and no payment of Stripe's belongs to it:
 * https://docs.stripe.com/changelog/basil/2025-03-31/add-support-for-multiple-partial-payments-on-invoices
 */
export function payOutside(world: World, invoice: Invoice): void {
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalidRequest(`Invoice ${invoice.id} cannot be paid: its status is ${invoice.status}.`);
  cancelPayment(world, invoice);
  paid(world, invoice);
}

function paid(world: World, invoice: Invoice): void {
  const payment = [paymentOf(world, invoice)].find((each) => each?.status === "open");
  if (payment) {
    payment.amount_paid = invoice.amount_due;
    payment.status = "paid";
    payment.status_transitions.paid_at = world.now(invoice.customer);
  }
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  invoice.status = "paid";
  invoice.status_transitions.paid_at = world.now(invoice.customer);
  world.emit("invoice.paid", invoice);
  world.emit("invoice.payment_succeeded", invoice);
  if (payment) world.emit("invoice_payment.paid", payment);
}

function failed(world: World, invoice: Invoice): void {
  const days = RETRY_AFTER_DAYS[invoice.attempt_count - 1];
  invoice.next_payment_attempt = days === undefined ? null : world.now(invoice.customer) + days * DAY;
  invoice.auto_advance = days !== undefined;
  world.emit("invoice.payment_failed", invoice);
}

/** Closes an invoice that will not be collected. Voiding it also cancels its payment. */
export function closeInvoice(world: World, invoice: Invoice, status: "void" | "uncollectible"): void {
  const now = world.now(invoice.customer);
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  invoice.status = status;
  if (status === "void") {
    invoice.status_transitions.voided_at = now;
    cancelPayment(world, invoice);
  } else {
    invoice.status_transitions.marked_uncollectible_at = now;
  }
  world.emit(status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", invoice);
}

function cancelPayment(world: World, invoice: Invoice): void {
  const [payment, intent] = [paymentOf(world, invoice), intentOf(world, invoice)];
  if (!payment || !intent) return;
  payment.status = "canceled";
  payment.status_transitions.canceled_at = world.now(invoice.customer);
  cancelIntent(world, intent, "void_invoice");
}

/** The payment intent for an invoice. Undefined if nothing is due. */
export function intentOf(world: World, invoice: Invoice): PaymentIntent | undefined {
  return world.state.payment_intents.get(paymentOf(world, invoice)?.payment.payment_intent ?? "");
}

export function paymentOf(world: World, invoice: Invoice): InvoicePayment | undefined {
  return [...world.state.invoice_payments.values()].find((payment) => payment.invoice === invoice.id);
}

/** Updates a customer, and emits an event if anything changed. */
export function changeCustomer(world: World, customer: Customer, change: Partial<Customer>): void {
  const before = structuredClone(customer);
  Object.assign(customer, change);
  if (JSON.stringify(before) !== JSON.stringify(customer)) world.emit("customer.updated", customer, before);
}
