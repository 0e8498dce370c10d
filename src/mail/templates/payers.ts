import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { day } from "../../time/format.ts";
import { button, type Fact, facts, quote, template } from "../letter.ts";
import { howPaid } from "../sums.ts";

/** A payment or a refund, and the payer. Cents. */
const Paid = z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) });

const PAID_FOR = { dues: "Your dues", donation: "Your donation" };

const greeting = (name: string | null) => (name ? `Dear ${name},` : "Hello,");

/** To somebody who paid from a bank account, after the bank refused days later. */
export const checkout_failed = template({
  data: Paid,
  compose: ({ name, amount_cents, what }, { settings, organisation }) => ({
    subject: `About your checkout at ${organisation.name}`,
    blocks: [
      greeting(name),
      "Your bank did not complete the payment that you started. Nothing was taken from your account.",
      facts(
        ["To", organisation.name],
        ["Amount", formatCents(amount_cents, settings.CURRENCY)],
        ["For", PAID_FOR[what]],
      ),
      ...(what === "dues"
        ? [
            "Sign in to pay again, from another bank account or with a card.",
            ...button("Choose and pay", links.plans(settings)),
          ]
        : ["If you would still like to give, please start again, with another bank account or a card."]),
    ],
  }),
});

/** To the donor, a member or not: a thank-you and a receipt to keep. Cents. */
export const donation_receipt = template({
  data: z.object({
    donor_name: z.string().nullable(),
    amount_cents: z.int(),
    refunded_cents: z.int(),
    paid_at: z.string(),
    payment_method: PaymentMethod,
    message: z.string().nullable(),
  }),
  compose: (
    { donor_name, amount_cents, refunded_cents, paid_at, payment_method, message },
    { settings, organisation },
  ) => ({
    subject: `Your receipt from ${organisation.name}`,
    blocks: [
      greeting(donor_name),
      "Thank you for your donation. You make our work possible. This is your receipt.",
      facts(
        ["Received by", organisation.name],
        ["Date", day(paid_at, organisation.time_zone)],
        ["Donation", formatCents(amount_cents, settings.CURRENCY)],
        howPaid(payment_method),
        ...(refunded_cents > 0
          ? [["Refunded since", formatCents(refunded_cents, settings.CURRENCY)] satisfies Fact]
          : []),
      ),
      ...(message ? ["Your message:", quote(message)] : []),
      "Donations in a member's account also appear in their giving statement for the year.",
    ],
  }),
});

/** To the payer: a refund is on its way. */
export const refund_notice = template({
  data: Paid.extend({ refunded_at: z.string() }),
  compose: ({ name, amount_cents, refunded_at, what }, { settings, organisation }) => ({
    subject: `Your refund from ${organisation.name}`,
    blocks: [
      greeting(name),
      "We sent you a refund.",
      facts(
        ["From", organisation.name],
        ["Date", day(refunded_at, organisation.time_zone)],
        ["Refunded", formatCents(amount_cents, settings.CURRENCY)],
        ["For", PAID_FOR[what]],
      ),
      "It goes to the card or account that you paid with. Banks usually take 5 to 10 business days to show it.",
    ],
  }),
});

/** To the payer who was told about a refund that then failed. */
export const refund_failed = template({
  data: Paid,
  compose: ({ name, amount_cents, what }, { settings, organisation }) => ({
    subject: `About your refund from ${organisation.name}`,
    blocks: [
      greeting(name),
      "We told you that a refund was on its way. It failed, so it will not arrive.",
      facts(
        ["From", organisation.name],
        ["Amount", formatCents(amount_cents, settings.CURRENCY)],
        ["For", PAID_FOR[what]],
      ),
      "You do not have to do anything. We will be in touch about another way to pay you back.",
    ],
  }),
});
