import { writeFees } from "../../ledger/fees-from-stripe.ts";
import { fetchBookings, paymentIsBooked } from "./bookings.ts";
import { ledgerMovements, lookUpBookings, movementKey } from "./our-money.ts";
import type { Round } from "./round.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Compares our ledger with Stripe's balance, day by day in UTC, and records the fees that no event told us. */
export async function compareBalance(round: Round, after: string | null): Promise<boolean> {
  const first = Math.floor((after ? new Date(after) : round.since).getTime() / DAY) * DAY;
  for (let start = first; start <= round.until.getTime(); start += DAY) {
    const instant = new Date(start).toISOString();
    if (!round.continuesAfter("balance", instant)) return false;
    await round.attempt("day", instant.slice(0, 10), () => compareDay(round, start));
  }
  return true;
}

async function compareDay(round: Round, start: number): Promise<void> {
  const { ctx, days } = round;
  const [from, to] = [new Date(start), new Date(start + DAY)];
  // An hour more on both sides: money that moves at midnight may be on one day here and on the next at Stripe.
  const around = await fetchBookings(ctx, new Date(start - HOUR), new Date(start + DAY + HOUR));
  const bookings = around.filter(({ created_at }) => created_at >= from && created_at < to);
  const { isKnown, isOurs } = await lookUpBookings(ctx, bookings);
  const movements = await ledgerMovements(ctx, from, to);
  const fees = bookings.flatMap((booking) => booking.fees);
  if (fees.length > 0) await ctx.transact((t) => writeFees(t, fees));
  const our_bookings = bookings.filter(isOurs);
  const unknown = our_bookings.filter((booking) => !isKnown(booking));
  const unmatched = unknown.map(({ id, amount_cents, type }) => ({ id, amount_cents, type }));
  const booked = new Set(around.map(movementKey));
  for (const movement of movements) {
    const { reference, amount_cents } = movement;
    if (booked.has(movementKey(movement))) continue;
    if (reference?.startsWith("pi_") && (await paymentIsBooked(ctx, reference, amount_cents))) continue;
    unmatched.push({ id: reference ?? "unknown", amount_cents, type: "ours" });
  }
  const paid_by = new Map(unknown.map(({ id, payment_intent }) => [id, payment_intent]));
  // A repair that failed has already said why.
  for (const { id, type } of unmatched)
    if (!round.concerns.some(({ object_id }) => object_id === paid_by.get(id)))
      round.recordConcern("day", id, whatToDo(type));
  if (bookings.length === 0 && movements.length === 0) return;
  const stripe_cents = total(our_bookings);
  days.push({
    day: from.toISOString().slice(0, 10),
    ours_cents: total(movements),
    stripe_cents,
    others_cents: total(bookings) - stripe_cents,
    unmatched,
  });
}

/** What a person does about an unmatched movement. Whatever could be repaired already is. */
function whatToDo(type: string): string {
  if (type === "ours")
    return "Only our ledger has this movement. Look for it at Stripe: the payment may belong to another account or mode, or a part of it may have been paid outside of Stripe";
  if (type === "charge" || type === "payment")
    return "Only Stripe has this payment. It is from one of our customers, but for no dues or donation that we know. Look at the day's parked events. Refund it, or record what it was for by hand; it stays in this report";
  return "Only Stripe has this movement, and its payment is not in our ledger. Look at the day's parked events, then at the payment in Stripe's dashboard";
}

const total = (moved: { amount_cents: number }[]) => moved.reduce((sum, { amount_cents }) => sum + amount_cents, 0);
