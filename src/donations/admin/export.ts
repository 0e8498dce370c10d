import { and, eq, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { cellsOf, column, dayColumn, moneyColumn } from "../../http/csv-columns.ts";
import { ExportOptions, exportCsv } from "../../http/export.ts";
import { by, newestFirst } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { donorColumns, donorIsShown } from "../../ledger/donor.ts";
import { donorPerson } from "../../ledger/donor-person.ts";
import { sumsOver } from "../../ledger/figures.ts";
import { donations } from "../../tables/donations.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { nameOf } from "../../tables/people.ts";
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
  { bom, headers, amounts, ...filters }: DonationExport,
) {
  const columns = columnsIn(settings.CURRENCY, user_id);
  const order = newestFirst(donations);
  return {
    table: "donations",
    filters,
    options: { bom, headers, amounts },
    columns,
    order,
    about_people: true as const,
    select: (from: SQL, limit: number) =>
      query
        .select({
          person_id: donorPerson(user_id),
          id: donations.id,
          created_at: donations.created_at,
          cells: cellsOf(columns),
        })
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

function columnsIn(currency: string, seen_by: string) {
  const donor = donorColumns(seen_by);
  return {
    id: column("Donation ID", donations.id),
    created_at: dayColumn("Started", donations.created_at),
    paid_at: dayColumn("Paid", payments.paid_at),
    donation_type: column("Type", donations.donation_type),
    status: column("Status", donations.status),
    payment_method: column("Payment method", donations.payment_method),
    currency: column("Currency", sql`${currency}::text`),
    amount_cents: moneyColumn("Amount", donations.amount_cents),
    received_cents: moneyColumn("Received", money.received_cents),
    refunded_cents: moneyColumn("Refunded", money.refunded_cents),
    disputed_cents: moneyColumn("Taken back by banks", money.disputed_cents),
    net_cents: moneyColumn("Net", money.net_cents),
    anonymous: column("Anonymous", donations.anonymous),
    user_id: column("Member ID", donor.user_id),
    donor_name: column("Donor", donor.donor_name),
    donor_email: column("Email", donor.donor_email),
    message: column("Message", donor.message),
    notes: column("Notes", donor.notes),
    recorded_by: column("Recorded by", nameOf(donations.recorded_by)),
    stripe_checkout_session_id: column("Stripe checkout", donations.stripe_checkout_session_id),
    stripe_payment_intent_id: column("Stripe payment", payments.stripe_payment_intent_id),
  };
}
