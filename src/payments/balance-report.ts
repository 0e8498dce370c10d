import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import { many, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { ledger, payments, reversals } from "../ledger/tables.ts";
import { users } from "../members/tables.ts";
import { ask } from "../stripe/client.ts";
import { idOf } from "../stripe/values.ts";
import { pages, type Round, seconds, type Unmatched } from "./reconcile-round.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A booking on Stripe's balance about a payment, a refund or a dispute. Cents, signed, without fees. */
interface Booking {
  id: string;
  type: string;
  amount_cents: number;
  /** Milliseconds since 1970. */
  at: number;
  /** As our rows name what it is about: a payment intent, a refund or a dispute. */
  reference: string;
  payment_intent: string | null;
  customer: string | null;
  /** It carries an id of ours. */
  marked: boolean;
}

/** A movement of our ledger, by Stripe's name for what it is about. Cents, signed. */
interface Movement {
  reference: string | null;
  amount_cents: number;
}

/** Compares our ledger with Stripe's balance, a day in UTC at a time. */
export async function reportBalance(round: Round, after: string | null): Promise<boolean> {
  const first = Math.floor((after ? new Date(after) : round.since).getTime() / DAY) * DAY;
  for (let start = first; start <= round.until.getTime(); start += DAY) {
    const instant = new Date(start).toISOString();
    if (!round.goesOn("balance", instant)) return false;
    await round.attempt("day", instant.slice(0, 10), () => compare(round, start));
  }
  return true;
}

async function compare({ ctx, days }: Round, start: number): Promise<void> {
  const around = await bookingsAround(ctx, start);
  const today = around.filter(({ at }) => at >= start && at < start + DAY);
  const { known, isOurs } = await lookUp(ctx, today);
  const movements = await movementsOf(ctx, start);
  const ours = today.filter(isOurs);
  const unmatched: Unmatched[] = ours
    .filter((booking) => !known.has(keyOf(booking)))
    .map(({ id, amount_cents, type }) => ({ id, amount_cents, type }));
  const booked = new Set(around.map(keyOf));
  for (const movement of movements)
    if (!booked.has(keyOf(movement)) && !(await isBookedAnyTime(ctx, movement)))
      unmatched.push({ id: movement.reference ?? "unknown", amount_cents: movement.amount_cents, type: "ours" });
  if (today.length === 0 && movements.length === 0) return;
  const stripe_cents = total(ours);
  days.push({
    day: new Date(start).toISOString().slice(0, 10),
    ours_cents: total(movements),
    stripe_cents,
    others_cents: total(today) - stripe_cents,
    unmatched,
  });
}

const total = (moved: { amount_cents: number }[]) => moved.reduce((sum, { amount_cents }) => sum + amount_cents, 0);

const keyOf = ({ reference, amount_cents }: Pick<Movement, "reference" | "amount_cents">) =>
  `${reference} ${amount_cents}`;

/** Those of the day and an hour on both sides of it: what moved at midnight may stand on different days here and there. */
async function bookingsAround({ stripe, settings }: Context, start: number): Promise<Booking[]> {
  const created = { gte: seconds(new Date(start - HOUR)), lt: seconds(new Date(start + DAY + HOUR)) };
  const bookings: Booking[] = [];
  const listed = pages((page) => stripe.balanceTransactions.list({ ...page, created, expand: ["data.source"] }));
  for await (const page of listed) bookings.push(...page.flatMap((booking) => read(booking, settings.CURRENCY)));
  return bookings;
}

/** Fees, payouts and the like are between Stripe and the organisation. */
function read(booking: Stripe.BalanceTransaction, currency: string): Booking[] {
  const { source } = booking;
  if (typeof source !== "object" || source === null) return [];
  if (source.object !== "charge" && source.object !== "refund" && source.object !== "dispute") return [];
  const { id, type, amount, created } = booking;
  const payment_intent = idOf(source.payment_intent);
  const { donation_id, subscription_id, refund_id } = source.metadata ?? {};
  return [
    {
      id,
      type,
      // An account in another currency: what was paid is what counts.
      amount_cents: booking.currency === currency ? amount : Math.sign(amount) * source.amount,
      at: created * 1000,
      reference: source.object === "charge" ? (payment_intent ?? source.id) : source.id,
      payment_intent,
      customer: source.object === "charge" ? idOf(source.customer) : null,
      marked: [donation_id, subscription_id, refund_id].some((mark) => z.uuid().safeParse(mark).success),
    },
  ];
}

/** Which bookings our rows know, by reference and amount, and whether one is about our money at all. */
async function lookUp(ctx: Context, bookings: Booking[]) {
  const intents = bookings.flatMap(({ payment_intent }) => payment_intent ?? []);
  const [paid, gone, people] = await ctx.transact(
    many(
      query
        .select({
          reference: payments.stripe_payment_intent_id,
          amount_cents: sql<number>`${payments.base_subscription_cents} + ${payments.donation_cents}`,
        })
        .from(payments)
        .where(inArray(payments.stripe_payment_intent_id, ["", ...intents])),
    ),
    many(
      query
        .select({
          reference: reversals.stripe_id,
          amount_cents: reversals.amount_cents,
          occurred_at: reversals.occurred_at,
          returned_at: reversals.returned_at,
        })
        .from(reversals)
        .where(inArray(reversals.stripe_id, ["", ...bookings.map(({ reference }) => reference)])),
    ),
    many(
      query
        .select({ customer: users.stripe_customer_id })
        .from(users)
        .where(inArray(users.stripe_customer_id, ["", ...bookings.flatMap(({ customer }) => customer ?? [])])),
    ),
  );
  const known = new Set([
    ...paid.map(keyOf),
    ...gone.flatMap(({ reference, amount_cents, occurred_at, returned_at }) => [
      ...(occurred_at ? [keyOf({ reference, amount_cents: -amount_cents })] : []),
      ...(returned_at ? [keyOf({ reference, amount_cents })] : []),
    ]),
  ]);
  const our_intents = new Set(paid.map(({ reference }) => reference));
  const our_customers = new Set(people.map(({ customer }) => customer));
  return {
    known,
    isOurs: ({ marked, payment_intent, customer }: Booking) =>
      marked ||
      (payment_intent !== null && our_intents.has(payment_intent)) ||
      (customer !== null && our_customers.has(customer)),
  };
}

/** What our ledger says moved through Stripe on a day. */
async function movementsOf(ctx: Context, start: number): Promise<Movement[]> {
  const [movements] = await ctx.transact(
    many(
      query
        .select({
          reference: sql<
            string | null
          >`case when ${ledger.reversal_id} is null then coalesce(${payments.stripe_payment_intent_id}, ${payments.stripe_invoice_id}) else ${reversals.stripe_id} end`,
          amount_cents: sql<number>`${ledger.base_subscription_cents} + ${ledger.donation_cents}`,
        })
        .from(ledger)
        .innerJoin(payments, eq(payments.id, ledger.payment_id))
        .leftJoin(reversals, eq(reversals.id, ledger.reversal_id))
        .where(
          and(
            eq(ledger.payment_method, "stripe"),
            gte(ledger.occurred_at, new Date(start).toISOString()),
            lt(ledger.occurred_at, new Date(start + DAY).toISOString()),
          ),
        ),
    ),
  );
  return movements.filter(({ amount_cents }) => amount_cents !== 0);
}

/** A payment that takes days to arrive is booked on a later day than it was made. */
async function isBookedAnyTime({ stripe }: Context, { reference, amount_cents }: Movement): Promise<boolean> {
  if (!reference?.startsWith("pi_")) return false;
  const { data } = await ask(stripe.charges.list({ payment_intent: reference, limit: 100 }));
  return data.some(
    ({ balance_transaction, amount_captured }) => balance_transaction && amount_captured === amount_cents,
  );
}
