import * as z from "zod";
import { PaymentMethod } from "../../ledger/payment-method.ts";
import { formatCents } from "../../money.ts";
import { day, facts, paragraph, quote, template } from "../letter.ts";
import { howPaid } from "../sums.ts";

/** What went back of it, as a fact. */
const givenBack = (cents: number, currency: string): [string, string][] =>
  cents > 0 ? [["Given back since", formatCents(cents, currency)]] : [];

/** To whoever gave, a member or not: thank you, and a receipt to keep. Cents. */
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
      paragraph(donor_name ? `Dear ${donor_name},` : "Hello,"),
      paragraph("Thank you for your donation. You make what we do possible. This is your receipt."),
      facts(
        ["Received by", branding.name],
        ["Date", day(paid_at)],
        ["Donation", formatCents(amount_cents, settings.CURRENCY)],
        howPaid(payment_method),
        ...givenBack(refunded_cents, settings.CURRENCY),
      ),
      ...(message ? [paragraph("You wrote to us:"), quote(message)] : []),
      paragraph("If you gave while you were signed in, your statement of the year shows it too."),
    ],
  }),
});
