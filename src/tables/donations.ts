import { sql } from "drizzle-orm";
import { boolean, check, index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { belongsTo, cents, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";
import { paymentmethod } from "./plans.ts";

export const donationtype = pgEnum("donationtype", ["member", "public"]);
export const donationstatus = pgEnum("donationstatus", ["pending", "completed", "failed", "refunded"]);

/**
 * What somebody gives or is about to give: a pending row is an open checkout. The money itself is in `payments` and
 * `reversals`, and the status follows from it.
 */
export const donations = pgTable(
  "donations",
  {
    id: id(),
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    donation_type: donationtype().notNull(),
    status: donationstatus().notNull().default("pending"),
    amount_cents: cents().notNull(),
    /** What a guest gave. Members' names and addresses are in their accounts: `src/ledger/donor.ts` reads both. */
    donor_name: text(),
    donor_email: text(),
    message: text(),
    anonymous: boolean().notNull().default(false),
    completed_at: instant(),
    payment_method: paymentmethod().notNull().default("stripe"),
    /** For volunteers, never shown to the donor. */
    notes: text(),
    /** Who recorded a donation that was not made online. */
    recorded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    checkout_expires_at: instant(),
    /** When we began to ask Stripe for the state that this row shows; an older answer never overwrites it. */
    stripe_synced_at: instant(),
    stripe_checkout_session_id: text().unique(),
    stripe_payment_intent_id: text().unique(),
    ...timestamps,
  },
  (t) => [
    index("donations_newest").on(t.created_at, t.id),
    index("donations_status_newest").on(t.status, t.created_at, t.id),
    index("donations_type_newest").on(t.donation_type, t.created_at, t.id),
    index("donations_user").on(t.user_id, t.created_at),
    index("donations_donor_email").on(sql`lower(${t.donor_email})`).where(sql`${t.user_id} is null`),
    index("donations_amount").on(t.amount_cents, t.id),
    index("donations_recorded_by").on(t.recorded_by),
    check("donations_amount_positive", sql`${t.amount_cents} > 0`),
    check("donations_completion", sql`${t.status} not in ('completed', 'refunded') or ${t.completed_at} is not null`),
  ],
);

/** The receipts that were mailed for a donation, the first one and each that was sent again. Mails are forgotten, these are not. */
export const donation_receipts = pgTable(
  "donation_receipts",
  {
    /** Also the id of its mail in `emails`. */
    id: id(),
    donation_id: belongsTo(() => donations.id, "cascade"),
    ...timestamps,
  },
  (t) => [index("donation_receipts_donation").on(t.donation_id)],
);
