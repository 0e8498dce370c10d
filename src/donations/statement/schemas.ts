import * as z from "zod";
import { ById, Email, Instant } from "../../http/schemas.ts";
import { Balance } from "../../ledger/figures.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { Branding } from "../../organisation/organisation.ts";
import { Currency } from "../schemas.ts";

/** Begins the OpenAPI description of every statement. */
export const ABOUT_STATEMENTS =
  "Every payment and refund of the year, with sums and receipt numbers. A refund counts in the year in which the money went back, so past statements do not change. There is a statement for every year from the first payment to this year. Send `Accept: text/html` to get a page to print, or `Accept: application/pdf` to get a PDF. The PDF cannot show every script, and says where it cannot. The page can.";

const year = z
  .string()
  .regex(/^20\d\d$/, "must be a year from 2000 to 2099")
  .describe("A calendar year in the organization's time zone")
  .meta({ maxLength: 4, example: "2027" });

export const StatementYear = z.object({ year });

export const MemberStatement = ById.extend({ year });

export const DonorStatement = z.object({
  donor_email: Email.describe("The address that the donor gave. Case does not matter"),
  year,
});

const StatementSums = z.object({
  amount_cents: Balance.describe("What came in during the year"),
  refunded_cents: Balance.describe(
    "What went back during the year, minus what came back from failed refunds and won disputes. Can be negative",
  ),
  net_cents: Balance.describe("`amount_cents` minus `refunded_cents`"),
});
export type StatementSums = z.infer<typeof StatementSums>;

/** One payment, with the money that moved during the year. */
const StatementLine = StatementSums.extend({
  kind: z.enum(["donation", "subscription_top_up", "dues"]),
  receipt_number: z
    .int()
    .describe("The number on its receipt. A payment of dues with a donation on top has one number and two lines")
    .meta({ example: 1042 }),
  paid_at: Instant.describe("When it was paid. Can be before the year, if money went back later"),
  payment_method: PaymentMethod,
}).meta({ id: "StatementLine" });
export type StatementLine = z.infer<typeof StatementLine>;

const StatementPart = StatementSums.extend({ lines: z.array(StatementLine) });
export type StatementPart = z.infer<typeof StatementPart>;

/** Who received the gifts, with what tax offices want to know. */
const Recipient = Branding.extend({
  time_zone: z
    .string()
    .describe("The time zone in which the year begins and ends")
    .meta({ example: "America/New_York" }),
  postal_address: z.string().nullable(),
  contact_email: z.string().nullable(),
  tax_id: z.string().nullable(),
  acknowledgement: z.string().nullable().describe("What the organization declares about donations"),
}).meta({ id: "StatementRecipient" });

/** What somebody gave in a year, net of refunds. Lists dues separately, because they are not a gift. */
export const GivingStatement = z
  .object({
    year: z.int(),
    as_of: Instant.describe("When this statement was made. Later changes are not in it"),
    currency: Currency,
    organisation: Recipient,
    donor_name: z.string(),
    donor_email: z
      .string()
      .nullable()
      .describe("Only of a donor without an account: the statement covers what this address gave"),
    donations: StatementPart,
    subscription_top_ups: StatementPart.describe("What the member gave on top of membership dues"),
    total: StatementSums.describe("Donations and what the member gave on top of dues, but not the dues"),
    dues: StatementPart,
  })
  .meta({ id: "GivingStatement" });
export type GivingStatement = z.infer<typeof GivingStatement>;
