import { newId } from "../ids.ts";
import type { BalanceTransaction, Charge, PaymentIntent, PaymentMethod, Refund } from "../wire.ts";

/** What the bank says to a declined card, in Stripe's words for it. */
export const DECLINED = {
  code: "card_declined",
  decline_code: "generic_decline",
  message: "Your card was declined.",
};

/** One try to collect an intent's amount from a card. */
export function buildCharge(
  created: number,
  stripe_url: string,
  intent: PaymentIntent,
  card: PaymentMethod,
  declined: boolean,
): Charge {
  const id = newId("ch_3", 23);
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
    billing_details: card.billing_details,
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
      network_status: declined ? "declined_by_network" : "approved_by_network",
      reason: declined ? DECLINED.decline_code : null,
      risk_level: "normal",
      risk_score: 5,
      seller_message: declined ? "The bank did not return any further details with this decline." : "Payment complete.",
      type: declined ? "issuer_declined" : "authorized",
    },
    paid: !declined,
    payment_intent: intent.id,
    payment_method: card.id,
    payment_method_details: { card: cardDetails(intent.amount, card), type: "card" },
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
    status: declined ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
}

type CardDetails = NonNullable<NonNullable<Charge["payment_method_details"]>["card"]>;

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
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

/** What a charge or a refund does to the account's balance; Stripe's fee on a US card is 2.9 % and 30 cents. */
export function buildBalanceTransaction(created: number, source: Charge | Refund): BalanceTransaction {
  const charged = source.object === "charge";
  const amount = charged ? source.amount : -source.amount;
  const fee = charged ? percentage(source.amount) + 30 : 0;
  return {
    id: newId("txn_3", 23),
    object: "balance_transaction",
    amount,
    available_on: created + 2 * 24 * 60 * 60,
    balance_type: "payments",
    created,
    currency: source.currency,
    description: source.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: charged
      ? [
          {
            amount: fee,
            application: null,
            currency: source.currency,
            description: "Stripe processing fees",
            type: "stripe_fee",
          },
        ]
      : [],
    net: amount - fee,
    reporting_category: charged ? "charge" : "refund",
    source: source.id,
    status: "pending",
    type: charged ? "charge" : "refund",
  };
}

/** 2.9 % of an amount in cents, rounded half up, in whole numbers throughout. */
function percentage(amount: number): number {
  const thousandths = amount * 29 + 500;
  return (thousandths - (thousandths % 1000)) / 1000;
}
