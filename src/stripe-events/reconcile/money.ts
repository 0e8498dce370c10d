import { eq, inArray, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { query } from "../../database/query.ts";
import { ledgerOfPayment, leftCents } from "../../ledger/left.ts";
import { pages } from "../../stripe/client.ts";
import { idOf, toSeconds } from "../../stripe/values.ts";
import { subscriptionFromStripe } from "../../subscriptions/from-stripe/subscription.ts";
import { ledger, payments, reversals } from "../../tables/ledger.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { paymentFromStripe } from "../checkout.ts";
import { fetchBookings } from "./bookings.ts";
import { lookUpBookings } from "./our-money.ts";
import type { Round } from "./round.ts";

const DAY = 86_400_000;

/**
 * Goes through what moved at Stripe, day by day in UTC, and adds what our ledger lacks: payments, refunds and disputes
 * whose events were lost, or are older than Stripe keeps them. Within a day it goes by Stripe's ids, so that a
 * later run can continue in the middle.
 */
export async function reconcileMoney(round: Round, after: string | null): Promise<boolean> {
  const [day, done_in_day = ""] = after?.split(" ") ?? [];
  const first = Math.floor((day ? new Date(day) : round.since).getTime() / DAY) * DAY;
  for (let start = first; start <= round.until.getTime(); start += DAY) {
    const instant = new Date(start).toISOString();
    let done = start === first ? done_in_day : "";
    if (!round.continuesAfter("money", `${instant} ${done}`)) return false;
    const lacking: string[] = [];
    await round.attempt("day", instant.slice(0, 10), async () => {
      lacking.push(...(await findLacking(round, new Date(start), new Date(start + DAY))));
    });
    for (const id of lacking.filter((each) => each > done)) {
      await round.attempt("money", id, () => makeGood(round, id));
      done = id;
      if (!round.continuesAfter("money", `${instant} ${done}`)) return false;
    }
  }
  return true;
}

/** The payments and subscriptions with money of that time that our ledger lacks or has differently: Stripe's ids, in order. */
async function findLacking(round: Round, from: Date, to: Date): Promise<string[]> {
  const found = await Promise.all([
    unbooked(round, from, to),
    unknownReversals(round, from, to),
    unknownInvoices(round, from, to),
  ]);
  return [...new Set(found.flat())].sort();
}

/** Payments of ours with a booking on Stripe's balance that our ledger lacks. */
async function unbooked({ ctx }: Round, from: Date, to: Date): Promise<string[]> {
  const bookings = await fetchBookings(ctx, from, to);
  if (bookings.length === 0) return [];
  const { isKnown, isOurs } = await lookUpBookings(ctx, bookings);
  return bookings.flatMap((booking) => (isOurs(booking) && !isKnown(booking) ? (booking.payment_intent ?? []) : []));
}

/** Payments in our ledger with a refund or dispute whose status we do not have. Not all of these move money. */
async function unknownReversals({ ctx }: Round, from: Date, to: Date): Promise<string[]> {
  const { stripe } = ctx;
  const created = { gte: toSeconds(from), lt: toSeconds(to) };
  const theirs = new Map<string, { status: string | null; payment_intent: string }>();
  const note = ({ id, status, payment_intent }: Stripe.Refund | Stripe.Dispute) =>
    theirs.set(id, { status, payment_intent: idOf(payment_intent) ?? "" });
  for await (const page of pages((paging) => stripe.refunds.list({ ...paging, created }))) page.forEach(note);
  for await (const page of pages((paging) => stripe.disputes.list({ ...paging, created }))) page.forEach(note);
  if (theirs.size === 0) return [];
  const intents = [...theirs.values()].map(({ payment_intent }) => payment_intent);
  const { ours, paid } = await ctx.transact((t) => ({
    ours: t.many(
      query
        .select({ id: reversals.stripe_id, status: reversals.status })
        .from(reversals)
        .where(inArray(reversals.stripe_id, [...theirs.keys()])),
    ),
    paid: t.many(
      query
        .select({ payment_intent: sql<string>`${payments.stripe_payment_intent_id}` })
        .from(payments)
        .where(inArray(payments.stripe_payment_intent_id, intents)),
    ),
  }));
  const statuses = new Map(ours.map(({ id, status }) => [id, status]));
  const our_payments = new Set(paid.map(({ payment_intent }) => payment_intent));
  return [...theirs].flatMap(([id, { status, payment_intent }]) =>
    our_payments.has(payment_intent) && statuses.get(id) !== status ? payment_intent : [],
  );
}

/** Subscriptions of ours with a paid invoice that our ledger lacks. One paid outside of Stripe does not show on the balance. */
async function unknownInvoices({ ctx }: Round, from: Date, to: Date): Promise<string[]> {
  const created = { gte: toSeconds(from), lt: toSeconds(to) };
  const theirs = new Map<string, string>();
  for await (const page of pages((paging) => ctx.stripe.invoices.list({ ...paging, created, status: "paid" })))
    for (const { id, parent } of page) {
      const subscription = idOf(parent?.subscription_details?.subscription);
      if (id && subscription) theirs.set(id, subscription);
    }
  if (theirs.size === 0) return [];
  const { known, linked } = await ctx.transact((t) => ({
    known: t.many(
      query
        .select({ id: payments.stripe_invoice_id })
        .from(payments)
        .where(inArray(payments.stripe_invoice_id, [...theirs.keys()])),
    ),
    linked: t.many(
      query
        .select({ id: subscriptions.stripe_subscription_id })
        .from(subscriptions)
        .where(inArray(subscriptions.stripe_subscription_id, [...new Set(theirs.values())])),
    ),
  }));
  const known_ids = new Set(known.map(({ id }) => id));
  const our_ids = new Set(linked.map(({ id }) => id));
  return [...theirs].flatMap(([id, subscription]) =>
    !known_ids.has(id) && our_ids.has(subscription) ? subscription : [],
  );
}

async function makeGood(round: Round, id: string): Promise<void> {
  const { ctx } = round;
  const agreement = id.startsWith("sub_") ? await subscriptionFromStripe(ctx, id) : await paymentFromStripe(ctx, id);
  await round.agree("money", id, agreement, selectLedger);
}

/** What our ledger has for a payment or a subscription: how many movements, their sum, and what went back. */
const selectLedger = (id: string) =>
  query
    .select({
      movements: sql<number>`count(*)`.mapWith(Number),
      cents: leftCents(sql`(${ledger.base_subscription_cents} + ${ledger.donation_cents})`),
      reversals: sql<
        string | null
      >`(select string_agg(went.kind || ' ' || went.status, ', ' order by went.created_at, went.id)
        from ${reversals} went where went.payment_id = any(array_agg(${payments.id})))`,
    })
    .from(payments)
    .innerJoinLateral(ledgerOfPayment, sql`true`)
    .where(
      id.startsWith("sub_")
        ? inArray(
            payments.subscription_id,
            query
              .select({ id: subscriptions.id })
              .from(subscriptions)
              .where(eq(subscriptions.stripe_subscription_id, id)),
          )
        : eq(payments.stripe_payment_intent_id, id),
    );
