import * as z from "zod";
import { PaymentMethod } from "../../money/payment-method.ts";
import { day, facts, template } from "../letter.ts";
import { howPaid, sums, until } from "../sums.ts";

/** To a member: a receipt for dues, or for a complimentary term. Amounts are in cents. */
export const payment_receipt = template({
  data: z.object({
    first_name: z.string(),
    base_subscription_cents: z.int(),
    donation_cents: z.int(),
    paid_at: z.string(),
    term_end: z.string().nullable(),
    payment_method: PaymentMethod,
  }),
  compose: (
    { first_name, base_subscription_cents, donation_cents, paid_at, term_end, payment_method },
    { settings, branding },
  ) => ({
    subject: `Your receipt from ${branding.name}`,
    blocks: [
      `Dear ${first_name},`,
      payment_method === "complimentary"
        ? "We are glad to have you with us. Your membership is complimentary, so there is nothing to pay."
        : `Thank you for your dues${donation_cents > 0 ? ", and for the donation on top" : ""}. This is your receipt.`,
      facts(
        [payment_method === "complimentary" ? "From" : "Received by", branding.name],
        ["Date", day(paid_at)],
        ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
        howPaid(payment_method),
        ...until(payment_method === "complimentary" ? "Valid until" : "Paid until", term_end),
      ),
      "You can find a statement of each year in your account.",
    ],
  }),
});
