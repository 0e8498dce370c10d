import * as z from "zod";
import { formatCents } from "../../money/format.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { day, facts, quote, template } from "../letter.ts";
import { howPaid } from "../sums.ts";

/** What was refunded since, as a fact. */
const refunded = (cents: number, currency: string): [string, string][] =>
  cents > 0 ? [["Refunded since", formatCents(cents, currency)]] : [];

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
    { settings, branding },
  ) => ({
    subject: `Your receipt from ${branding.name}`,
    blocks: [
      donor_name ? `Dear ${donor_name},` : "Hello,",
      "Thank you for your donation. You make our work possible. This is your receipt.",
      facts(
        ["Received by", branding.name],
        ["Date", day(paid_at)],
        ["Donation", formatCents(amount_cents, settings.CURRENCY)],
        howPaid(payment_method),
        ...refunded(refunded_cents, settings.CURRENCY),
      ),
      ...(message ? ["Your message:", quote(message)] : []),
      "Donations in a member's account also appear in their giving statement for the year.",
    ],
  }),
});
