import type Stripe from "stripe";
import { beforeAll, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

// The builders are typed against the SDK, so the compiler holds types and nesting. Here each object as it comes over the
// wire is compared with the list of keys Stripe sends for API version 2026-10-28.

const { stripe, control } = await ownStripe();

beforeAll(async () => {
  const line = { quantity: 1, price_data: { currency: "usd", unit_amount: 1000, product_data: { name: "Dues" } } };
  const common = { customer_email: "ann@example.org", success_url: "http://app.test/ok" };
  const dues = { ...line, price_data: { ...line.price_data, recurring: { interval: "year" } } };
  const membership = await stripe.checkout.sessions.create({ ...common, mode: "subscription", line_items: [dues] });
  const donation = await stripe.checkout.sessions.create({ ...common, mode: "payment", line_items: [line] });
  await control.pay(membership.id);
  await control.pay(donation.id);
});

/** The keys in a row, sorted; `keyof` makes the compiler refuse one that the SDK does not know. */
function keys<T>(...names: (keyof T & string)[]): string[] {
  return names.sort();
}

function keysOf(object: object | null | undefined): string[] {
  return Object.keys(object ?? {})
    .filter((key) => key !== "lastResponse")
    .sort();
}

async function first<T>(list: Promise<Stripe.ApiList<T>>): Promise<T | undefined> {
  return (await list).data[0];
}

it("has the keys of a checkout session", async () => {
  expect(keysOf(await first(stripe.checkout.sessions.list()))).toEqual(
    keys<Stripe.Checkout.Session>(
      ...([
        "id",
        "object",
        "adaptive_pricing",
        "after_expiration",
        "allow_promotion_codes",
        "allowed_payment_method_types",
      ] as const),
      ...(["amount_subtotal", "amount_total", "automatic_tax", "billing_address_collection", "cancel_url"] as const),
      ...([
        "client_reference_id",
        "client_secret",
        "collected_information",
        "consent",
        "consent_collection",
        "created",
      ] as const),
      ...(["currency", "currency_conversion", "custom_fields", "custom_text", "customer", "customer_account"] as const),
      ...(["customer_creation", "customer_details", "customer_email", "discounts", "expires_at"] as const),
      ...(["integration_identifier", "invoice", "invoice_creation", "livemode", "locale", "managed_payments"] as const),
      ...([
        "metadata",
        "mode",
        "origin_context",
        "payment_intent",
        "payment_link",
        "payment_method_collection",
      ] as const),
      ...(["payment_method_configuration_details", "payment_method_options", "payment_method_types"] as const),
      ...(["payment_status", "permissions", "phone_number_collection", "recovered_from"] as const),
      ...(["saved_payment_method_options", "setup_intent", "shipping_address_collection", "shipping_cost"] as const),
      ...(["shipping_options", "status", "submit_type", "subscription", "success_url", "total_details"] as const),
      ...(["ui_mode", "url", "wallet_options"] as const),
    ),
  );
});

it("has the keys of a subscription and of its item, which holds the period", async () => {
  const subscription = await first(stripe.subscriptions.list());
  expect(keysOf(subscription)).toEqual(
    keys<Stripe.Subscription>(
      ...(["id", "object", "application", "application_fee_percent", "automatic_tax", "billing_cycle_anchor"] as const),
      ...([
        "billing_cycle_anchor_config",
        "billing_mode",
        "billing_schedules",
        "billing_thresholds",
        "cancel_at",
      ] as const),
      ...(["cancel_at_period_end", "canceled_at", "cancellation_details", "collection_method", "created"] as const),
      ...(["currency", "customer", "customer_account", "days_until_due", "default_payment_method"] as const),
      ...(["default_source", "default_tax_rates", "description", "discounts", "ended_at", "invoice_settings"] as const),
      ...(["items", "latest_invoice", "livemode", "managed_payments", "metadata"] as const),
      ...(["next_pending_invoice_item_invoice", "on_behalf_of", "pause_collection", "payment_settings"] as const),
      ...(["pending_invoice_item_interval", "pending_setup_intent", "pending_update", "schedule"] as const),
      ...([
        "start_date",
        "status",
        "test_clock",
        "transfer_data",
        "trial_end",
        "trial_settings",
        "trial_start",
      ] as const),
    ),
  );
  expect(keysOf(subscription?.items.data[0])).toEqual(
    keys<Stripe.SubscriptionItem>(
      ...(["id", "object", "billing_thresholds", "created", "current_period_end", "current_period_start"] as const),
      ...([
        "current_trial",
        "discounts",
        "metadata",
        "plan",
        "price",
        "quantity",
        "subscription",
        "tax_rates",
      ] as const),
    ),
  );
});

it("has the keys of an invoice and of its line, and names no charge", async () => {
  const invoice = await first(stripe.invoices.list());
  expect(keysOf(invoice)).toEqual(
    keys<Stripe.Invoice>(
      ...(["id", "object", "account_country", "account_name", "account_tax_ids", "amount_due"] as const),
      ...(["amount_overpaid", "amount_paid", "amount_remaining", "amount_shipping", "application"] as const),
      ...(["attempt_count", "attempted", "auto_advance", "automatic_tax", "automatically_finalizes_at"] as const),
      ...(["billing_reason", "collection_method", "created", "currency", "custom_fields", "customer"] as const),
      ...(["customer_account", "customer_address", "customer_email", "customer_name", "customer_phone"] as const),
      ...(["customer_shipping", "customer_tax_exempt", "customer_tax_ids", "default_payment_method"] as const),
      ...(["default_source", "default_tax_rates", "description", "discounts", "due_date", "effective_at"] as const),
      ...(["ending_balance", "footer", "from_invoice", "hosted_invoice_url", "invoice_pdf", "issuer"] as const),
      ...(["last_finalization_error", "latest_revision", "lines", "livemode", "metadata"] as const),
      ...(["next_payment_attempt", "number", "on_behalf_of", "parent", "payment_settings", "period_end"] as const),
      ...(["period_start", "post_payment_credit_notes_amount", "pre_payment_credit_notes_amount"] as const),
      ...(["receipt_number", "rendering", "shipping_cost", "shipping_details", "starting_balance"] as const),
      ...(["statement_descriptor", "status", "status_transitions", "subtotal", "subtotal_excluding_tax"] as const),
      ...(["test_clock", "total", "total_discount_amounts", "total_excluding_tax"] as const),
      ...(["total_pretax_credit_amounts", "total_taxes", "webhooks_delivered_at"] as const),
    ),
  );
  expect(keysOf(invoice?.lines.data[0])).toEqual(
    keys<Stripe.InvoiceLineItem>(
      ...(["id", "object", "amount", "currency", "description", "discount_amounts", "discountable"] as const),
      ...(["discounts", "invoice", "livemode", "metadata", "parent", "period", "pretax_credit_amounts"] as const),
      ...(["pricing", "quantity", "quantity_decimal", "subscription", "subtotal", "taxes"] as const),
    ),
  );
});

it("has the keys of a customer", async () => {
  expect(keysOf(await first(stripe.customers.list()))).toEqual(
    keys<Stripe.Customer>(
      ...(["id", "object", "address", "balance", "created", "currency", "customer_account", "default_source"] as const),
      ...(["delinquent", "description", "discount", "email", "invoice_prefix", "invoice_settings"] as const),
      ...(["livemode", "metadata", "name", "next_invoice_sequence", "phone", "preferred_locales"] as const),
      ...(["shipping", "tax_exempt", "test_clock"] as const),
    ),
  );
});

it("has the keys of a payment intent and of its charge", async () => {
  const session = await first(
    stripe.checkout.sessions.list({ limit: 1, expand: ["data.payment_intent.latest_charge.balance_transaction"] }),
  );
  const intent = typeof session?.payment_intent === "object" ? session.payment_intent : null;
  const charge = typeof intent?.latest_charge === "object" ? intent.latest_charge : null;
  expect(keysOf(intent)).toEqual(
    keys<Stripe.PaymentIntent>(
      ...(["id", "object", "allowed_payment_method_types", "amount", "amount_capturable", "amount_details"] as const),
      ...(["amount_received", "application", "application_fee_amount", "automatic_payment_methods"] as const),
      ...(["canceled_at", "cancellation_reason", "capture_method", "client_secret", "confirmation_method"] as const),
      ...(["created", "currency", "customer", "customer_account", "description"] as const),
      ...(["excluded_payment_method_types", "last_payment_error", "latest_charge", "livemode"] as const),
      ...(["managed_payments", "metadata", "next_action", "on_behalf_of", "payment_details"] as const),
      ...(["payment_method", "payment_method_configuration_details", "payment_method_options"] as const),
      ...(["payment_method_types", "payment_record", "processing", "receipt_email", "review"] as const),
      ...(["setup_future_usage", "shipping", "source", "statement_descriptor"] as const),
      ...(["statement_descriptor_suffix", "status", "transfer_data", "transfer_group"] as const),
    ),
  );
  expect(keysOf(charge)).toEqual(
    keys<Stripe.Charge>(
      ...(["id", "object", "amount", "amount_captured", "amount_refunded", "application", "application_fee"] as const),
      ...([
        "application_fee_amount",
        "balance_transaction",
        "billing_details",
        "calculated_statement_descriptor",
      ] as const),
      ...(["captured", "created", "currency", "customer", "description", "disputed"] as const),
      ...(["failure_balance_transaction", "failure_code", "failure_message", "fraud_details", "livemode"] as const),
      ...(["metadata", "on_behalf_of", "outcome", "paid", "payment_intent", "payment_method"] as const),
      ...(["payment_method_details", "receipt_email", "receipt_number", "receipt_url", "refunded"] as const),
      ...(["review", "shipping", "source", "source_transfer", "statement_descriptor"] as const),
      ...(["statement_descriptor_suffix", "status", "transfer_data", "transfer_group"] as const),
    ),
  );
  expect(charge?.balance_transaction).toMatchObject({ amount: 1000, fee: 59, net: 941 });
});

it("has the keys of a dispute, a refund and a balance transaction", async () => {
  const [session] = (await stripe.checkout.sessions.list({ limit: 1 })).data;
  const { dispute: id } = await control.dispute({ payment_intent: String(session?.payment_intent), inquiry: true });
  const dispute = await stripe.disputes.retrieve(id);
  expect(keysOf(dispute)).toEqual(
    keys<Stripe.Dispute>(
      ...(["id", "object", "amount", "balance_transactions", "charge", "created", "currency"] as const),
      ...(["enhanced_eligibility_types", "evidence", "evidence_details", "intended_submission_method"] as const),
      ...(["is_charge_refundable", "livemode", "metadata", "payment_intent", "payment_method_details"] as const),
      ...(["reason", "status"] as const),
    ),
  );
  expect(keysOf(dispute.evidence)).toHaveLength(28);
  const refund = await stripe.refunds.create({ charge: String(dispute.charge), expand: ["balance_transaction"] });
  expect(keysOf(refund)).toEqual(
    keys<Stripe.Refund>(
      ...(["id", "object", "amount", "balance_transaction", "charge", "created", "currency", "customer"] as const),
      ...(["customer_account", "destination_details", "metadata", "payment_intent", "payment_method"] as const),
      ...(["reason", "receipt_number", "source_transfer_reversal", "status", "transfer_reversal"] as const),
    ),
  );
  const booked = typeof refund.balance_transaction === "object" ? refund.balance_transaction : null;
  expect(keysOf(booked)).toEqual(
    keys<Stripe.BalanceTransaction>(
      ...(["id", "object", "amount", "available_on", "balance_type", "created", "currency", "description"] as const),
      ...(["exchange_rate", "fee", "fee_details", "net", "reporting_category", "source", "status", "type"] as const),
    ),
  );
});

it("has the keys of a price, a product and a line item", async () => {
  const session = await first(stripe.checkout.sessions.list());
  const line = await first(stripe.checkout.sessions.listLineItems(session?.id ?? ""));
  expect(keysOf(line)).toEqual(
    keys<Stripe.LineItem>(
      ...(["id", "object", "adjustable_quantity", "amount_discount", "amount_subtotal", "amount_tax"] as const),
      ...(["amount_total", "currency", "description", "metadata", "price", "quantity"] as const),
    ),
  );
  const price = await stripe.prices.retrieve(line?.price?.id ?? "");
  expect(keysOf(price)).toEqual(
    keys<Stripe.Price>(
      ...(["id", "object", "active", "billing_scheme", "created", "currency", "custom_unit_amount"] as const),
      ...(["livemode", "lookup_key", "metadata", "nickname", "product", "recurring", "tax_behavior"] as const),
      ...(["tiers_mode", "transform_quantity", "type", "unit_amount", "unit_amount_decimal"] as const),
    ),
  );
  expect(price.unit_amount_decimal?.toString()).toBe("1000");
  expect(keysOf(await stripe.products.retrieve(String(price.product)))).toEqual(
    keys<Stripe.Product>(
      ...(["id", "object", "active", "created", "default_price", "description", "images", "livemode"] as const),
      ...(["marketing_features", "metadata", "name", "package_dimensions", "shippable"] as const),
      ...(["statement_descriptor", "tax_code", "tax_details", "type", "unit_label", "updated", "url"] as const),
    ),
  );
});

it("has the keys of an event", async () => {
  const event = await first(stripe.events.list({ type: "charge.succeeded" }));
  expect(keysOf(event)).toEqual(
    keys<Stripe.EventBase>(
      ...([
        "id",
        "object",
        "api_version",
        "created",
        "data",
        "livemode",
        "pending_webhooks",
        "request",
        "type",
      ] as const),
    ),
  );
  expect(event).toMatchObject({ api_version: "2026-10-28.endive", request: { id: null, idempotency_key: null } });
});
