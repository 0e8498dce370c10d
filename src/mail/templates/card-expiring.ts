import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, template } from "../letter.ts";

/** Card brands as people know them, by Stripe's name for each: https://docs.stripe.com/api/payment_methods/object */
const BRANDS: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  discover: "Discover",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

/** To a member whose saved card expires at the end of a month. */
export const card_expiring = template({
  data: z.object({
    first_name: z.string(),
    card_brand: z.string(),
    card_last4: z.string(),
    card_exp_month: z.int(),
    card_exp_year: z.int(),
  }),
  compose: ({ first_name, card_brand, card_last4, card_exp_month, card_exp_year }, { settings, branding }) => ({
    subject: `Your card at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "The card that we collect your dues from expires soon.",
      facts(
        ["Card", `${BRANDS[card_brand] ?? card_brand}, ending in ${card_last4}`],
        ["Expires", `${String(card_exp_month).padStart(2, "0")}/${card_exp_year}`],
      ),
      "Once you have your new card, please sign in and enter it. Your membership then continues without a break.",
      ...button("Enter a new card", links.plans(settings)),
    ],
  }),
});
