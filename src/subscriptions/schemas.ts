import { and, getTableColumns, isNotNull, not, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import * as z from "zod";
import { Cents, DayOrMoment, Id, Instant, Text } from "../http/schemas.ts";
import { PaymentMethod } from "../money/payment-method.ts";
import { BillingCycle } from "../plans/schemas.ts";
import { subscription_plans } from "../tables/plans.ts";
import { subscriptions, subscriptionstatus } from "../tables/subscriptions.ts";
import { subscriptionIsAtRest, subscriptionIsRunning } from "./standing.ts";

export const SubscriptionStatus = z.enum(subscriptionstatus.enumValues).meta({ id: "SubscriptionStatus" });

/** What both the member and volunteers see of a subscription. */
export const subscriptionFields = {
  id: Id,
  plan_id: Id,
  plan_name: z.string(),
  status: SubscriptionStatus.describe("`pending`: a checkout that has not been paid"),
  billing_cycle: BillingCycle,
  base_subscription_cents: Cents,
  donation_cents: Cents,
  currency: z.string().describe("ISO 4217, lower case"),
  payment_method: PaymentMethod,
  current_term_start: Instant.nullable().describe(
    "If the term extends earlier ones that were recorded by hand, when the first of them began",
  ),
  current_term_end: Instant.nullable().describe("Null for a lifetime"),
  renews: z.boolean().describe("Whether dues are collected automatically when the term ends"),
  grace_ends_at: Instant.nullable().describe(
    "While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then",
  ),
  paused_at: Instant.nullable(),
  resumes_at: Instant.nullable().describe("Null if paused until further notice"),
  cancel_at_period_end: z.boolean().describe("Whether it ends with its term"),
  cancelled_at: Instant.nullable().describe("When it was canceled. The term may still be running"),
  created_at: Instant,
};

/**
 * The columns that fill a schema's fields: those of the table with the same names, except where `others` has one. A field
 * that neither has is left out. The order is that of the fields, because answers have it too.
 */
export function columnsFor<Table extends PgTable, Fields extends object, Others extends object>(
  fields: Fields,
  table: Table,
  others: Others,
) {
  type Columns = Omit<Table["_"]["columns"], keyof Others> & Others;
  const columns = new Map(Object.entries({ ...getTableColumns(table), ...others }));
  const filled = Object.keys(fields).flatMap((name) => (columns.has(name) ? [[name, columns.get(name)]] : []));
  return Object.fromEntries(filled) as Pick<Columns, keyof Columns & keyof Fields>;
}

/** The columns of {@link subscriptionFields}, from `subscriptions` joined with their plans. The currency is in the settings. */
export const subscriptionColumns = columnsFor(subscriptionFields, subscriptions, {
  plan_name: subscription_plans.name,
  renews: sql<boolean>`(${and(
    subscriptionIsRunning,
    isNotNull(subscriptions.stripe_subscription_id),
    not(subscriptions.cancel_at_period_end),
    not(subscriptionIsAtRest),
  )})`,
});

/** The saved card, with what is printed on it. */
export const cardFields = {
  card_brand: z.string().nullable(),
  card_last4: z.string().nullable(),
  card_exp_month: z.int().nullable(),
  card_exp_year: z.int().nullable(),
};

/** The columns of {@link cardFields}. */
export const cardColumns = columnsFor(cardFields, subscriptions, {});

/** What volunteers write about a subscription. */
export const SubscriptionNotes = Text(5000);

/** A boundary of a term. A term added to it must still end in a year of four digits. */
export const TermMoment = DayOrMoment.regex(/^[1-8]/, "must be in the years 1000 to 8999");
