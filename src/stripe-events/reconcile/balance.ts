import { writeFees } from "../../ledger/fees-from-stripe.ts";
import { bookedBefore, isBooked } from "./booked-before.ts";
import { fetchBookings } from "./bookings.ts";
import { ledgerMovements, lookUpBookings, type Movement, movementKey } from "./our-money.ts";
import type { UnmatchedMovement } from "./report.ts";
import type { Round } from "./round.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * Compares our ledger with Stripe's balance, day by day in UTC, and records the fees that no event told us. Within a day it
 * asks about our movements in the order of their ids at Stripe, so that a later run can continue in the middle.
 */
export async function compareBalance(round: Round, after: string | null): Promise<boolean> {
  const [day, done_in_day = ""] = after?.split(" ") ?? [];
  const first = Math.floor((day ? new Date(day) : round.since).getTime() / DAY) * DAY;
  for (let start = first; start <= round.until.getTime(); start += DAY) {
    const instant = new Date(start).toISOString();
    const done = start === first ? done_in_day : "";
    if (!round.continuesAfter("balance", `${instant} ${done}`)) return false;
    let finished = true;
    await round.attempt("day", instant.slice(0, 10), async () => {
      finished = await compareDay(round, start, done);
    });
    if (!finished) return false;
  }
  return true;
}

/** Returns false if the run has to stop before it has asked about all of the day's movements. */
async function compareDay(round: Round, start: number, done: string): Promise<boolean> {
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
  // A repair that failed has already said why, and so has the run that began this day.
  for (const { id, type, payment_intent } of done ? [] : unknown)
    if (!round.concerns.some(({ object_id }) => object_id === payment_intent))
      round.recordConcern("day", id, whatToDo(type));
  const booked = new Set(around.map(movementKey));
  const not_booked = movements.filter((movement) => !booked.has(movementKey(movement)));
  const only_ours = await findOnlyOurs(round, not_booked, { start, done });
  if (!only_ours) return false;
  if (bookings.length === 0 && movements.length === 0) return true;
  const stripe_cents = total(our_bookings);
  days.push({
    day: from.toISOString().slice(0, 10),
    ours_cents: total(movements),
    stripe_cents,
    others_cents: total(bookings) - stripe_cents,
    unmatched: [...unknown.map(({ id, amount_cents, type }) => ({ id, amount_cents, type })), ...only_ours],
  });
  return true;
}

/** Those of a day's movements that Stripe has not booked on another day, either. Null if the run has to stop before the last. */
async function findOnlyOurs(
  round: Round,
  movements: Movement[],
  { start, done }: { start: number; done: string },
): Promise<UnmatchedMovement[] | null> {
  const { ctx } = round;
  const left = movements
    .map(({ reference, amount_cents }) => ({ reference: reference ?? "unknown", amount_cents }))
    .filter(({ reference }) => reference > done)
    .sort((a, b) => (a.reference < b.reference ? -1 : 1));
  const booked = await bookedBefore(ctx, left.filter(isPayment), new Date(start + DAY));
  const only_ours: UnmatchedMovement[] = [];
  for (const movement of left.filter((each) => !booked.has(movementKey(each)))) {
    const { reference: id, amount_cents } = movement;
    const asked = isPayment(movement);
    if (!asked || !(await isBooked(ctx, movement))) {
      only_ours.push({ id, amount_cents, type: "ours" });
      round.recordConcern("day", id, whatToDo("ours"));
    }
    if (asked && !round.continuesAfter("balance", `${new Date(start).toISOString()} ${id}`)) return null;
  }
  return only_ours;
}

const isPayment = ({ reference }: { reference: string }): boolean => reference.startsWith("pi_");

/** What a person does about an unmatched movement. Whatever could be repaired already is. */
function whatToDo(type: string): string {
  if (type === "ours")
    return "Only our ledger has this movement. Look for it at Stripe: the payment may belong to another account or mode, or a part of it may have been paid outside of Stripe";
  if (type === "charge" || type === "payment")
    return "Only Stripe has this payment. It is from one of our customers, but for no dues or donation that we know. Look at the day's parked events. Refund it, or record what it was for by hand; it stays in this report";
  return "Only Stripe has this movement, and its payment is not in our ledger. Look at the day's parked events, then at the payment in Stripe's dashboard";
}

const total = (moved: { amount_cents: number }[]) => moved.reduce((sum, { amount_cents }) => sum + amount_cents, 0);
