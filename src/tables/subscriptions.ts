import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { belongsTo, cents, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";
import { billingcycle, paymentmethod, subscription_plans } from "./plans.ts";

export const subscriptionstatus = pgEnum("subscriptionstatus", [
  "pending",
  "active",
  "past_due",
  "paused",
  "cancelled",
  "expired",
]);

/** The statuses of a subscription that runs. */
export const RUNNING_STATUSES = ["active", "past_due", "paused"] as const;

/** When a subscription ends or ended: with its term, or earlier if it was canceled at once. Null for a lifetime. */
export const subscriptionEnd = (
  subscription: Record<"status" | "cancel_at_period_end" | "cancelled_at" | "current_term_end", SQLWrapper>,
): SQL => sql`(case when ${subscription.status} = 'cancelled' and not ${subscription.cancel_at_period_end}
  then least(${subscription.cancelled_at}, ${subscription.current_term_end}) else ${subscription.current_term_end} end)`;

/**
 * A member's dues, with an optional donation on top. A pending row is a checkout attempt. Its id and `checkout_number` make
 * Stripe's idempotency key, so asking twice gives the same checkout session.
 */
export const subscriptions = pgTable(
  "subscriptions",
  {
    id: id(),
    user_id: belongsTo(() => users.id, "restrict"),
    plan_id: belongsTo(() => subscription_plans.id, "restrict"),
    status: subscriptionstatus().notNull().default("pending"),
    billing_cycle: billingcycle().notNull(),
    base_subscription_cents: cents().notNull(),
    donation_cents: cents().notNull().default(0),
    payment_method: paymentmethod().notNull().default("stripe"),
    /** The term that is paid for. In a pending row for a plan that is paid once: the term that it will buy. */
    current_term_start: instant(),
    current_term_end: instant(),
    /** While the dues are past due: until then the person stays active. */
    grace_ends_at: instant(),
    paused_at: instant(),
    resumes_at: instant(),
    /** Whether it ends with its term. Stripe says so in its field of this name, or by an instant in `cancel_at`. */
    cancel_at_period_end: boolean().notNull().default(false),
    cancelled_at: instant(),
    cancel_reason: text(),
    /** The saved card, as its holder knows it. */
    card_brand: text(),
    card_last4: text(),
    card_exp_month: integer(),
    card_exp_year: integer(),
    /** Volunteers' notes. The member never sees them. */
    notes: text(),
    stripe_subscription_id: text().unique(),
    stripe_checkout_session_id: text(),
    checkout_number: integer().notNull().default(1),
    checkout_expires_at: instant(),
    /** When we asked Stripe for the state in this row. An older answer never overwrites it. */
    stripe_synced_at: instant(),
    ...timestamps,
  },
  (t) => [
    // One that runs, and at most one checkout: the next term of a plan that does not renew itself.
    uniqueIndex("subscriptions_one_running").on(t.user_id).where(sql`${t.status} in ('active', 'past_due', 'paused')`),
    uniqueIndex("subscriptions_one_pending").on(t.user_id).where(sql`${t.status} = 'pending'`),
    index("subscriptions_checkout_session")
      .on(t.stripe_checkout_session_id)
      .where(sql`${t.stripe_checkout_session_id} is not null`),
    index("subscriptions_user").on(t.user_id, t.created_at),
    index("subscriptions_plan").on(t.plan_id),
    index("subscriptions_newest").on(t.created_at, t.id),
    index("subscriptions_status_newest").on(t.status, t.created_at, t.id),
    index("subscriptions_term_end").on(t.current_term_end, t.id),
    index("subscriptions_ended").on(subscriptionEnd(t), t.id),
    index("subscriptions_grace").on(t.grace_ends_at, t.id).where(sql`${t.status} = 'past_due'`),
    index("subscriptions_cycle_newest").on(t.billing_cycle, t.created_at, t.id),
    index("subscriptions_method_newest").on(t.payment_method, t.created_at, t.id),
    check("subscriptions_amounts", sql`${t.base_subscription_cents} >= 0 and ${t.donation_cents} >= 0`),
    check("subscriptions_term", sql`${t.current_term_end} > ${t.current_term_start}`),
    check(
      "subscriptions_active_has_term",
      sql`${t.status} <> 'active' or ${t.billing_cycle} = 'lifetime' or ${t.current_term_end} is not null`,
    ),
  ],
);
