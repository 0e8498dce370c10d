import { sql } from "drizzle-orm";
import { check, index, pgTable, pgView, text, uuid } from "drizzle-orm/pg-core";
import { cents, id, instant, timestamps } from "../database/columns.ts";
import { donations } from "../donations/tables.ts";
import { users } from "../members/tables.ts";
import { paymentmethod } from "../plans/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";

/**
 * Money that came in: one row per paid invoice of a subscription, per donation, per term that was paid once or in cash.
 * Never changed but to agree with Stripe, never deleted. Cents; the dues and the donation on top apart.
 */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    subscription_id: uuid().references(() => subscriptions.id, { onDelete: "restrict" }),
    donation_id: uuid()
      .unique()
      .references(() => donations.id, { onDelete: "restrict" }),
    payment_method: paymentmethod().notNull().default("stripe"),
    base_subscription_cents: cents().notNull().default(0),
    donation_cents: cents().notNull().default(0),
    paid_at: instant().notNull(),
    /** The term that it paid for. */
    term_start: instant(),
    term_end: instant(),
    stripe_invoice_id: text().unique(),
    stripe_payment_intent_id: text().unique(),
    /** Who wrote down a payment that was not made online. */
    recorded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("payments_paid").on(t.paid_at, t.id),
    index("payments_subscription").on(t.subscription_id, t.paid_at),
    index("payments_user").on(t.user_id, t.paid_at),
    index("payments_recorded_by").on(t.recorded_by),
    check("payments_purpose", sql`num_nonnulls(${t.subscription_id}, ${t.donation_id}) = 1`),
    check("payments_amounts", sql`${t.base_subscription_cents} >= 0 and ${t.donation_cents} >= 0`),
    check("payments_term", sql`${t.term_end} > ${t.term_start}`),
  ],
);

/** Money that left again: a refund, or a dispute in which the bank took it back. */
export const reversals = pgTable(
  "reversals",
  {
    id: id(),
    payment_id: uuid()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    kind: text({ enum: ["refund", "dispute"] }).notNull(),
    /** `requested`: written down, and Stripe is being asked. Then Stripe's own word for it. */
    status: text().notNull(),
    amount_cents: cents().notNull(),
    reason: text(),
    /** When the money left; null where it did not, or not yet. */
    occurred_at: instant(),
    /** When it came back: the refund failed, or the dispute was won. */
    returned_at: instant(),
    stripe_id: text().unique(),
    /** When we began to ask Stripe for the state that this row shows; an older answer never overwrites it. */
    stripe_synced_at: instant(),
    requested_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("reversals_payment").on(t.payment_id, t.occurred_at),
    index("reversals_requested").on(t.created_at, t.id).where(sql`${t.status} = 'requested'`),
    index("reversals_requested_by").on(t.requested_by),
    check("reversals_kind", sql`${t.kind} in ('refund', 'dispute')`),
    check("reversals_amount", sql`${t.amount_cents} > 0`),
    check("reversals_return", sql`${t.returned_at} is null or ${t.occurred_at} is not null`),
  ],
);

/**
 * Every movement of money, signed: what came in, what left again, what came back. All sums are made of it. What leaves
 * a payment of dues and donation is taken from the donation first.
 */
export const ledger = pgView("ledger", {
  occurred_at: instant().notNull(),
  kind: text({ enum: ["payment", "refund", "refund_returned", "dispute", "dispute_returned"] }).notNull(),
  payment_id: uuid().notNull(),
  /** The reversal; null for a payment. */
  reversal_id: uuid(),
  user_id: uuid(),
  subscription_id: uuid(),
  donation_id: uuid(),
  payment_method: paymentmethod().notNull(),
  base_subscription_cents: cents().notNull(),
  donation_cents: cents().notNull(),
}).existing();
