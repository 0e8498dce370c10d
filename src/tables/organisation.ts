import { sql } from "drizzle-orm";
import { bigint, boolean, check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { cents, timestamps } from "./columns.ts";

/** How the organization looks until its settings say otherwise. */
export const DEFAULT_BRANDING = { name: "LOAF", primary_colour: "#6a2c91", accent_colour: "#e4572e", logo_url: null };

/** One row: how the organization appears in mails and pages, where it is, and its rules about money. */
export const organisation_settings = pgTable(
  "organisation_settings",
  {
    singleton: boolean().primaryKey().default(true),
    name: text().notNull().default(DEFAULT_BRANDING.name),
    primary_colour: text().notNull().default(DEFAULT_BRANDING.primary_colour),
    accent_colour: text().notNull().default(DEFAULT_BRANDING.accent_colour),
    logo_url: text(),
    /** Where the organization is: an IANA zone. Days begin and end there. */
    time_zone: text().notNull().default("America/New_York"),
    /** ISO 3166-1, two letters. */
    country: text().notNull().default("US"),
    postal_address: text(),
    contact_email: text(),
    tax_id: text(),
    /** What receipts and statements say for the tax office, such as that nothing was given in return. */
    acknowledgement: text(),
    /** How long members stay active while their dues are past due. */
    grace_days: integer().notNull().default(14),
    donation_minimum_cents: cents().notNull().default(100),
    donation_maximum_cents: cents().notNull().default(1_000_000),
    /** What donors read on their card statement, after the account's own name. */
    statement_descriptor_suffix: text(),
    ...timestamps,
  },
  (t) => [
    check("organisation_settings_singleton", sql`${t.singleton}`),
    check(
      "organisation_settings_colours",
      sql`${t.primary_colour} ~ '^#[0-9a-f]{6}$' and ${t.accent_colour} ~ '^#[0-9a-f]{6}$'`,
    ),
    check("organisation_settings_country", sql`${t.country} ~ '^[A-Z]{2}$'`),
    check("organisation_settings_grace", sql`${t.grace_days} between 0 and 365`),
    check(
      "organisation_settings_donations",
      sql`${t.donation_minimum_cents} >= 50 and ${t.donation_maximum_cents} between ${t.donation_minimum_cents} and 99999999`,
    ),
    // https://docs.stripe.com/get-started/account/statement-descriptors
    check(
      "organisation_settings_descriptor",
      sql`${t.statement_descriptor_suffix} ~ '^[A-Za-z0-9 .&-]{1,22}$' and ${t.statement_descriptor_suffix} ~ '[A-Za-z]'`,
    ),
  ],
);

/** One row: how much of the R2 allowance we use. */
export const storage_usage = pgTable(
  "storage_usage",
  {
    singleton: boolean().primaryKey().default(true),
    used_bytes: bigint({ mode: "number" }).notNull().default(0),
    limit_bytes: bigint({ mode: "number" }).notNull().default(10_737_418_240),
    ...timestamps,
  },
  (t) => [
    check("storage_usage_singleton", sql`${t.singleton}`),
    check("storage_usage_bytes", sql`${t.used_bytes} >= 0 and ${t.limit_bytes} > 0`),
  ],
);
