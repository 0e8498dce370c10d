import type Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../../http/context.ts";
import { readFees, type StripeFee } from "../../ledger/fees-from-stripe.ts";
import { pages } from "../../stripe/client.ts";
import { idOf, toSeconds } from "../../stripe/values.ts";

/** A payment, refund or dispute as it moved Stripe's balance. Cents, signed, before fees. */
export interface Booking {
  id: string;
  /** Stripe's type of balance transaction. */
  type: string;
  amount_cents: number;
  created_at: Date;
  /** What our rows call it by: the id of a payment intent, a refund or a dispute. */
  reference: string;
  payment_intent: string | null;
  customer: string | null;
  /** It carries an id of one of our rows. */
  has_our_metadata: boolean;
  /** What Stripe kept of it: one fee or none. */
  fees: StripeFee[];
}

/** The bookings from `from` until before `to`. */
export async function fetchBookings({ stripe, settings }: Context, from: Date, to: Date): Promise<Booking[]> {
  const created = { gte: toSeconds(from), lt: toSeconds(to) };
  const bookings: Booking[] = [];
  const listed = pages((page) => stripe.balanceTransactions.list({ ...page, created, expand: ["data.source"] }));
  for await (const page of listed)
    bookings.push(...page.flatMap((transaction) => readBooking(transaction, settings.CURRENCY) ?? []));
  return bookings;
}

/**
 * Null for fees, payouts and the like: they are between Stripe and the organization. Null also for a debit of a bank account
 * until it arrives: Stripe books it when it is submitted, and books it back if the bank refuses it.
 * https://docs.stripe.com/reports/balance-transaction-types
 */
function readBooking(transaction: Stripe.BalanceTransaction, currency: string): Booking | null {
  const { id, type, amount, created, source } = transaction;
  if (typeof source !== "object" || !source) return null;
  if (source.object !== "charge" && source.object !== "refund" && source.object !== "dispute") return null;
  if (type === "payment_failure_refund" || (source.object === "charge" && source.status !== "succeeded")) return null;
  const payment_intent = idOf(source.payment_intent);
  const { donation_id, subscription_id, refund_id } = source.metadata ?? {};
  return {
    id,
    type,
    // If the account has another currency, the amount that was paid counts.
    amount_cents: transaction.currency === currency ? amount : Math.sign(amount) * source.amount,
    created_at: new Date(created * 1000),
    reference: source.object === "charge" ? (payment_intent ?? source.id) : source.id,
    payment_intent,
    customer: source.object === "charge" ? idOf(source.customer) : null,
    fees: payment_intent
      ? readFees(source, [transaction], {
          stripe_payment_intent_id: payment_intent,
          stripe_reversal_id: source.object === "charge" ? null : source.id,
        })
      : [],
    has_our_metadata: [donation_id, subscription_id, refund_id].some((mark) => z.uuid().safeParse(mark).success),
  };
}
