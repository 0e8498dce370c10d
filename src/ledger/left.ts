import { eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { ledger, payments, reversals } from "../tables/ledger.ts";

type Movement = (typeof ledger.kind.enumValues)[number];

/** Adds up the movements of the given kinds, over rows of `ledger`. `cents`: the part of each movement that counts. */
export const movedCents = (cents: SQLWrapper, ...kinds: [Movement, ...Movement[]]): SQL<number> =>
  sql`coalesce(sum(${cents}) filter (where ${inArray(ledger.kind, kinds)}), 0)`.mapWith(Number);

/** What came in, over rows of `ledger`. */
export const receivedCents = (cents: SQLWrapper): SQL<number> => movedCents(cents, "payment");

/** What we refunded or a bank took back, minus what came back of that. */
export const reversedCents = (cents: SQLWrapper): SQL<number> =>
  movedCents(sql`-${cents}`, "refund", "refund_returned", "dispute", "dispute_returned");

/** What is left: received minus reversed. */
export const leftCents = (cents: SQLWrapper): SQL<number> => sql`coalesce(sum(${cents}), 0)`.mapWith(Number);

/** The ledger of one row of `payments`, under the name `ledger`. Join it laterally, to read no other payment's. */
export const ledgerOfPayment = query.select().from(ledger).where(eq(ledger.payment_id, payments.id)).as("ledger");

const overPayment = (cents: SQL<number>): SQL<number> =>
  sql`${query.select({ cents }).from(ledger).where(eq(ledger.payment_id, payments.id))}`.mapWith(Number);

/** For the donation in a row of `payments`, in cents: what went back, and what is left. */
export const paymentDonationReversed = overPayment(reversedCents(ledger.donation_cents));
export const paymentDonationLeft = overPayment(leftCents(ledger.donation_cents));

const WHOLE = sql`(${ledger.base_subscription_cents} + ${ledger.donation_cents})`;

/** What is left of a payment, dues and donation together, in cents. `which`: a condition on `payments`. */
export const paymentLeft = (which: SQL): SQL =>
  sql`${query
    .select({ cents: leftCents(WHOLE) })
    .from(payments)
    .innerJoinLateral(ledgerOfPayment, sql`true`)
    .where(which)}`;

/** What volunteers can still refund: what is left, minus the refunds that are under way and not booked yet. */
export const paymentRefundable = (which: SQL): SQL => sql`(${paymentLeft(which)} - (
  select coalesce(sum(${reversals.amount_cents}), 0)
  from ${reversals} join ${payments} on ${eq(payments.id, reversals.payment_id)}
  where ${which} and ${reversals.kind} = 'refund' and ${reversals.occurred_at} is null
    and ${reversals.status} in ('requested', 'pending', 'requires_action')))`;
