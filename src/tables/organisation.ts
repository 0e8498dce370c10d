import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { cents, timestamps } from "./columns.ts";
import { stored_files } from "./files.ts";

/** How the organization looks until its settings say otherwise. */
export const DEFAULT_BRANDING = { name: "LOAF", primary_colour: "#6a2c91", accent_colour: "#e4572e" };

/** What gives away what kind of organization writes. */
const DEFAULT_SENSITIVE_WORDS = "'{lgbt,lgbtq,lgbtqia,gay,lesbian,bisexual,trans,transgender,queer,pride,nonbinary}'";

/** One row: how the organization appears in mails and pages, where it is, and its rules about money. */
export const organisation_settings = pgTable(
  "organisation_settings",
  {
    singleton: boolean().primaryKey().default(true),
    name: text().notNull().default(DEFAULT_BRANDING.name),
    primary_colour: text().notNull().default(DEFAULT_BRANDING.primary_colour),
    accent_colour: text().notNull().default(DEFAULT_BRANDING.accent_colour),
    /** The logo on light ground, and the one on dark ground. */
    logo_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
    logo_dark_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
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
    /** Where replies to mails go, by what they are about. Null: to the contact address. */
    membership_email: text(),
    events_email: text(),
    newsletter_email: text(),
    /** What the provider lets us send. */
    mails_per_second: integer().notNull().default(4),
    mails_per_day: integer(),
    /** Whether senders, subjects and previews of mails reveal nothing about the organization. */
    discreet_mails: boolean().notNull().default(true),
    /** Words that no subject or preview of a mail contains while mails are discreet. */
    sensitive_words: text().array().notNull().default(sql.raw(DEFAULT_SENSITIVE_WORDS)),
    event_reminder_hours: integer().array().notNull().default(sql`'{48,3}'`),
    payment_reminder_days: integer().array().notNull().default(sql`'{3,7,14,30}'`),
    renewal_reminder_days: integer().array().notNull().default(sql`'{60,30,14,7,0}'`),
    past_due_reminder_days: integer().array().notNull().default(sql`'{0,3,7,13}'`),
    /** How long we keep what is only of use for a while. */
    keep_mails_days: integer().notNull().default(90),
    keep_sign_ins_days: integer().notNull().default(90),
    keep_answers_days: integer().notNull().default(30),
    ...timestamps,
  },
  (t) => [
    check("organisation_settings_singleton", sql`${t.singleton}`),
    check(
      "organisation_settings_colours",
      sql`${t.primary_colour} ~ '^#[0-9a-f]{6}$' and ${t.accent_colour} ~ '^#[0-9a-f]{6}$'`,
    ),
    index("organisation_settings_logo").on(t.logo_id).where(sql`${t.logo_id} is not null`),
    index("organisation_settings_logo_dark").on(t.logo_dark_id).where(sql`${t.logo_dark_id} is not null`),
    check("organisation_settings_pace", sql`${t.mails_per_second} between 1 and 1000 and ${t.mails_per_day} >= 10`),
    check(
      "organisation_settings_keep",
      sql`${t.keep_mails_days} between 30 and 3650 and ${t.keep_sign_ins_days} between 30 and 3650 and ${t.keep_answers_days} between 1 and 365`,
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
