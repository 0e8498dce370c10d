import { newId } from "../ids.ts";
import {
  type Customer,
  type Invoice,
  type InvoiceLine,
  type InvoicePayment,
  list,
  type Subscription,
  type UpcomingInvoice,
} from "../wire.ts";

export interface InvoiceInput {
  billing_reason: "subscription_create" | "subscription_cycle" | "subscription_update" | "upcoming";
  customer: Customer;
  lines: InvoiceLine[];
  /** The previous period, for which usage would be billed now. The lines hold the period being paid for. */
  period: { start: number; end: number };
  subscription: Subscription;
}

/** A draft invoice for a subscription. */
export function buildInvoice(created: number, input: InvoiceInput): Invoice {
  const { billing_reason, customer, period, subscription } = input;
  const id = newId("in_1", 23);
  const lines = input.lines.map((line) => ({ ...line, invoice: id }));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const amount_due = Math.max(0, total);
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "LOAF",
    account_tax_ids: null,
    amount_due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: amount_due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason,
    collection_method: "charge_automatically",
    created,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: list(`/v1/invoices/${id}/lines`, lines),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}

/** A preview of the renewal invoice at the end of the period (`input.period.end`). */
export function buildUpcomingInvoice(input: InvoiceInput): UpcomingInvoice {
  const { id: _, ...invoice } = buildInvoice(input.period.end, input);
  return {
    ...invoice,
    lines: list(`/v1/invoices/upcoming/lines?subscription=${input.subscription.id}`, input.lines),
    next_payment_attempt: input.period.end,
  };
}

/** Links an invoice to the payment intent that pays it. */
export function buildInvoicePayment(created: number, invoice: Invoice, payment_intent: string): InvoicePayment {
  return {
    id: newId("inpay_1", 23),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
}
