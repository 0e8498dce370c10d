import { DAY } from "../calendar.ts";
import { newId } from "../ids.ts";
import type { Charge, Dispute } from "../wire.ts";

/**
 * The payer's bank reverses a charge, or first asks about it with an inquiry. An inquiry does not move the money, and
 * its charge can still be refunded.
 */
export function buildDispute(created: number, charge: Charge, amount: number, inquiry: boolean): Dispute {
  const brand = charge.payment_method_details?.card?.brand;
  return {
    id: newId("du_1", 23),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: charge.billing_details.email,
      customer_name: charge.billing_details.name,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: created + 9 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(brand && { payment_method_details: cardDetails(brand, inquiry) }),
    reason: "fraudulent",
    status: inquiry ? "warning_needs_response" : "needs_response",
  };
}

function cardDetails(brand: string, inquiry: boolean): NonNullable<Dispute["payment_method_details"]> {
  const case_type = inquiry ? "inquiry" : "chargeback";
  return { card: { brand, case_type, network: brand, network_reason_code: "10.4" }, type: "card" };
}
