import { DAY } from "../calendar.ts";
import { newId } from "../ids.ts";
import type { BalanceTransaction, Charge, Dispute, Refund } from "../wire.ts";

/** A change to the account balance, in cents. A negative `amount` is money going out. */
export interface Booking {
  amount: number;
  currency: string;
  description: string | null;
  fee: { amount: number; description: string } | null;
  reporting_category: string;
  source: string;
  type: BalanceTransaction["type"];
}

export function buildBalanceTransaction(created: number, booking: Booking): BalanceTransaction {
  const { amount, currency, fee } = booking;
  return {
    id: newId("txn_3", 23),
    object: "balance_transaction",
    amount,
    available_on: created + 2 * DAY,
    balance_type: "payments",
    created,
    currency,
    description: booking.description,
    exchange_rate: null,
    fee: fee?.amount ?? 0,
    fee_details: fee ? [{ ...fee, application: null, currency, type: "stripe_fee" }] : [],
    net: amount - (fee?.amount ?? 0),
    reporting_category: booking.reporting_category,
    source: booking.source,
    status: "pending",
    type: booking.type,
  };
}

/** A card charge is booked as `charge`, a bank debit as `payment`. */
export function chargeBooking(charge: Charge): Booking {
  const card = charge.payment_method_details?.type === "card";
  return {
    amount: charge.amount,
    currency: charge.currency,
    description: charge.description,
    fee: { amount: card ? cardFee(charge.amount) : bankFee(charge.amount), description: "Stripe processing fees" },
    reporting_category: "charge",
    source: charge.id,
    type: card ? "charge" : "payment",
  };
}

/** A debit that the bank refused. It was booked when it was submitted, and this takes it back. Stripe keeps the fee. */
export function chargeFailureBooking(charge: Charge): Booking {
  return {
    amount: -charge.amount,
    currency: charge.currency,
    description: `FAILED PAYMENT (${charge.id})`,
    fee: null,
    reporting_category: "charge_failure",
    source: charge.id,
    type: "payment_failure_refund",
  };
}

/** Stripe keeps the fee for the original charge. */
export function refundBooking(refund: Refund, charge: Charge): Booking {
  return {
    amount: -refund.amount,
    currency: refund.currency,
    description: `REFUND FOR ${charge.description === null ? "CHARGE" : `CHARGE (${charge.description})`}`,
    fee: null,
    reporting_category: "refund",
    source: refund.id,
    type: charge.payment_method_details?.type === "card" ? "refund" : "payment_refund",
  };
}

export function refundFailureBooking(refund: Refund): Booking {
  return {
    amount: refund.amount,
    currency: refund.currency,
    description: `REFUND FAILURE (${refund.charge})`,
    fee: null,
    reporting_category: "refund_failure",
    source: refund.id,
    type: "refund_failure",
  };
}

/** Stripe keeps the $15 dispute fee, whatever the outcome. */
export function disputeBooking(dispute: Dispute): Booking {
  return {
    amount: -dispute.amount,
    currency: dispute.currency,
    description: `Chargeback withdrawal for ${dispute.charge}`,
    fee: { amount: 1500, description: "Dispute fee" },
    reporting_category: "dispute",
    source: dispute.id,
    type: "adjustment",
  };
}

export function disputeReversalBooking(dispute: Dispute): Booking {
  return {
    amount: dispute.amount,
    currency: dispute.currency,
    description: `Chargeback reversal for ${dispute.charge}`,
    fee: null,
    reporting_category: "dispute_reversal",
    source: dispute.id,
    type: "adjustment",
  };
}

/** 2.9% plus 30 cents for a US card, rounded half up, in integers throughout. */
function cardFee(amount: number): number {
  return rounded(amount * 29) + 30;
}

/** 0.8% for a US bank account, at most $5. */
function bankFee(amount: number): number {
  return Math.min(rounded(amount * 8), 500);
}

function rounded(thousandths: number): number {
  const raised = thousandths + 500;
  return (raised - (raised % 1000)) / 1000;
}
