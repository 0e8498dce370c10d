import * as z from "zod";
import { Cents, Email, Line, Text } from "../http/schemas.ts";
import { contrast } from "../organisation/look.ts";
import type { organisation_settings } from "../tables/organisation.ts";
import { TimeZone } from "../time/zone.ts";
import { Country } from "./country.ts";

type Name = Exclude<
  keyof typeof organisation_settings.$inferSelect,
  "singleton" | "logo_id" | "logo_dark_id" | "created_at" | "updated_at"
>;

const Colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, { error: "must be a color such as #6a2c91", abort: true })
  .meta({ maxLength: 7 });

/** WCAG 2.2, 1.4.3: what everybody can read. */
const LEAST_CONTRAST = 4.5;

const WHITE = "#ffffff";

const inTenths = (ratio: number) => `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`;

/** A color that white text can stand on. */
const DarkColour = Colour.refine((colour) => contrast(WHITE, colour) >= LEAST_CONTRAST, {
  error: ({ input }) =>
    `must be darker: white text on it has a contrast of ${inTenths(contrast(WHITE, String(input)))}, and needs ${inTenths(LEAST_CONTRAST)}`,
});

/** https://docs.stripe.com/get-started/account/statement-descriptors */
const StatementDescriptor = z
  .string()
  .trim()
  .regex(
    /^(?=.*[A-Za-z])[A-Za-z0-9 .&-]{1,22}$/,
    "must be 1 to 22 letters, digits, spaces, dots, & or -, with a letter",
  )
  .meta({ maxLength: 22 });

/** Offsets of reminders: each once. None means that nobody is reminded. */
const Offsets = (most: number) =>
  z
    .array(z.int().min(0).max(most))
    .max(10)
    .refine((offsets) => new Set(offsets).size === offsets.length, "must not repeat a value");

/**
 * Every setting of the organization: what it accepts, and what it is for. Its column has its default and its type.
 * To add one, add a column to src/tables/organisation.ts and a line here. The routes, the audit log and OpenAPI follow.
 */
export const SETTINGS = {
  name: Line(100).describe("What emails, pages and documents call the organization").meta({ example: "LOAF" }),
  primary_colour: DarkColour.describe(
    "For headings and buttons. Text on it is white, so its contrast is at least 4.5:1",
  ).meta({ example: "#6a2c91" }),
  accent_colour: Colour.describe(
    "For lines. Where a line would not show, by day or by night, emails and pages use a darker or lighter tone of it",
  ).meta({ example: "#e4572e" }),
  time_zone: TimeZone.describe("Days in emails, receipts, statements and figures begin and end in this time zone"),
  country: Country.describe("ISO 3166-1 code").meta({ example: "US" }),
  postal_address: Text(500)
    .nullable()
    .describe("On receipts and statements, in several lines")
    .meta({ example: "1 Example Street\nNew York, NY 10001" }),
  contact_email: Email.nullable().describe("Where people can ask questions. Emails, receipts and statements name it"),
  tax_id: Line(50).nullable().describe("On receipts and statements").meta({ example: "12-3456789" }),
  acknowledgement: Text(1000)
    .nullable()
    .describe("What receipts and statements say about donations for the tax office")
    .meta({ example: "No goods or services were provided in exchange for this gift." }),
  grace_days: z.int().min(0).max(365).describe("How many days members stay active while their dues are past due"),
  donation_minimum_cents: Cents.min(50).describe("The least that somebody can donate online"),
  donation_maximum_cents: Cents.describe("The most that somebody can donate online at once"),
  statement_descriptor_suffix: StatementDescriptor.nullable()
    .describe("What donors read on their card statement after the account's own name")
    .meta({ example: "DONATION" }),
  membership_email: Email.nullable().describe(
    "Where replies to emails about membership and dues go. If null, to the contact address",
  ),
  events_email: Email.nullable().describe("Where replies to emails about events go. If null, to the contact address"),
  newsletter_email: Email.nullable().describe("Where replies to newsletters go. If null, to the contact address"),
  mails_per_second: z.int().min(1).max(1000).describe("How many emails your email provider accepts per second"),
  mails_per_day: z
    .int()
    .min(10)
    .max(10_000_000)
    .nullable()
    .describe("How many emails your email provider accepts per day (UTC). If null, there is no limit"),
  discreet_mails: z
    .boolean()
    .describe("Whether the sender, subject and preview of emails reveal nothing about the organization"),
  sensitive_words: z
    .array(Line(50).toLowerCase())
    .max(100)
    .describe("Words that no subject or preview of an email contains while emails are discreet"),
  event_reminder_hours: Offsets(24 * 14).describe("How many hours before an event those who come are reminded"),
  payment_reminder_days: Offsets(365).describe("How many days after approval people are reminded of their dues"),
  renewal_reminder_days: Offsets(365).describe("How many days before their membership ends members are reminded"),
  past_due_reminder_days: Offsets(365).describe("How many days after dues are past due members are reminded"),
  keep_mails_days: z
    .int()
    .min(30)
    .max(3650)
    .describe("How many days we keep emails that were sent. Those that must not go out twice stay for at least 61"),
  keep_sign_ins_days: z.int().min(30).max(3650).describe("How many days we keep sign-ins and ended sessions"),
  keep_answers_days: z
    .int()
    .min(1)
    .max(365)
    .describe("How many days after an event we keep what people answered to its questions"),
} satisfies Record<Name, z.ZodType>;
