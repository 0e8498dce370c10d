import { and, eq, isNotNull, sql } from "drizzle-orm";
import { query } from "../database/statements.ts";
import { ledger, payments } from "../ledger/tables.ts";
import { donorColumns } from "./donor.ts";
import { donations } from "./tables.ts";

const left = query
  .select({ cents: sql`coalesce(sum(${ledger.donation_cents}), 0)` })
  .from(ledger)
  .where(eq(ledger.payment_id, payments.id));

/** What went back of a row of `payments`, or was taken back by the bank, in cents. */
export const gone = query
  .select({ cents: sql`coalesce(-sum(${ledger.donation_cents}), 0)` })
  .from(ledger)
  .where(and(eq(ledger.payment_id, payments.id), isNotNull(ledger.reversal_id)));

/**
 * The columns of `DonationSummary` but for the currency: of donations with their payments joined. For holders of
 * `donations.view`.
 */
export const summaryColumns = {
  id: donations.id,
  donation_type: donations.donation_type,
  status: donations.status,
  amount_cents: donations.amount_cents,
  refunded_cents: sql`(${gone})`.mapWith(Number),
  net_cents: sql`(${left})`.mapWith(Number),
  payment_method: donations.payment_method,
  user_id: donations.user_id,
  donor_name: donations.donor_name,
  donor_email: donations.donor_email,
  message: donations.message,
  anonymous: donations.anonymous,
  paid_at: payments.paid_at,
  created_at: donations.created_at,
};

/** The columns of `Donation` but for the currency and the lists, with the donor where somebody sees them. */
export const donationColumns = (seen_by: string) => ({
  ...summaryColumns,
  ...donorColumns(seen_by),
  recorded_by: donations.recorded_by,
  checkout_expires_at: donations.checkout_expires_at,
  stripe_checkout_session_id: donations.stripe_checkout_session_id,
  stripe_payment_intent_id: payments.stripe_payment_intent_id,
  updated_at: donations.updated_at,
});
