import { and, eq, isNotNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { inOrder } from "../http/schemas.ts";
import { payments, stripe_fees } from "../tables/ledger.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { type Days, isOnDays, localDay, localTime } from "../time/days.ts";
import { leftCents, movedCents, receivedCents } from "./left.ts";

const Day = z.iso
  .date()
  .regex(/^2[01]/, "must be in the years 2000 to 2199")
  .meta({ format: "date", example: "2027-03-01" });

/** The days, in the organization's time zone, that figures cover. */
export const Period = inOrder(
  z.object({
    from: Day.optional().describe(
      "The first day, in the organization's time zone. By default the period covers twelve calendar months, the last day's month included",
    ),
    to: Day.optional().describe(
      "The last day, in the organization's time zone. By default today, or `from` if that is later",
    ),
  }),
);

/** The days that were asked for. By default the eleven months before this one, and this month up to today. */
export function daysOf({ from, to }: z.infer<typeof Period>): Days {
  // A first day in the future, without a last day, means that one day. `greatest` ignores a null.
  const last = to ? sql`${to}::date` : sql`greatest(${from ?? null}::date, ${localDay(sql`now()`)})`;
  const first = from ? sql`${from}::date` : sql`(date_trunc('month', ${last}::timestamp) - interval '11 months')::date`;
  return { from: first, to: last };
}

/** Selects the first and the last day of a period, as one row. */
export const selectDays = ({ from, to }: Days) =>
  query.select({ from: sql<string>`${from}::text`, to: sql<string>`${to}::text` }).from(organisation_settings);

/** Months since January 2000. */
const monthNumber = (day: string): number => {
  const [year, month] = day.split("-");
  return (Number(year) - 2000) * 12 + Number(month) - 1;
};

const monthAfter = (month: string, count: number) =>
  new Date(Date.UTC(2000, monthNumber(month) + count)).toISOString().slice(0, 7);

/** Every month of the days from the first to the last, as `2027-03`. */
export const monthsOf = ({ from, to }: Record<"from" | "to", string>): string[] =>
  Array.from({ length: monthNumber(to) - monthNumber(from) + 1 }, (_, index) => monthAfter(from.slice(0, 7), index));

/** The month of an instant in the organization's time zone, as `2027-03`. */
export const monthIn = (instant: SQLWrapper): SQL<string> => sql<string>`to_char(${localTime(instant)}, 'YYYY-MM')`;

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

/** Selects what Stripe kept on some days, for payments of dues or for donations, as one row. Cents. */
export const selectFees = (of: "dues" | "donations", days: Days) =>
  query
    .select({ fees_cents: sql`coalesce(sum(${stripe_fees.fee_cents}), 0)`.mapWith(Number) })
    .from(stripe_fees)
    .innerJoin(payments, eq(payments.id, stripe_fees.payment_id))
    .where(
      and(
        isOnDays(stripe_fees.occurred_at, days),
        isNotNull(of === "dues" ? payments.subscription_id : payments.donation_id),
      ),
    );

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
