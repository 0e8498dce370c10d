import { newId } from "../ids.ts";
import type { Customer, Metadata, Session } from "../wire.ts";

export interface SessionInput {
  allow_promotion_codes: boolean | null;
  allowed_payment_method_types: string[] | null;
  amount: number;
  billing_address_collection: "auto" | "required" | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string;
  customer: Customer | null;
  customer_creation: "always" | "if_required" | null;
  customer_email: string | null;
  expires_at: number;
  locale: string | null;
  metadata: Metadata;
  mode: "payment" | "subscription";
  submit_type: string | null;
  success_url: string;
}

/** Payment methods that the account accepts. */
const ELIGIBLE = ["card", "us_bank_account"];

/** An open session on the hosted page. */
export function buildSession(created: number, stripe_url: string, input: SessionInput): Session {
  const { amount, customer, mode } = input;
  const id = newId("cs_test_a1", 56);
  const email = customer?.email ?? input.customer_email;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: input.allow_promotion_codes,
    allowed_payment_method_types: input.allowed_payment_method_types,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: input.billing_address_collection,
    cancel_url: input.cancel_url,
    client_reference_id: input.client_reference_id,
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created,
    currency: input.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: input.customer_creation,
    customer_details: email === null ? null : sessionCustomer(email, customer?.name ?? null),
    customer_email: input.customer_email,
    discounts: [],
    expires_at: input.expires_at,
    integration_identifier: null,
    invoice: null,
    invoice_creation: mode === "payment" ? { enabled: false, invoice_data: NO_INVOICE } : null,
    livemode: false,
    locale: input.locale,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: mode === "subscription" ? "always" : "if_required",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ELIGIBLE.filter((type) => input.allowed_payment_method_types?.includes(type) ?? true),
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: input.submit_type,
    subscription: null,
    success_url: input.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${stripe_url}/checkout/${id}`,
    wallet_options: null,
  };
}

/** The payer's details, as far as they are known. */
export function sessionCustomer(email: string, name: string | null): NonNullable<Session["customer_details"]> {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

const NO_INVOICE = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: null,
  metadata: {},
  rendering_options: null,
} satisfies NonNullable<Session["invoice_creation"]>["invoice_data"];
