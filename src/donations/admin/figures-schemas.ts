import * as z from "zod";
import { Balance, Sums } from "../../ledger/figures.ts";
import { Currency } from "../schemas.ts";

const Count = z.int().min(0);

const Gifts = Sums.extend({ donations: Count.describe("How many donations were paid") });

/** What was given in a period, from the ledger: every movement of money on its own day. */
export const DonationStats = Gifts.extend({
  from: z.iso.date(),
  to: z.iso.date(),
  currency: Currency,
  fees_cents: Balance.describe(
    "What Stripe kept for donations, for their refunds and for disputes about them, less what it gave back. Not part of any other figure",
  ),
  donors: Count.describe(
    "How many people gave. Members count once, others once per email address. A donation with neither counts by itself",
  ),
  by_type: z
    .object({ member: Gifts, public: Gifts })
    .describe("`member`: given by a member who was signed in, or recorded for one. `public`: everything else"),
  by_month: z
    .array(
      Gifts.extend({
        month: z.string().meta({ example: "2027-03" }),
        top_ups: Sums.describe("Given on top of dues. Not part of the month's other figures"),
      }),
    )
    .describe("Every month with a day of the period in it, oldest first"),
  top_ups: Sums.extend({ payments: Count.describe("How many payments of dues included a donation") }).describe(
    "What was given on top of membership dues, in the same payment. Not part of the other figures. A refund of such a payment takes the donation first",
  ),
}).meta({
  id: "DonationStats",
  description:
    "Donations received in the period, online, in cash and by check, and what was paid back. Days and months are those of the organization's time zone",
});
export type DonationStats = z.infer<typeof DonationStats>;
