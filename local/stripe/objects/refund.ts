import { newId } from "../ids.ts";
import type { Charge, Metadata, Refund } from "../wire.ts";

export function buildRefund(
  created: number,
  charge: Charge,
  input: { amount: number; metadata: Metadata; reason: Refund["reason"] },
): Refund {
  return {
    id: newId("re_3", 23),
    object: "refund",
    amount: input.amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference: newId("", 16).toUpperCase(),
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    metadata: input.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}
