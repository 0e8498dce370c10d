import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { facts, signInButton, template } from "../letter.ts";
import { sums } from "../sums.ts";

const TOO_MUCH = "If the dues are too much for you, please talk to us. We will work something out.";

/** To a member whose dues will be collected automatically soon. Cents. */
export const renewal_reminder = template({
  data: z.object({
    first_name: z.string(),
    base_subscription_cents: z.int(),
    donation_cents: z.int(),
    renews_at: z.string(),
  }),
  link: "pay",
  words: {
    subject: "Your {organization} dues are coming up",
    preheader: "There is nothing you need to do.",
    greeting: "Hi {first_name},",
    what_happened:
      "Your membership renews soon. There is nothing you need to do: we collect your dues the same way as before.",
    renews_on: "Renews on",
    what_to_do:
      "If you would like to use another card, please enter it before {day}. To cancel, please sign in or reply to this email.",
    button: "See my membership",
    too_much: TOO_MUCH,
  },
  sample: {
    first_name: "Robin",
    base_subscription_cents: 6000,
    donation_cents: 1550,
    renews_at: "2027-03-01T23:30:00.000Z",
  },
  compose: ({ base_subscription_cents, donation_cents, renews_at }, around) => {
    const { say, common, format, settings, token } = around;
    return {
      blocks: [
        say("greeting"),
        say("what_happened"),
        facts([say("renews_on"), format.day(renews_at)], ...sums(base_subscription_cents, donation_cents, around)),
        say("what_to_do", { day: format.day(renews_at) }),
        ...signInButton(say("button"), links.membership(settings, token), common),
        say("too_much"),
      ],
    };
  },
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
  link: "pay",
  words: {
    subject: "Your card at {organization}",
    preheader: "It expires soon.",
    greeting: "Hi {first_name},",
    what_happened: "The card that we charge your dues to expires soon.",
    card: "{brand}, ending in {last4}",
    expires: "Expires",
    what_to_do:
      "Once you have your new card, please enter it before we collect your next dues. Your membership then continues without a break.",
    button: "Enter a new card",
  },
  sample: { first_name: "Robin", card_brand: "visa", card_last4: "4242", card_exp_month: 3, card_exp_year: 2027 },
  compose: ({ card_brand, card_last4, card_exp_month, card_exp_year }, { say, common, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts(
        [common("card"), say("card", { brand: BRANDS[card_brand] ?? card_brand, last4: card_last4 })],
        [say("expires"), `${String(card_exp_month).padStart(2, "0")}/${card_exp_year}`],
      ),
      say("what_to_do"),
      ...signInButton(say("button"), links.membership(settings, token), common),
    ],
  }),
});

/** To a member whose dues could not be collected. Cents. */
export const payment_failed = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), grace_ends_at: z.string() }),
  link: "pay",
  words: {
    subject: "About your {organization} dues",
    preheader: "Please take a look when you can.",
    greeting: "Hi {first_name},",
    what_happened:
      "We could not collect your dues. This can happen when a card has expired or when the bank declines the payment. Nothing changes for now, and we will usually try again within a few days.",
    active_until: "Active until",
    what_to_do: "If your card has changed, or if you would rather not wait, you can pay now. Please do so by {day}.",
    button: "Pay my dues",
    too_much: TOO_MUCH,
  },
  sample: { first_name: "Robin", amount_cents: 7550, grace_ends_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ amount_cents, grace_ends_at }, { say, common, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([common("amount_due"), format.money(amount_cents)], [say("active_until"), format.lastDay(grace_ends_at)]),
      say("what_to_do", { day: format.lastDay(grace_ends_at) }),
      ...signInButton(say("button"), links.membership(settings, token), common),
      say("too_much"),
    ],
  }),
});

/** To a member whose bank took back a payment of dues for good, which makes them past due. Cents. */
export const dues_taken_back = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), grace_ends_at: z.string() }),
  words: {
    subject: "About your {organization} dues",
    preheader: "Your bank took some money back.",
    greeting: "Hi {first_name},",
    what_happened: "Your bank took back a payment of your dues, so they are unpaid again.",
    active_until: "Active until",
    what_to_do:
      "If you would like to stay a member, please write to us before then, and we will tell you how you can pay.",
    too_much: TOO_MUCH,
  },
  sample: { first_name: "Robin", amount_cents: 7550, grace_ends_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ amount_cents, grace_ends_at }, { say, common, format }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([common("amount_due"), format.money(amount_cents)], [say("active_until"), format.lastDay(grace_ends_at)]),
      say("what_to_do"),
      say("too_much"),
    ],
  }),
});
