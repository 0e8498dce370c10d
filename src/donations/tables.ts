import { sql } from "drizzle-orm";
import { boolean, check, index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { cents, id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";

export const donationtype = pgEnum("donationtype", ["member", "public"]);
export const donationstatus = pgEnum("donationstatus", ["pending", "completed", "failed", "refunded"]);

export const donations = pgTable(
  "donations",
  {
    id: id(),
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    donation_type: donationtype().notNull(),
    status: donationstatus().notNull().default("pending"),
    amount_cents: cents().notNull(),
    donor_name: text(),
    donor_email: text(),
    message: text(),
    anonymous: boolean().notNull().default(false),
    completed_at: instant(),
    stripe_checkout_session_id: text().unique(),
    stripe_payment_intent_id: text().unique(),
    ...timestamps,
  },
  (t) => [
    index("donations_newest").on(t.created_at, t.id),
    index("donations_status_newest").on(t.status, t.created_at, t.id),
    index("donations_type_newest").on(t.donation_type, t.created_at, t.id),
    index("donations_user").on(t.user_id, t.created_at),
    check("donations_amount_positive", sql`${t.amount_cents} > 0`),
    check("donations_completion", sql`${t.status} not in ('completed', 'refunded') or ${t.completed_at} is not null`),
  ],
);
