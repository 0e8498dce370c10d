import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { cents, id, instant, timestamps } from "../database/columns.ts";

export const billingcycle = pgEnum("billingcycle", ["monthly", "quarterly", "yearly", "lifetime", "custom"]);

/** Those that Stripe bills by itself, again and again: the ones that can be paid online. */
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
  ],
);
