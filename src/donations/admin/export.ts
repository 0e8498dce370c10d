import { and, eq, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { ExportOptions, exportCsv } from "../../http/export.ts";
import { by, newestFirst } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { sumsOver } from "../../ledger/figures.ts";
import { donations } from "../../tables/donations.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { donorColumns, donorIsShown } from "../donor.ts";
import { donationMatches } from "./list.ts";
import { donationFilters, withBoundsInOrder } from "./schemas.ts";

/** The same filters as the list, but for a file with every match. */
export const DonationExport = withBoundsInOrder(ExportOptions.extend(donationFilters));
export type DonationExport = z.infer<typeof DonationExport>;

/**
 * The donations that match, with their money, as a CSV file. Only holders of `donations.view` see anonymous donors. For
 * others, a search leaves out anonymous donations, since a match would give the donor away.
 */
export const exportDonations = (ctx: SignedInContext, options: DonationExport): Promise<Download> =>
  exportCsv(ctx, donationsIn(ctx, options));

/** What is exported, and how it is read. */
export function donationsIn(
  { user_id, settings }: Pick<SignedInContext, "user_id" | "settings">,
  { bom, ...filters }: DonationExport,
) {
  const columns = columnsIn(settings.CURRENCY, user_id);
  const order = newestFirst(donations);
  return {
    table: "donations",
    filters,
    bom,
    columns,
    order,
    select: (from: SQL, limit: number) =>
      query
        .select(columns)
        .from(donations)
        .leftJoin(payments, eq(payments.donation_id, donations.id))
        .innerJoinLateral(money, sql`true`)
        .where(and(donationMatches(filters), filters.search ? donorIsShown(user_id) : undefined, from))
        .orderBy(...by(order))
        .limit(limit),
  };
}

/** The sums for one donation, found by its row in `payments`. */
const money = query
  .select(sumsOver(ledger.donation_cents))
  .from(ledger)
  .where(eq(ledger.payment_id, payments.id))
  .as("money");

const columnsIn = (currency: string, seen_by: string) => ({
  id: donations.id,
  created_at: donations.created_at,
  paid_at: payments.paid_at,
  donation_type: donations.donation_type,
  status: donations.status,
  payment_method: donations.payment_method,
  currency: sql<string>`${currency}::text`,
  amount_cents: donations.amount_cents,
  received_cents: money.received_cents,
  refunded_cents: money.refunded_cents,
  disputed_cents: money.disputed_cents,
  net_cents: money.net_cents,
  anonymous: donations.anonymous,
  ...donorColumns(seen_by),
  recorded_by: donations.recorded_by,
  stripe_checkout_session_id: donations.stripe_checkout_session_id,
  stripe_payment_intent_id: payments.stripe_payment_intent_id,
});
