import * as z from "zod";
import { pageOf } from "../../http/pagination.ts";
import { Cents, Instant } from "../../http/schemas.ts";
import { Balance } from "../../ledger/figures.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { Branding } from "../../organisation/organisation.ts";
import { Currency, DonationStatus } from "../schemas.ts";

/** Something that a member gave, or started to give. */
export const MyDonation = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(["donation", "subscription_top_up"])
      .describe("`subscription_top_up`: given on top of membership dues, in the same payment"),
    status: DonationStatus,
    amount_cents: Cents,
    refunded_cents: Balance.describe("What was refunded, or taken back by the bank"),
    net_cents: Balance,
    currency: Currency,
    payment_method: PaymentMethod,
    message: z.string().nullable(),
    anonymous: z.boolean(),
    given_at: Instant.describe("When it was paid. Until then, when it was started"),
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

export const StatementSums = z.object({
  amount_cents: Balance.describe("What came in during the year"),
  refunded_cents: Balance.describe(
    "What went back during the year, minus what came back from failed refunds and won disputes. Can be negative",
  ),
  net_cents: Balance.describe("`amount_cents` minus `refunded_cents`"),
});
export type StatementSums = z.infer<typeof StatementSums>;

/** One payment, with the money that moved during the year. */
export const StatementLine = StatementSums.extend({
  kind: z.enum(["donation", "subscription_top_up", "dues"]),
  paid_at: Instant.describe("When it was paid. Can be before the year, if money went back later"),
  payment_method: PaymentMethod,
}).meta({ id: "StatementLine" });
export type StatementLine = z.infer<typeof StatementLine>;

const StatementPart = StatementSums.extend({ lines: z.array(StatementLine) });
export type StatementPart = z.infer<typeof StatementPart>;

/** What somebody gave in a year, net of refunds. Lists dues separately, because they are not a gift. */
export const GivingStatement = z
  .object({
    year: z.int(),
    as_of: Instant.describe("When this statement was made. Later changes are not in it"),
    currency: Currency,
    organisation: Branding,
    donor_name: z.string(),
    donations: StatementPart,
    subscription_top_ups: StatementPart.describe("What the member gave on top of membership dues"),
    total: StatementSums.describe("Donations and what the member gave on top of dues, but not the dues"),
    dues: StatementPart,
  })
  .meta({ id: "GivingStatement" });
export type GivingStatement = z.infer<typeof GivingStatement>;
