import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { ledger, payments, reversals } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import type { Booking } from "./bookings.ts";

/** Money that moved, by Stripe's id of the payment, refund or dispute. Cents, signed. */
export interface Movement {
  reference: string | null;
  amount_cents: number;
}

/** The same for the same money in our rows and at Stripe. */
export const movementKey = ({ reference, amount_cents }: Movement): string => `${reference} ${amount_cents}`;

/** What our rows know about some of Stripe's bookings. */
export async function lookUpBookings(ctx: Context, bookings: Booking[]) {
  const { amount_cents, occurred_at, returned_at } = reversals;
  const { paid, reversed, people } = await ctx.transact((t) => ({
    paid: t.many(
      query
        .select({
          reference: payments.stripe_payment_intent_id,
          amount_cents: sql<number>`${payments.base_subscription_cents} + ${payments.donation_cents}`,
        })
        .from(payments)
        .where(inArray(payments.stripe_payment_intent_id, idsOf(bookings, "payment_intent"))),
    ),
    reversed: t.many(
      query
        .select({ reference: reversals.stripe_id, amount_cents, occurred_at, returned_at })
        .from(reversals)
        .where(inArray(reversals.stripe_id, idsOf(bookings, "reference"))),
    ),
    people: t.many(
      query
        .select({ customer: users.stripe_customer_id })
        .from(users)
        .where(inArray(users.stripe_customer_id, idsOf(bookings, "customer"))),
    ),
  }));
  const left = reversed.filter((reversal) => reversal.occurred_at);
  const taken = left.map((reversal) => ({ ...reversal, amount_cents: -reversal.amount_cents }));
  const returned = reversed.filter((reversal) => reversal.returned_at);
  const known_movements = new Set([...paid, ...taken, ...returned].map(movementKey));
  const our_payments = new Set(paid.map(({ reference }) => reference));
  const our_customers = new Set(people.map(({ customer }) => customer));
  return {
    isKnown: (booking: Booking) => known_movements.has(movementKey(booking)),
    isOurs: ({ has_our_metadata, payment_intent, customer }: Booking) =>
      has_our_metadata ||
      (payment_intent !== null && our_payments.has(payment_intent)) ||
      (customer !== null && our_customers.has(customer)),
  };
}

/** Never empty: `in ()` is not SQL. */
const idsOf = (bookings: Booking[], field: "payment_intent" | "reference" | "customer"): string[] => [
  "",
  ...bookings.flatMap((booking) => booking[field] ?? []),
];

/** What moved through Stripe from `from` until before `to`, by our ledger. */
export async function ledgerMovements(ctx: Context, from: Date, to: Date): Promise<Movement[]> {
  const { payment_method, reversal_id, occurred_at } = ledger;
  const paid = sql`coalesce(${payments.stripe_payment_intent_id}, ${payments.stripe_invoice_id})`;
  const select = query
    .select({
      reference: sql<string | null>`case when ${reversal_id} is null then ${paid} else ${reversals.stripe_id} end`,
      amount_cents: sql<number>`${ledger.base_subscription_cents} + ${ledger.donation_cents}`,
    })
    .from(ledger)
    .innerJoin(payments, eq(payments.id, ledger.payment_id))
    .leftJoin(reversals, eq(reversals.id, reversal_id))
    .where(and(eq(payment_method, "stripe"), gte(occurred_at, from.toISOString()), lt(occurred_at, to.toISOString())));
  const movements = await ctx.transact((t) => t.many(select));
  return movements.filter(({ amount_cents }) => amount_cents !== 0);
}
