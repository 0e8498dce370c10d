import type Stripe from "stripe";
import type { Plan } from "../database/plan.ts";
import type { Context } from "../http/context.ts";
import { ask } from "../stripe/client.ts";
import { idOf } from "../stripe/values.ts";
import { readFees, type StripeFee, writeFees } from "./fees-from-stripe.ts";
import { readDispute, readRefund, type StripeReversal, writeReversals } from "./reversals-from-stripe.ts";

/** What followed from payments at Stripe: what went back, and what Stripe kept. */
export interface StripeMovements {
  reversals: StripeReversal[];
  fees: StripeFee[];
}

const BOOKINGS = ["data.balance_transaction", "data.failure_balance_transaction"];
const EXPAND = [...BOOKINGS, ...BOOKINGS.map((path) => `data.refunds.${path}`)];

/** Every refund, dispute and fee of a customer's payments, or of one payment. */
export async function fetchMovements(
  { stripe }: Context,
  of: { customer: string } | { payment_intent: string },
): Promise<StripeMovements> {
  const reversals: StripeReversal[] = [];
  const fees: StripeFee[] = [];
  const charges = stripe.charges.list({ ...of, limit: 100, expand: EXPAND });
  await ask(
    (async () => {
      for await (const charge of charges) {
        const stripe_payment_intent_id = idOf(charge.payment_intent);
        if (!stripe_payment_intent_id) continue;
        fees.push(...readFees(charge, bookingsOf(charge), { stripe_payment_intent_id, stripe_reversal_id: null }));
        for (const refund of await refundsOf(stripe, charge)) {
          reversals.push(readRefund(refund, stripe_payment_intent_id));
          fees.push(
            ...readFees(refund, bookingsOf(refund), { stripe_payment_intent_id, stripe_reversal_id: refund.id }),
          );
        }
        if (charge.disputed)
          for await (const dispute of stripe.disputes.list({ charge: charge.id, limit: 100 })) {
            reversals.push(readDispute(dispute, stripe_payment_intent_id));
            fees.push(
              ...readFees(dispute, dispute.balance_transactions, {
                stripe_payment_intent_id,
                stripe_reversal_id: dispute.id,
              }),
            );
          }
      }
    })(),
  );
  return { reversals, fees };
}

const bookingsOf = (moved: Stripe.Charge | Stripe.Refund) => [
  moved.balance_transaction,
  moved.failure_balance_transaction,
];

/** A charge comes with its latest ten refunds. */
async function refundsOf(stripe: Stripe, { id, refunds }: Stripe.Charge): Promise<Stripe.Refund[]> {
  if (refunds && !refunds.has_more) return refunds.data;
  const all: Stripe.Refund[] = [];
  for await (const refund of stripe.refunds.list({ charge: id, limit: 100, expand: BOOKINGS })) all.push(refund);
  return all;
}

/** Records what followed from the payments that we know, and tells the people concerned of refunds and disputes. */
export function writeMovements(t: Plan, ctx: Context, { reversals, fees }: StripeMovements): void {
  writeReversals(t, ctx, reversals);
  writeFees(t, fees);
}
