import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { type Fact, facts, type Surroundings, signInButton, template } from "../letter.ts";

/** A payment or a refund, and the payer. Cents. */
const Paid = z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) });
type Paid = z.infer<typeof Paid>;

const SAMPLE: Paid = { name: "Robin", amount_cents: 1550, what: "donation" };

const SHARED = {
  greeting: "Dear {name},",
  greeting_without_name: "Hello,",
  dues: "Your dues",
  donation: "Your donation",
} as const;

type Around = Surroundings<typeof SHARED>;

const greeting = ({ name }: Paid, { say }: Around) => (name ? say("greeting", { name }) : say("greeting_without_name"));

const whatFor = ({ what }: Paid, { say, common }: Around): Fact => [common("what_for"), say(what)];

/** To somebody who paid from a bank account, after the bank refused days later. Stripe may ask the bank once more. */
export const checkout_failed = template({
  data: Paid.extend({ retried_at: z.string().nullable().optional() }),
  link: "pay",
  words: {
    subject: "About your checkout at {organization}",
    preheader: "It did not go through, and nothing was charged.",
    ...SHARED,
    what_happened: "Your bank did not complete the payment that you started. Nothing was taken from your account.",
    to: "To",
    retried:
      "There is nothing you need to do: we will ask your bank again on {day}. To pay in another way instead, please start again. That cancels this payment.",
    dues_again: "To pay, please start again, from another bank account or with a card.",
    button: "Choose and pay",
    donation_again: "If you would still like to give, please start again, with another bank account or a card.",
  },
  sample: { ...SAMPLE, what: "dues" },
  compose: (paid, around) => {
    const { say, common, format, settings, token, organisation } = around;
    return {
      blocks: [
        greeting(paid, around),
        say("what_happened"),
        facts(
          [say("to"), organisation.name],
          [common("amount"), format.money(paid.amount_cents)],
          whatFor(paid, around),
        ),
        ...(paid.what === "dues"
          ? [
              paid.retried_at ? say("retried", { day: format.day(paid.retried_at) }) : say("dues_again"),
              ...signInButton(say("button"), links.membership(settings, token), common),
            ]
          : [say("donation_again")]),
      ],
    };
  },
});

/** To the payer: a refund is on its way. */
export const refund_notice = template({
  data: Paid.extend({ refunded_at: z.string() }),
  words: {
    subject: "Your refund from {organization}",
    preheader: "It is on its way.",
    ...SHARED,
    what_happened: "We sent you a refund.",
    by_when:
      "There is nothing you need to do. It goes to the card or account that you paid with. Banks usually take 5 to 10 business days to show it.",
  },
  sample: { ...SAMPLE, refunded_at: "2027-03-01T23:30:00.000Z" },
  compose: (refund, around) => {
    const { say, common, format, organisation } = around;
    return {
      blocks: [
        greeting(refund, around),
        say("what_happened"),
        facts(
          [common("from"), organisation.name],
          [common("date"), format.day(refund.refunded_at)],
          [common("refunded"), format.money(refund.amount_cents)],
          whatFor(refund, around),
        ),
        say("by_when"),
      ],
    };
  },
});

/** To the payer who was told about a refund that then failed. */
export const refund_failed = template({
  data: Paid,
  words: {
    subject: "About your refund from {organization}",
    preheader: "It did not go through. We will be in touch.",
    ...SHARED,
    what_happened: "We told you that a refund was on its way. We are sorry: it failed, so it will not arrive.",
    what_next: "There is nothing you need to do. We will be in touch about another way to pay you back.",
  },
  sample: { ...SAMPLE, what: "dues" },
  compose: (refund, around) => {
    const { say, common, format, organisation } = around;
    return {
      blocks: [
        greeting(refund, around),
        say("what_happened"),
        facts(
          [common("from"), organisation.name],
          [common("amount"), format.money(refund.amount_cents)],
          whatFor(refund, around),
        ),
        say("what_next"),
      ],
    };
  },
});
