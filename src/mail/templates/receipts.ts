import * as z from "zod";
import { PaymentMethod } from "../../money/payment-method.ts";
import { type Fact, facts, template } from "../letter.ts";
import { acknowledgementOf, NumberOnReceipt, PayerOnReceipt, receiptNumber, receivedFrom } from "../receipt-facts.ts";
import { howPaid, sums, until } from "../sums.ts";

/** Dues and the donation on top. Cents. */
const PaidSums = z.object({
  first_name: z.string(),
  base_subscription_cents: z.int(),
  donation_cents: z.int(),
  paid_at: z.string(),
  payment_method: PaymentMethod,
  receipt_number: NumberOnReceipt,
  received_from: PayerOnReceipt,
});

/** To a new member whose first dues were paid: thanks, and a receipt. A lifetime has no term end. */
export const thank_you = template({
  data: PaidSums.extend({ current_term_end: z.string().nullable() }),
  words: {
    subject: "Thank you from {organization}",
    preheader: "Here is your receipt, to keep.",
    greeting: "Hi {first_name},",
    for_dues: "Thank you for your dues, and welcome to {organization}!",
    for_dues_and_donation: "Thank you for your dues, and for the donation on top. Welcome to {organization}!",
    for_donation_only: "Thank you for joining us, and for your donation, even though you did not have to pay anything.",
    for_joining: "Thank you for joining us. There is nothing to pay.",
    active: "Your membership is active.",
    for_life: "Your membership is active, and it is yours for life.",
    statement: "There is nothing else to do. You can find a statement for each year in your account.",
    goodbye: "You make our work possible.",
  },
  sample: {
    first_name: "Robin",
    base_subscription_cents: 6000,
    donation_cents: 1550,
    paid_at: "2026-03-01T23:30:00.000Z",
    payment_method: "cash",
    received_from: "Robin Doe",
    current_term_end: "2027-03-01T23:30:00.000Z",
  },
  compose: (paid, around) => {
    const { base_subscription_cents: dues, donation_cents, paid_at, payment_method, current_term_end } = paid;
    const { say, common, format, organisation } = around;
    const ifPaid = (...rows: Fact[]) => (dues + donation_cents > 0 ? rows : []);
    return {
      blocks: [
        say("greeting"),
        say(thanksFor(dues, donation_cents)),
        say(current_term_end ? "active" : "for_life"),
        facts(
          ...receiptNumber(paid.receipt_number, around),
          ...ifPaid(...receivedFrom(paid.received_from, around), [common("date"), format.day(paid_at)]),
          ...sums(dues, donation_cents, around),
          ...ifPaid(howPaid(payment_method, around)),
          ...until(common(dues > 0 ? "paid_until" : "valid_until"), current_term_end, around),
        ),
        ...acknowledgementOf(donation_cents, organisation),
        say("statement"),
        say("goodbye"),
      ],
    };
  },
});

function thanksFor(dues: number, donation_cents: number) {
  if (dues === 0) return donation_cents > 0 ? "for_donation_only" : "for_joining";
  return donation_cents > 0 ? "for_dues_and_donation" : "for_dues";
}

/** To a member: a receipt for dues, or for a complimentary term. */
export const payment_receipt = template({
  data: PaidSums.extend({ term_end: z.string().nullable() }),
  words: {
    subject: "Your receipt from {organization}",
    preheader: "Thank you! This one is to keep.",
    greeting: "Hi {first_name},",
    for_dues: "Thank you for your dues. This is your receipt.",
    for_dues_and_donation: "Thank you for your dues, and for the donation on top. This is your receipt.",
    for_donation: "Thank you for your donation. This is your receipt.",
    nothing_to_pay: "We are glad to have you with us. Your membership is complimentary, so there is nothing to pay.",
    statement: "There is nothing else to do. You can find a statement for each year in your account.",
  },
  sample: {
    first_name: "Robin",
    base_subscription_cents: 6000,
    donation_cents: 1550,
    paid_at: "2027-03-01T23:30:00.000Z",
    term_end: "2028-01-01T05:00:00.000Z",
    payment_method: "cheque",
    received_from: "Robin Doe",
  },
  compose: (paid, around) => {
    const { base_subscription_cents, donation_cents, paid_at, term_end, payment_method } = paid;
    const { say, common, format, organisation } = around;
    const free = base_subscription_cents + donation_cents === 0;
    const dues = donation_cents > 0 ? "for_dues_and_donation" : "for_dues";
    const thanks = base_subscription_cents > 0 ? dues : "for_donation";
    const from: Fact[] = free ? [[common("from"), organisation.name]] : receivedFrom(paid.received_from, around);
    return {
      blocks: [
        say("greeting"),
        say(free ? "nothing_to_pay" : thanks),
        facts(
          ...receiptNumber(paid.receipt_number, around),
          ...from,
          [common("date"), format.day(paid_at)],
          ...sums(base_subscription_cents, donation_cents, around),
          howPaid(payment_method, around),
          ...until(common(base_subscription_cents > 0 ? "paid_until" : "valid_until"), term_end, around),
        ),
        ...acknowledgementOf(donation_cents, organisation),
        say("statement"),
      ],
    };
  },
});

/** To the donor, a member or not: a thank-you and a receipt to keep. Cents. */
export const donation_receipt = template({
  data: z.object({
    donor_name: z.string().nullable(),
    amount_cents: z.int(),
    refunded_cents: z.int(),
    paid_at: z.string(),
    payment_method: PaymentMethod,
    receipt_number: NumberOnReceipt,
    received_from: PayerOnReceipt,
    message: z.string().nullable(),
  }),
  words: {
    subject: "Your receipt from {organization}",
    preheader: "Thank you! This one is to keep.",
    greeting: "Dear {name},",
    greeting_without_name: "Hello,",
    what_happened: "Thank you for your donation. You make our work possible. This is your receipt.",
    refunded_since: "Refunded since",
    your_message: "Your message:",
    statement:
      "There is nothing else to do. If you have an account with us, this donation is also in your giving statement for the year.",
  },
  sample: {
    donor_name: "Robin Doe",
    amount_cents: 123_450,
    refunded_cents: 100,
    paid_at: "2027-03-01T23:30:00.000Z",
    payment_method: "cheque",
    received_from: "Robin Doe",
    message: "For the choir.",
  },
  compose: (given, around) => {
    const {
      donor_name,
      amount_cents,
      refunded_cents,
      paid_at,
      payment_method,
      receipt_number,
      received_from,
      message,
    } = given;
    const { say, common, format, organisation } = around;
    const refunded: Fact[] = refunded_cents > 0 ? [[say("refunded_since"), format.money(refunded_cents)]] : [];
    return {
      blocks: [
        donor_name ? say("greeting", { name: donor_name }) : say("greeting_without_name"),
        say("what_happened"),
        facts(
          ...receiptNumber(receipt_number, around),
          ...receivedFrom(received_from, around),
          [common("date"), format.day(paid_at)],
          [common("donation"), format.money(amount_cents)],
          howPaid(payment_method, around),
          ...refunded,
        ),
        ...acknowledgementOf(amount_cents - refunded_cents, organisation),
        ...(message ? [say("your_message"), { kind: "quote" as const, text: message }] : []),
        say("statement"),
      ],
    };
  },
});
