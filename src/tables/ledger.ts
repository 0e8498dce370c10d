import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, pgView, text, uuid } from "drizzle-orm/pg-core";
import { belongsTo, cents, id, instant, timestamps } from "./columns.ts";
import { donations } from "./donations.ts";
import { users } from "./people.ts";
import { paymentmethod } from "./plans.ts";
import { subscriptions } from "./subscriptions.ts";

/**
 * Money that came in: a row for each paid invoice of a subscription, each donation, and each term that was paid at once,
 * in cash or by check. Rows change only to agree with Stripe and are never deleted. Cents; dues and donation apart.
 */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    /** On receipts and statements. Unique, and never changes. There may be gaps. */
    receipt_number: integer().notNull().unique().generatedAlwaysAsIdentity(),
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    subscription_id: uuid().references(() => subscriptions.id, { onDelete: "restrict" }),
    donation_id: uuid()
      .unique()
      .references(() => donations.id, { onDelete: "restrict" }),
    payment_method: paymentmethod().notNull().default("stripe"),
    base_subscription_cents: cents().notNull().default(0),
    donation_cents: cents().notNull().default(0),
    paid_at: instant().notNull(),
    /** The term that it paid for; null for a donation. */
    term_start: instant(),
    term_end: instant(),
    stripe_invoice_id: text().unique(),
    stripe_payment_intent_id: text().unique(),
    /** Who recorded a payment that was not made online. */
    recorded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** When the thank-you or the receipt for dues was mailed. Receipts for donations are in `donation_receipts`. */
    receipted_at: instant(),
    ...timestamps,
  },
  (t) => [
    index("payments_paid").on(t.paid_at, t.id),
    index("payments_subscription").on(t.subscription_id, t.paid_at),
    index("payments_user").on(t.user_id, t.paid_at),
    // Whether a later term of the subscription is paid for.
    index("payments_subscription_term").on(t.subscription_id, t.term_end).where(sql`${t.term_end} is not null`),
    index("payments_term_end").on(t.term_end).where(sql`${t.term_end} is not null`),
    index("payments_recorded_by").on(t.recorded_by),
    check("payments_purpose", sql`num_nonnulls(${t.subscription_id}, ${t.donation_id}) = 1`),
    check("payments_amounts", sql`${t.base_subscription_cents} >= 0 and ${t.donation_cents} >= 0`),
    check("payments_term", sql`${t.term_end} > ${t.term_start}`),
  ],
);

/** Money that left a payment again: a refund, or a dispute in which the bank took it back. */
export const reversals = pgTable(
  "reversals",
  {
    id: id(),
    payment_id: belongsTo(() => payments.id, "restrict"),
    kind: text({ enum: ["refund", "dispute"] }).notNull(),
    /** `requested` until Stripe has answered, then Stripe's own word. */
    status: text().notNull(),
    amount_cents: cents().notNull(),
    reason: text(),
    /** When the money left. Null if it has not. */
    occurred_at: instant(),
    /** When it came back: the refund failed, or the dispute was won. */
    returned_at: instant(),
    /** Since when we know that a dispute is lost, and not before the money left. Null if it is not lost. */
    lost_since: instant(),
    stripe_id: text().unique(),
    /** When we began to ask Stripe for the state that this row shows; an older answer never overwrites it. */
    stripe_synced_at: instant(),
    requested_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** When the payer was told that a refund is on its way, and when they were told that it failed. */
    payer_notified_at: instant(),
    failure_notified_at: instant(),
    /** What volunteers were last told about: a bank's question, a dispute, its loss, an appeal, or a refund that failed. */
    volunteers_notified_of: text({ enum: ["inquiry", "dispute", "lost", "appeal", "failure"] }),
    ...timestamps,
  },
  (t) => [
    index("reversals_payment").on(t.payment_id, t.occurred_at),
    index("reversals_occurred").on(t.occurred_at).where(sql`${t.occurred_at} is not null`),
    index("reversals_returned").on(t.returned_at).where(sql`${t.returned_at} is not null`),
    index("reversals_requested").on(t.created_at, t.id).where(sql`${t.status} = 'requested'`),
    index("reversals_requested_by").on(t.requested_by),
    check("reversals_kind", sql`${t.kind} in ('refund', 'dispute')`),
    check("reversals_amount", sql`${t.amount_cents} > 0`),
    check("reversals_return", sql`${t.returned_at} is null or ${t.occurred_at} is not null`),
    check(
      "reversals_notified",
      sql`${t.volunteers_notified_of} in ('inquiry', 'dispute', 'lost', 'appeal', 'failure')`,
    ),
  ],
);

/**
 * What Stripe kept of a movement of money, or gave back. It is known once Stripe has booked the movement. Fees are between
 * Stripe and the organization: no figure of dues or donations holds them.
 */
export const stripe_fees = pgTable(
  "stripe_fees",
  {
    /** Stripe's balance transaction: `txn_…`. */
    id: text().primaryKey(),
    payment_id: belongsTo(() => payments.id, "cascade"),
    /** The refund or dispute that cost it. Null for the payment itself. */
    reversal_id: uuid().references(() => reversals.id, { onDelete: "cascade" }),
    /** Positive: Stripe kept it. Negative: Stripe gave it back. */
    fee_cents: cents().notNull(),
    occurred_at: instant().notNull(),
    ...timestamps,
  },
  (t) => [
    index("stripe_fees_occurred").on(t.occurred_at, t.id),
    index("stripe_fees_payment").on(t.payment_id),
    index("stripe_fees_reversal").on(t.reversal_id).where(sql`${t.reversal_id} is not null`),
  ],
);

/**
 * Every movement of money, signed: what came in, what left, what came back. All sums come from here. Money that leaves a
 * payment of dues and donation is taken from the donation first.
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
