import * as z from "zod";
import { Cents, Email, Line, Text } from "../http/schemas.ts";
import type { organisation_settings } from "../tables/organisation.ts";
import { TimeZone } from "../time/zone.ts";

type Name = Exclude<keyof typeof organisation_settings.$inferSelect, "singleton" | "created_at" | "updated_at">;

const Colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "must be a color such as #6a2c91");

const nameOfRegion = (code: string) => new Intl.DisplayNames(["en"], { type: "region", fallback: "none" }).of(code);

const Country = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, { error: "must be two letters, such as US", abort: true })
  .refine((code) => code !== "ZZ" && nameOfRegion(code) !== undefined, "is not the code of a country");

/** https://docs.stripe.com/get-started/account/statement-descriptors */
const StatementDescriptor = z
  .string()
  .trim()
  .regex(
    /^(?=.*[A-Za-z])[A-Za-z0-9 .&-]{1,22}$/,
    "must be 1 to 22 letters, digits, spaces, dots, & or -, with a letter",
  );

/**
 * Every setting of the organization: what it accepts, and what it is for. Its column has its default and its type.
 * To add one, add a column to src/tables/organisation.ts and a line here. The routes, the audit log and OpenAPI follow.
 */
export const SETTINGS = {
  name: Line(100).describe("What emails, pages and documents call the organization").meta({ example: "LOAF" }),
  primary_colour: Colour.describe("For headings and buttons. Text on it is white").meta({ example: "#6a2c91" }),
  accent_colour: Colour.describe("For lines and highlights").meta({ example: "#e4572e" }),
  logo_url: z
    .url({ protocol: /^https$/, error: "must be an https address" })
    .max(500)
    .nullable()
    .describe("If null, emails show the name")
    .meta({ example: "https://example.org/logo.png" }),
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
} satisfies Record<Name, z.ZodType>;
