import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { cents, id, instant, timestamps } from "./columns.ts";

export const billingcycle = pgEnum("billingcycle", ["monthly", "quarterly", "yearly", "lifetime", "custom"]);

/**
 * How a term or a donation was paid. A complimentary term costs nothing. `outside_stripe`: a treasurer marked an invoice at
 * Stripe as paid in another way.
 */
export const paymentmethod = pgEnum("paymentmethod", ["stripe", "cash", "cheque", "complimentary", "outside_stripe"]);

/** The cycles that Stripe bills again and again. The others are paid once and do not renew. */
export const RECURRING_CYCLES = ["monthly", "quarterly", "yearly"] as const;

/** What a member can subscribe to. Prices are in cents; changing one never touches a running subscription. */
export const subscription_plans = pgTable(
  "subscription_plans",
  {
    id: id(),
    name: text().notNull(),
    description: text().notNull().default(""),
    price_cents: cents().notNull(),
    minimum_price_cents: cents().notNull().default(0),
    suggested_price_cents: cents(),
    billing_cycle: billingcycle().notNull(),
    /** Only for `custom`: terms run until this day of the year, whenever they began. */
    term_end_month: integer(),
    term_end_day: integer(),
    /** Members who join within this many days of that day pay for the next term, and get the rest of this one free. */
    rollover_days: integer().notNull().default(0),
    donation_allowed: boolean().notNull().default(true),
    active: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    archived_at: instant(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("subscription_plans_name").on(sql`lower(${t.name})`).where(sql`${t.archived_at} is null`),
    index("subscription_plans_position").on(t.position, t.id),
    check(
      "subscription_plans_prices",
      sql`${t.minimum_price_cents} >= 0 and ${t.price_cents} >= ${t.minimum_price_cents} and ${t.suggested_price_cents} >= ${t.minimum_price_cents}`,
    ),
    check(
      "subscription_plans_rollover",
      sql`${t.rollover_days} between 0 and 180 and (${t.rollover_days} = 0 or ${t.billing_cycle} = 'custom')`,
    ),
    // Every year has that day, so not 29 February.
    check(
      "subscription_plans_term_end",
      sql`(${t.term_end_month} is null) = (${t.term_end_day} is null) and ${t.term_end_month} between 1 and 12
        and ${t.term_end_day} between 1 and case when ${t.term_end_month} = 2 then 28 when ${t.term_end_month} in (4, 6, 9, 11) then 30 else 31 end`,
    ),
  ],
);
