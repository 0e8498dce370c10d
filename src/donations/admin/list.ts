import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPageWithTotal, newestFirst, type Order } from "../../http/pagination.ts";
import { donationMentions } from "../../ledger/donor.ts";
import { donations } from "../../tables/donations.ts";
import { payments } from "../../tables/ledger.ts";
import { isWithin } from "../../time/days.ts";
import { type DonationFilters, type DonationPage, donationSummaryColumns, type FilterValues } from "./schemas.ts";

const ORDERS: Record<DonationFilters["sort"], Order<DonationPage["items"][number]>> = {
  newest: newestFirst(donations),
  oldest: { ...newestFirst(donations), name: "oldest", descending: false },
  amount: {
    name: "amount",
    descending: true,
    keys: [
      { expression: sql`${donations.amount_cents}`, type: "integer", of: (row) => String(row.amount_cents) },
      { expression: sql`${donations.id}`, type: "uuid", of: (row) => row.id },
    ],
  },
};

/** Whether a row of `donations`, with its payment joined, matches the filters. */
export function donationMatches(filters: FilterValues): SQL | undefined {
  const { donation_type, status, payment_method, from, to, dated_by, search } = filters;
  const { min_amount_cents, max_amount_cents } = filters;
  const date = dated_by === "paid" ? payments.paid_at : donations.created_at;
  return and(
    donation_type && eq(donations.donation_type, donation_type),
    status && eq(donations.status, status),
    payment_method && eq(donations.payment_method, payment_method),
    isWithin(date, { from, to }),
    min_amount_cents === undefined ? undefined : gte(donations.amount_cents, min_amount_cents),
    max_amount_cents === undefined ? undefined : lte(donations.amount_cents, max_amount_cents),
    donationMentions(search),
  );
}

/** A page of donations, and how many match in all. */
export function listDonations(ctx: SignedInContext, filters: DonationFilters): Promise<DonationPage> {
  const columns = donationSummaryColumns(ctx.settings.CURRENCY);
  const select = () => query.select(columns).from(donations).leftJoin(payments, eq(payments.donation_id, donations.id));
  const matching = and(filters.user_id ? eq(donations.user_id, filters.user_id) : undefined, donationMatches(filters));
  return ctx.transact((t) => listPageWithTotal(t, ORDERS[filters.sort], select, filters, matching));
}
