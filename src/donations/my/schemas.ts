import * as z from "zod";
import { pageOf } from "../../http/pagination.ts";
import { Cents, Instant } from "../../http/schemas.ts";
import { Balance } from "../../ledger/figures.ts";
import { ReceiptNumber } from "../../ledger/receipt-number.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
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
    receipt_number: ReceiptNumber,
    payment_method: PaymentMethod,
    message: z.string().nullable(),
    anonymous: z.boolean(),
    given_at: Instant.describe("When it was paid. Until then, when it was started"),
  })
  .meta({ id: "MyDonation" });
export type MyDonation = z.infer<typeof MyDonation>;

export const MyDonationPage = pageOf(MyDonation).meta({ id: "MyDonationPage" });
export type MyDonationPage = z.infer<typeof MyDonationPage>;
