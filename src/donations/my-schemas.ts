import * as z from "zod";
import { pageOf } from "../http/pagination.ts";
import { Cents, Instant } from "../http/schemas.ts";
import { PaymentMethod } from "../ledger/payment-method.ts";
import { Branding } from "../settings/schemas.ts";
import { DonationStatus } from "./schemas.ts";

/** Cents, and below zero where more went back than came in. */
const Balance = z.int().meta({ example: 2500 });

const Currency = z.string().describe("ISO 4217, lower case").meta({ example: "usd" });

/** Something that a member gave, or began to give. */
export const MyDonation = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(["donation", "subscription_top_up"])
      .describe("`subscription_top_up`: given on top of membership dues, in one payment with them"),
    status: DonationStatus,
    amount_cents: Cents,
    refunded_cents: Balance.describe("What went back, or was taken back by the bank"),
    net_cents: Balance,
    currency: Currency,
    payment_method: PaymentMethod,
    message: z.string().nullable(),
    anonymous: z.boolean(),
    given_at: Instant.describe("When it was paid; until then, when it was begun"),
  })
  .meta({ id: "MyDonation" });
export type MyDonation = z.infer<typeof MyDonation>;

export const MyDonationPage = pageOf(MyDonation).meta({ id: "MyDonationPage" });
export type MyDonationPage = z.infer<typeof MyDonationPage>;

export const StatementYear = z.object({
  year: z
    .string()
    .regex(/^20\d\d$/)
    .describe("A year in UTC")
    .meta({ example: "2027" }),
});

const Sums = z.object({
  amount_cents: Balance.describe("What came in within the year"),
  refunded_cents: Balance.describe(
    "What went back within the year, less what came back of that: below zero where a dispute of the year before was won",
  ),
  net_cents: Balance.describe("amount_cents less refunded_cents"),
});

/** One payment, as far as it moved within the year. */
export const StatementLine = Sums.extend({
  kind: z.enum(["donation", "subscription_top_up", "dues"]),
  paid_at: Instant.describe("When it was paid: before the year, where only its refund falls into it"),
  payment_method: PaymentMethod,
}).meta({ id: "StatementLine" });
export type StatementLine = z.infer<typeof StatementLine>;

const Part = Sums.extend({ lines: z.array(StatementLine) });
export type StatementPart = z.infer<typeof Part>;

/** What somebody gave in a year, net of refunds; dues apart, because they are no gift. */
export const GivingStatement = z
  .object({
    year: z.int(),
    as_of: Instant.describe("When this statement was made: what comes later is not in it"),
    currency: Currency,
    organisation: Branding,
    donor_name: z.string(),
    donations: Part,
    subscription_top_ups: Part.describe("What was given on top of membership dues"),
    total: Sums.describe("Donations and what was given on top of dues; without the dues"),
    dues: Part,
  })
  .meta({ id: "GivingStatement" });
export type GivingStatement = z.infer<typeof GivingStatement>;
