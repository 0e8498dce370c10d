import { newId } from "../ids.ts";
import type { Metadata, PaymentIntent } from "../wire.ts";

export interface PaymentIntentInput {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  payment_method_types: string[];
  receipt_email: string | null;
  setup_future_usage: "off_session" | null;
  statement_descriptor_suffix: string | null;
}

/** An unpaid payment intent. */
export function buildPaymentIntent(created: number, input: PaymentIntentInput): PaymentIntent {
  const id = newId("pi_3", 23);
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${newId("", 25)}`,
    confirmation_method: "automatic",
    created,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_details: { customer_reference: null, order_reference: null },
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: input.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: input.receipt_email,
    review: null,
    setup_future_usage: input.setup_future_usage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: input.statement_descriptor_suffix,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
}
