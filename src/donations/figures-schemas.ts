import * as z from "zod";
import { Sums } from "../ledger/figures.ts";

const Count = z.int().min(0);

const Gifts = Sums.extend({ donations: Count.describe("How many donations were paid") });

/** What was given in a period, from the ledger: every movement of money by its own date in UTC. */
export const DonationStats = Gifts.extend({
  from: z.iso.date(),
  to: z.iso.date(),
  currency: z.string().describe("ISO 4217, lower case"),
  donors: Count.describe(
    "How many people the donations came from: a member counts once, others once for each e-mail address, and a donation without either for itself",
  ),
  by_type: z
    .object({ member: Gifts, public: Gifts })
    .describe("By whether a member gave it, signed in or as volunteers wrote down, or anybody else"),
  by_month: z
    .array(
      Gifts.extend({
        month: z.string().meta({ example: "2027-03" }),
        top_ups: Sums.describe("Given on top of dues; not in the month's other figures"),
      }),
    )
    .describe("Every month that a day of the period is in, oldest first"),
  top_ups: Sums.extend({ payments: Count.describe("How many payments of dues came with a donation") }).describe(
    "What was given on top of membership dues, in one payment with them; in none of the other figures. What leaves such a payment is taken from the donation first",
  ),
}).meta({
  id: "DonationStats",
  description: "Donations received in the period, in cash and by cheque too, and what left again of any donation",
});
export type DonationStats = z.infer<typeof DonationStats>;
