import { sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { toInstant } from "../stripe/values.ts";
import { payments, reversals, stripe_fees } from "../tables/ledger.ts";

/** What Stripe kept when it booked a payment, a refund or a dispute, or gave back then. Cents, UTC. */
export interface StripeFee {
  /** Stripe's balance transaction. It never changes. */
  id: string;
  stripe_payment_intent_id: string;
  /** The refund or dispute. Null for the payment itself. */
  stripe_reversal_id: string | null;
  /** Positive: Stripe kept it. Negative: Stripe gave it back. */
  fee_cents: number;
  occurred_at: string;
}

/** What was booked, in the currency that was paid in. */
type Booked = Pick<Stripe.Charge | Stripe.Refund | Stripe.Dispute, "amount" | "currency">;

type FeeOf = Pick<StripeFee, "stripe_payment_intent_id" | "stripe_reversal_id">;

/** The fees in the balance transactions of a payment, refund or dispute. What Stripe has not booked yet has none. */
export const readFees = (
  booked: Booked,
  bookings: readonly (string | Stripe.BalanceTransaction | null | undefined)[],
  of: FeeOf,
): StripeFee[] =>
  bookings
    .filter((booking) => typeof booking === "object" && booking !== null)
    .map((booking) => ({ ...of, ...readFee(booking, booked) }))
    .filter(({ fee_cents }) => fee_cents !== 0);

const readFee = (booking: Stripe.BalanceTransaction, booked: Booked) => ({
  id: booking.id,
  fee_cents: feeIn(booking, booked),
  occurred_at: toInstant(booking.created),
});

/**
 * The fee in the currency that was paid in. If the account has another currency, we convert at the rate of the same booking,
 * to the nearest cent. A fee without an amount has no rate and counts as none.
 */
function feeIn({ fee, amount, currency }: Stripe.BalanceTransaction, booked: Booked): number {
  if (currency === booked.currency) return fee;
  return amount === 0 ? 0 : shareOf(fee, booked.amount, Math.abs(amount));
}

/** `whole` times `part` through `of`, to the nearest integer, in integers: the product may be more than a number holds. */
function shareOf(whole: number, part: number, of: number): number {
  const [product, divisor] = [BigInt(whole) * BigInt(part), BigInt(of)];
  return Number((2n * product + (product < 0n ? -divisor : divisor)) / (2n * divisor));
}

/** Records the fees of the payments, refunds and disputes that we know. Those that are recorded already stay as they are. */
export function writeFees(t: Plan, found: readonly StripeFee[]): void {
  if (found.length === 0) return;
  t.effect(
    query.execute(sql`
      insert into ${stripe_fees} (id, payment_id, reversal_id, fee_cents, occurred_at)
      select given.id, ${payments.id}, ${reversals.id}, given.fee_cents, given.occurred_at
      from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as given(id text, stripe_payment_intent_id text,
          stripe_reversal_id text, fee_cents integer, occurred_at timestamptz)
        join ${payments} on ${payments.stripe_payment_intent_id} = given.stripe_payment_intent_id
        left join ${reversals} on ${reversals.stripe_id} = given.stripe_reversal_id
      where given.stripe_reversal_id is null or ${reversals.id} is not null
      order by given.id
      on conflict (id) do nothing`),
  );
}
