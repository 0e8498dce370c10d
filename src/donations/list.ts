import { and, count, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, type Order, toPage } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { payments } from "../ledger/tables.ts";
import { summaryColumns } from "./columns.ts";
import type { DonationFilters, DonationPage, DonationSummary, donationFilters } from "./schemas.ts";
import { donations } from "./tables.ts";

type Row = Pick<DonationSummary, "id" | "amount_cents" | "created_at">;

const ORDERS: Record<DonationFilters["sort"], Order<Row>> = {
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

type Matching = z.infer<z.ZodObject<typeof donationFilters>>;

/** Whether a donation, with its payment beside it, fits the filters. */
export function matching(filters: Matching): SQL | undefined {
  const { donation_type, status, payment_method, from, to, dated_by, search } = filters;
  const { min_amount_cents, max_amount_cents } = filters;
  const date = dated_by === "paid" ? payments.paid_at : donations.created_at;
  return and(
    donation_type && eq(donations.donation_type, donation_type),
    status && eq(donations.status, status),
    payment_method && eq(donations.payment_method, payment_method),
    from ? gte(date, from) : undefined,
    to ? lt(date, to) : undefined,
    min_amount_cents === undefined ? undefined : gte(donations.amount_cents, min_amount_cents),
    max_amount_cents === undefined ? undefined : lte(donations.amount_cents, max_amount_cents),
    contains(sql`concat_ws(' ', ${donations.donor_name}, ${donations.donor_email}, ${donations.message})`, search),
  );
}

/** A page of donations, and one row more where there is more. */
export function selectDonations(filters: DonationFilters) {
  const order = ORDERS[filters.sort];
  return query
    .select(summaryColumns)
    .from(donations)
    .leftJoin(payments, eq(payments.donation_id, donations.id))
    .where(and(matching(filters), after(order, filters.cursor)))
    .orderBy(...by(order))
    .limit(filters.limit + 1);
}

/** A page of donations, and how many match in all. */
export async function listDonations(ctx: SignedInContext, filters: DonationFilters): Promise<DonationPage> {
  const [rows, { total }] = await ctx.transact(
    many(selectDonations(filters)),
    one(
      query
        .select({ total: count() })
        .from(donations)
        .leftJoin(payments, eq(payments.donation_id, donations.id))
        .where(matching(filters)),
    ),
  );
  const { items, next_cursor } = toPage(ORDERS[filters.sort], rows, filters.limit);
  const { CURRENCY: currency } = ctx.settings;
  return { items: items.map((donation) => ({ ...donation, currency })), next_cursor, total };
}
