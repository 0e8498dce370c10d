import { and, countDistinct, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import {
  daysOf,
  monthIn,
  monthsOf,
  type Period,
  selectDays,
  selectFees,
  sumsOver,
  total,
  totalOf,
} from "../../ledger/figures.ts";
import { donations } from "../../tables/donations.ts";
import { ledger } from "../../tables/ledger.ts";
import { type Days, isOnDays } from "../../time/days.ts";
import type { DonationStats } from "./figures-schemas.ts";

/** What was given in a period, by type and by month. What was given on top of dues is apart. */
export async function donationStats(ctx: SignedInContext, period: z.infer<typeof Period>): Promise<DonationStats> {
  const days = daysOf(period);
  const { covered, rows, counted, fees } = await ctx.transact((t) => ({
    covered: t.one(selectDays(days)),
    rows: t.many(selectSums(days)),
    counted: t.one(selectDonors(days)),
    fees: t.one(selectFees("donations", days)),
  }));
  const gifts = (of: typeof rows) => ({ ...total(of), donations: totalOf(of, ({ paid }) => paid) });
  const ofType = (type: (typeof rows)[number]["given_by"]) => rows.filter(({ given_by }) => given_by === type);
  const given = rows.filter(({ given_by }) => given_by !== "top_up");
  const top_ups = ofType("top_up");
  return {
    ...covered,
    currency: ctx.settings.CURRENCY,
    ...gifts(given),
    ...fees,
    donors: counted.donors,
    by_type: { member: gifts(ofType("member")), public: gifts(ofType("public")) },
    by_month: monthsOf(covered).map((month) => ({
      month,
      ...gifts(given.filter((row) => row.month === month)),
      top_ups: total(top_ups.filter((row) => row.month === month)),
    })),
    top_ups: { ...total(top_ups), payments: totalOf(top_ups, ({ paid }) => paid) },
  };
}

const given_by = sql<
  "member" | "public" | "top_up"
>`case when ${ledger.donation_id} is null then 'top_up' else ${donations.donation_type}::text end`;

/** The sums of each month and kind of donation with any movement. */
const selectSums = (days: Days) =>
  query
    .select({
      month: monthIn(ledger.occurred_at),
      given_by,
      ...sumsOver(ledger.donation_cents),
      paid: sql`count(*) filter (where ${ledger.kind} = 'payment')`.mapWith(Number),
    })
    .from(ledger)
    .leftJoin(donations, eq(donations.id, ledger.donation_id))
    .where(and(isOnDays(ledger.occurred_at, days), sql`${ledger.donation_cents} <> 0`))
    .groupBy(sql`1`, sql`2`);

const selectDonors = (days: Days) =>
  query
    .select({
      donors: countDistinct(
        sql`coalesce(${donations.user_id}::text, lower(${donations.donor_email}), ${donations.id}::text)`,
      ),
    })
    .from(ledger)
    .innerJoin(donations, eq(donations.id, ledger.donation_id))
    .where(and(isOnDays(ledger.occurred_at, days), eq(ledger.kind, "payment")));
