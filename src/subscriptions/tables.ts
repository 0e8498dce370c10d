import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { cents, id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";
import { billingcycle, subscription_plans } from "../plans/tables.ts";

export const subscriptionstatus = pgEnum("subscriptionstatus", [
  "pending",
  "active",
  "past_due",
  "paused",
  "cancelled",
  "expired",
]);

/**
 * A member's dues, with an optional donation on top. A pending row is a checkout attempt: its id and
 * `checkout_number` make Stripe's idempotency key, so asking twice yields the same checkout session.
 */
export const subscriptions = pgTable(
  "subscriptions",
  {
    id: id(),
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    plan_id: uuid()
      .notNull()
      .references(() => subscription_plans.id, { onDelete: "restrict" }),
    status: subscriptionstatus().notNull().default("pending"),
    billing_cycle: billingcycle().notNull(),
    base_subscription_cents: cents().notNull(),
    donation_cents: cents().notNull().default(0),
    current_term_start: instant(),
    current_term_end: instant(),
    cancel_at_period_end: boolean().notNull().default(false),
    cancelled_at: instant(),
    stripe_subscription_id: text().unique(),
    stripe_checkout_session_id: text(),
    checkout_number: integer().notNull().default(1),
    checkout_expires_at: instant(),
    /** When we began to ask Stripe for the state that this row shows; an older answer never overwrites it. */
    stripe_synced_at: instant(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("subscriptions_one_live")
      .on(t.user_id)
      .where(sql`${t.status} in ('pending', 'active', 'past_due', 'paused')`),
    index("subscriptions_user").on(t.user_id, t.created_at),
    index("subscriptions_plan").on(t.plan_id),
    index("subscriptions_newest").on(t.created_at, t.id),
    index("subscriptions_status_newest").on(t.status, t.created_at, t.id),
    index("subscriptions_term_end").on(t.current_term_end, t.id),
    check("subscriptions_amounts", sql`${t.base_subscription_cents} >= 0 and ${t.donation_cents} >= 0`),
    check("subscriptions_term", sql`${t.current_term_end} > ${t.current_term_start}`),
    check(
      "subscriptions_active_has_term",
      sql`${t.status} <> 'active' or ${t.billing_cycle} = 'lifetime' or ${t.current_term_end} is not null`,
    ),
  ],
);
