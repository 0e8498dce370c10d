import type { Context } from "../../http/context.ts";
import { ask, pages } from "../../stripe/client.ts";
import { idOf, toSeconds } from "../../stripe/values.ts";
import { type Movement, movementKey } from "./our-money.ts";

/**
 * How long it can take until the payer's bank tells Stripe whether it paid a debit: 14 business days.
 * https://docs.stripe.com/payments/sepa-debit
 */
const UNDER_WAY = 21 * 86_400_000;
const MOST_PAGES = 100;

/**
 * Which of these payments Stripe booked in the weeks before a moment: their keys. Stripe books a debit when it is submitted, days
 * before it arrives, and many come on one day. Reads lists of 100 as long as that costs fewer calls than asking for each
 * that is left.
 */
export async function bookedBefore({ stripe }: Context, payments: Movement[], moment: Date): Promise<Set<string>> {
  const wanted = new Set(payments.map(movementKey));
  const found = new Set<string>();
  if (wanted.size <= 1) return found;
  const created = { gte: toSeconds(new Date(moment.getTime() - UNDER_WAY)), lt: toSeconds(moment) };
  let read = 0;
  for await (const page of pages((paging) => stripe.charges.list({ ...paging, created }))) {
    for (const { payment_intent, amount_captured, balance_transaction } of page) {
      const key = movementKey({ reference: idOf(payment_intent), amount_cents: amount_captured });
      if (balance_transaction && wanted.has(key)) found.add(key);
    }
    read += 1;
    if (read >= Math.min(MOST_PAGES, wanted.size - found.size)) break;
  }
  return found;
}

/** Whether Stripe has booked a payment on any day. */
export async function isBooked(
  { stripe }: Context,
  { reference: payment_intent, amount_cents }: { reference: string; amount_cents: number },
): Promise<boolean> {
  const { data } = await ask(stripe.charges.list({ payment_intent, limit: 100 }));
  return data.some((charge) => charge.balance_transaction && charge.amount_captured === amount_cents);
}
