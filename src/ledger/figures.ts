import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { inOrder } from "../http/schemas.ts";
import { leftCents, movedCents, receivedCents } from "./left.ts";

const Day = z.iso
  .date()
  .regex(/^2[01]/, "must be in the years 2000 to 2199")
  .meta({ example: "2027-03-01" });

/** The days, in UTC, that figures cover. */
export const Period = inOrder(
  z.object({
    from: Day.optional().describe(
      "The first day, in UTC. By default the period covers twelve calendar months, the last day's month included",
    ),
    to: Day.optional().describe("The last day, in UTC. By default today, or `from` if that is later"),
  }),
);

/** A period with its first and last day. */
export type Days = Record<"from" | "to", string>;

/** The days that were asked for. By default the eleven months before this one, and this month up to today. */
export function daysOf({ from, to }: z.infer<typeof Period>, now: Date): Days {
  const today = now.toISOString().slice(0, 10);
  // A first day in the future, without a last day, means that one day.
  const last = to ?? (from && from > today ? from : today);
  return { from: from ?? `${monthAfter(last.slice(0, 7), -11)}-01`, to: last };
}

/** Months since January 2000. */
const monthNumber = (day: string): number => {
  const [year, month] = day.split("-");
  return (Number(year) - 2000) * 12 + Number(month) - 1;
};

const monthAfter = (month: string, count: number) =>
  new Date(Date.UTC(2000, monthNumber(month) + count)).toISOString().slice(0, 7);

/** Every month with a day of the period in it, as `2027-03`. */
export const monthsOf = ({ from, to }: Days): string[] =>
  Array.from({ length: monthNumber(to) - monthNumber(from) + 1 }, (_, index) => monthAfter(from.slice(0, 7), index));

/** Whether an instant is on one of the days. */
export const within = (instant: SQLWrapper, { from, to }: Days): SQL =>
  sql`(${instant} >= ${`${from}T00:00:00Z`}::timestamptz and ${instant} < ${`${to}T00:00:00Z`}::timestamptz + interval '24 hours')`;

/** The month of an instant in UTC, as `2027-03`. */
export const monthIn = (instant: SQLWrapper): SQL<string> =>
  sql<string>`to_char(${instant} at time zone 'UTC', 'YYYY-MM')`;

/** A sum in cents. It can be negative. */
export const Balance = z.int().meta({ example: 2500 });

/** Money that moved. Each movement counts on its own date, so a refund today does not change a past month's figures. */
export const Sums = z
  .object({
    received_cents: Balance.describe("What was paid"),
    refunded_cents: Balance.describe("Refunds, less refunds that failed and came back. Can be below zero"),
    disputed_cents: Balance.describe("What banks took back in disputes, less disputes that we won. Can be below zero"),
    net_cents: Balance.describe("received_cents less refunded_cents and disputed_cents"),
  })
  .meta({ id: "Sums" });
export type Sums = z.infer<typeof Sums>;

/** The columns of {@link Sums}, over rows of `ledger`. `cents` is the part of each movement to count. */
export const sumsOver = (cents: SQLWrapper) => ({
  received_cents: receivedCents(cents).as("received_cents"),
  refunded_cents: movedCents(sql`-${cents}`, "refund", "refund_returned").as("refunded_cents"),
  disputed_cents: movedCents(sql`-${cents}`, "dispute", "dispute_returned").as("disputed_cents"),
  net_cents: leftCents(cents).as("net_cents"),
});

/** Several sums added up. */
export const total = (parts: readonly Sums[]): Sums => ({
  received_cents: totalOf(parts, (part) => part.received_cents),
  refunded_cents: totalOf(parts, (part) => part.refunded_cents),
  disputed_cents: totalOf(parts, (part) => part.disputed_cents),
  net_cents: totalOf(parts, (part) => part.net_cents),
});

/** Counts or cents added up over rows. */
export const totalOf = <Row>(rows: readonly Row[], count: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + count(row), 0);
