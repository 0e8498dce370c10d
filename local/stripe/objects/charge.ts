import { newId } from "../ids.ts";
import type { Charge, PaymentIntent, PaymentMethod } from "../wire.ts";
import { CARD_NUMBERS } from "./payment-method.ts";

/** A bank's response to a declined card, in Stripe's words. */
export const DECLINED = {
  code: "card_declined",
  decline_code: "generic_decline",
  message: "Your card was declined.",
};

/** What the payer sees if they do not authenticate. */
export const UNAUTHENTICATED =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";

/** A bank's response, days later, if the account has insufficient funds. */
export const UNPAID = {
  code: "insufficient_funds",
  message: "The customer's account has insufficient funds to cover this payment.",
};

/** One attempt to collect an intent's amount. A card is charged at once. A bank debit stays pending. */
export function buildCharge(
  created: number,
  stripe_url: string,
  intent: PaymentIntent,
  method: PaymentMethod,
  declined: boolean,
): Charge {
  const by_card = method.type === "card";
  const id = newId(by_card ? "ch_3" : "py_3", 23);
  const suffix = intent.statement_descriptor_suffix;
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: declined ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: declined ? null : suffix === null ? "LOAF" : `LOAF* ${suffix.toUpperCase()}`,
    captured: !declined,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: declined ? DECLINED.code : null,
    failure_message: declined ? DECLINED.message : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: declined ? "try_again_later" : null,
      network_advice_code: null,
      network_decline_code: declined ? "01" : null,
      network_status: declined ? "declined_by_network" : by_card ? "approved_by_network" : "not_sent_to_network",
      reason: declined ? DECLINED.decline_code : null,
      risk_level: "normal",
      risk_score: 5,
      seller_message: declined ? "The bank did not return any further details with this decline." : "Payment complete.",
      type: declined ? "issuer_declined" : "authorized",
    },
    paid: !declined && by_card,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: by_card
      ? { card: cardDetails(intent.amount, method), type: "card" }
      : { type: "us_bank_account", us_bank_account: accountDetails(method) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: declined ? null : `${stripe_url}/receipt/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: suffix,
    status: declined ? "failed" : by_card ? "succeeded" : "pending",
    transfer_data: null,
    transfer_group: null,
  };
}

type Details = NonNullable<Charge["payment_method_details"]>;
type CardDetails = NonNullable<Details["card"]>;
type AccountDetails = NonNullable<Details["us_bank_account"]>;

function cardDetails(amount: number, { card }: PaymentMethod): CardDetails {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2045,
    extended_authorization: { status: "disabled" },
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card?.brand ?? null,
    network_token: { used: false },
    network_transaction_id: newId("", 15).toUpperCase(),
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: "unregulated",
    three_d_secure: card?.last4 === CARD_NUMBERS.authenticated ? AUTHENTICATED : null,
    transaction_link_id: null,
    wallet: null,
  };
}

const AUTHENTICATED: NonNullable<CardDetails["three_d_secure"]> = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: "00000000-0000-0000-0000-000000003220",
  version: "2.2.0",
};

function accountDetails({ us_bank_account }: PaymentMethod): AccountDetails {
  return {
    account_holder_type: us_bank_account?.account_holder_type ?? null,
    account_type: us_bank_account?.account_type ?? null,
    bank_name: us_bank_account?.bank_name ?? null,
    fingerprint: us_bank_account?.fingerprint ?? null,
    last4: us_bank_account?.last4 ?? null,
    payment_reference: null,
    routing_number: us_bank_account?.routing_number ?? null,
  };
}
