import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { day, lastDay } from "../../time/format.ts";
import { button, type Fact, facts, template } from "../letter.ts";
import { howPaid, sums, until } from "../sums.ts";

/** Dues and the donation on top. Cents. */
const Sums = z.object({ first_name: z.string(), base_subscription_cents: z.int(), donation_cents: z.int() });

const PaidSums = Sums.extend({ paid_at: z.string(), payment_method: PaymentMethod });

/** To a new member whose first dues were paid: thanks, and a receipt. A lifetime has no term end. */
export const thank_you = template({
  data: PaidSums.extend({ current_term_end: z.string().nullable() }),
  compose: (
    { first_name, base_subscription_cents, donation_cents, paid_at, payment_method, current_term_end },
    { settings, organisation },
  ) => {
    const ifPaid = (...rows: Fact[]) => (base_subscription_cents + donation_cents > 0 ? rows : []);
    return {
      subject: `Thank you from ${organisation.name}`,
      blocks: [
        `Dear ${first_name},`,
        thanksFor(base_subscription_cents, donation_cents),
        current_term_end ? "Your membership is active." : "Your membership is active, and it is yours for life.",
        facts(
          ...ifPaid(["Received by", organisation.name], ["Date", day(paid_at, organisation.time_zone)]),
          ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
          ...ifPaid(howPaid(payment_method)),
          ...until(
            base_subscription_cents > 0 ? "Paid until" : "Valid until",
            current_term_end,
            organisation.time_zone,
          ),
        ),
        "You can find a statement of each year in your account.",
        "You make our work possible.",
      ],
    };
  },
});

function thanksFor(base_subscription_cents: number, donation_cents: number): string {
  if (base_subscription_cents === 0)
    return donation_cents > 0
      ? "Thank you for joining us, and for your donation, even though you did not have to pay anything."
      : "Thank you for joining us. There is nothing to pay.";
  return donation_cents > 0 ? "Thank you for your dues, and for the donation on top." : "Thank you for your dues.";
}

/** To a member: a receipt for dues, or for a complimentary term. */
export const payment_receipt = template({
  data: PaidSums.extend({ term_end: z.string().nullable() }),
  compose: (
    { first_name, base_subscription_cents, donation_cents, paid_at, term_end, payment_method },
    { settings, organisation },
  ) => ({
    subject: `Your receipt from ${organisation.name}`,
    blocks: [
      `Dear ${first_name},`,
      payment_method === "complimentary"
        ? "We are glad to have you with us. Your membership is complimentary, so there is nothing to pay."
        : `Thank you for your dues${donation_cents > 0 ? ", and for the donation on top" : ""}. This is your receipt.`,
      facts(
        [payment_method === "complimentary" ? "From" : "Received by", organisation.name],
        ["Date", day(paid_at, organisation.time_zone)],
        ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
        howPaid(payment_method),
        ...until(payment_method === "complimentary" ? "Valid until" : "Paid until", term_end, organisation.time_zone),
      ),
      "You can find a statement of each year in your account.",
    ],
  }),
});

/** To a member whose dues will be collected automatically soon. */
export const renewal_reminder = template({
  data: Sums.extend({ renews_at: z.string() }),
  compose: ({ first_name, base_subscription_cents, donation_cents, renews_at }, { settings, organisation }) => ({
    subject: `Your ${organisation.name} dues are coming up`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership renews soon. You do not need to do anything: we collect your dues as before.",
      facts(
        ["Renews on", day(renews_at, organisation.time_zone)],
        ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
      ),
      "If you want to cancel or use another card, please sign in before that day.",
      ...button("See my membership", links.plans(settings)),
      "If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});

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
  compose: ({ first_name, card_brand, card_last4, card_exp_month, card_exp_year }, { settings, organisation }) => ({
    subject: `Your card at ${organisation.name}`,
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

/** To a member whose dues could not be collected. Cents. */
export const payment_failed = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), grace_ends_at: z.string() }),
  compose: ({ first_name, amount_cents, grace_ends_at }, { settings, organisation }) => ({
    subject: `About your ${organisation.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "We could not collect your dues. This can happen when a card has expired, or when the bank declines the payment. Nothing changes for now, and we will usually try again within a few days.",
      facts(
        ["Amount due", formatCents(amount_cents, settings.CURRENCY)],
        ["Active until", lastDay(grace_ends_at, organisation.time_zone)],
      ),
      "Please sign in and check that your card details are up to date.",
      ...button("Check my card", links.plans(settings)),
      "If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
