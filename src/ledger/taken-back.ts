import { eq, type SQL, sql } from "drizzle-orm";
import { reversals } from "../tables/ledger.ts";
import type { PaymentFacts } from "./payments-from-stripe.ts";
import { LOST_STATUSES, type StripeReversal } from "./reversals-from-stripe.ts";

const LOST = new Set<string>(LOST_STATUSES);

/** Since when we know that a dispute is lost, as the transaction has left our rows so far. */
export const lostSince = ({ stripe_id, occurred_at }: StripeReversal): SQL =>
  sql`coalesce((select ${reversals.lost_since} from ${reversals} where ${eq(reversals.stripe_id, stripe_id)}), ${occurred_at}::timestamptz)`;

/**
 * The dispute by which a bank took back, for good, all that was left of dues. Null if none did: also while a dispute may
 * still be won, for a refund, which leaves the term as it is, and for a donation with a free term, which was never paid for.
 */
export function lostDispute(
  { stripe_payment_intent_id, base_subscription_cents, donation_cents }: PaymentFacts,
  went: readonly StripeReversal[],
): StripeReversal | null {
  const gone = went.filter(
    (each) =>
      each.stripe_payment_intent_id === stripe_payment_intent_id && each.occurred_at !== null && !each.returned_at,
  );
  const gone_cents = gone.reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  const [lost] = gone.filter(({ kind, status }) => kind === "dispute" && LOST.has(status));
  const isAll = base_subscription_cents > 0 && gone_cents >= base_subscription_cents + donation_cents;
  return lost && isAll ? lost : null;
}
