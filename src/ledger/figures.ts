import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/statements.ts";
import { inOrder } from "../http/schemas.ts";
import { ledger, payments } from "./tables.ts";

const Day = z.iso
  .date()
  .regex(/^2[01]/, "must be a day of the years 2000 to 2199")
  .meta({ example: "2027-03-01" });

/** The days, in UTC, that figures are of. */
export const Period = inOrder(
  z.object({
    from: Day.optional().describe(
      "The first day, in UTC; without it, the first of the month eleven months before the last day",
    ),
    to: Day.optional().describe("The last day, in UTC; without it, today"),
  }),
);

/** A period whose days are known. */
export interface Days {
  from: string;
  to: string;
}

/** The days that were asked for. By default the last twelve months, of which the last is not over. */
export function daysOf({ from, to }: z.infer<typeof Period>, now: Date): Days {
  const today = dayOf(now);
  // Whoever asks for days to come without saying up to when means that day.
  const last = to ?? (from && from > today ? from : today);
  return { from: from ?? `${monthAfter(last.slice(0, 7), -11)}-01`, to: last };
}

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** Months since January 2000. */
const monthNumber = (day: string): number => {
  const [year, month] = day.split("-");
  return (Number(year) - 2000) * 12 + Number(month) - 1;
};

const monthsBetween = (from: string, to: string) => monthNumber(to) - monthNumber(from);

const monthAfter = (month: string, count: number) =>
  new Date(Date.UTC(2000, monthNumber(month) + count)).toISOString().slice(0, 7);

/** Every month that a day of the period is in, `2027-03`. */
export const monthsOf = ({ from, to }: Days): string[] =>
  Array.from({ length: monthsBetween(from, to) + 1 }, (_, index) => monthAfter(from.slice(0, 7), index));

/** Whether an instant lies within the days. */
export const within = (instant: SQLWrapper, { from, to }: Days): SQL =>
  sql`(${instant} >= ${`${from}T00:00:00Z`}::timestamptz and ${instant} < ${`${to}T00:00:00Z`}::timestamptz + interval '24 hours')`;

/** The month in UTC that an instant lies in, `2027-03`. */
export const monthIn = (instant: SQLWrapper): SQL<string> =>
  sql<string>`to_char(${instant} at time zone 'UTC', 'YYYY-MM')`;

const Balance = z.int().meta({ example: 2500 });

/** What came in and what left again, each by its own date: what happens later never changes a month that is over. */
export const Sums = z
  .object({
    received_cents: Balance.describe("What was paid"),
    refunded_cents: Balance.describe(
      "What was given back, less what came back because a refund failed: below zero where that outweighs",
    ),
    disputed_cents: Balance.describe(
      "What banks took back in disputes, less what came back of it when a dispute was won: below zero where that outweighs",
    ),
    net_cents: Balance.describe("received_cents less refunded_cents and disputed_cents"),
  })
  .meta({ id: "Sums" });
export type Sums = z.infer<typeof Sums>;

export const NOTHING: Sums = { received_cents: 0, refunded_cents: 0, disputed_cents: 0, net_cents: 0 };

/** The columns of {@link Sums}, over rows of `ledger`. `cents`: the part of each movement that counts. */
export const sumsOver = (cents: SQLWrapper) => ({
  received_cents: sumWhere(cents, sql`${ledger.kind} = 'payment'`).as("received_cents"),
  refunded_cents: sumWhere(sql`-${cents}`, sql`${ledger.kind} in ('refund', 'refund_returned')`).as("refunded_cents"),
  disputed_cents: sumWhere(sql`-${cents}`, sql`${ledger.kind} in ('dispute', 'dispute_returned')`).as("disputed_cents"),
  net_cents: sumWhere(cents, sql`true`).as("net_cents"),
});

const sumWhere = (cents: SQLWrapper, counts: SQL) =>
  sql`coalesce(sum(${cents}) filter (where ${counts}), 0)`.mapWith(Number);

/** All of them together. */
export const total = (parts: readonly Sums[]): Sums =>
  parts.reduce(
    (sum, part) => ({
      received_cents: sum.received_cents + part.received_cents,
      refunded_cents: sum.refunded_cents + part.refunded_cents,
      disputed_cents: sum.disputed_cents + part.disputed_cents,
      net_cents: sum.net_cents + part.net_cents,
    }),
    NOTHING,
  );

/** How many there are together. */
export const totalOf = <Row>(rows: readonly Row[], count: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + count(row), 0);

/** The ledger of one row of `payments`, under the ledger's own name: to be joined laterally, so that no other's is read. */
export const ledgerOfPayment = query.select().from(ledger).where(eq(ledger.payment_id, payments.id)).as("ledger");
