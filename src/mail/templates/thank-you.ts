import * as z from "zod";
import { PaymentMethod } from "../../ledger/payment-method.ts";
import { day, facts, paragraph, template } from "../letter.ts";
import { howPaid, sums, until } from "../sums.ts";

/** To a member whose first dues were paid: thank you, and a receipt to keep. Cents; what has no term end is for life. */
export const thank_you = template({
  data: z.object({
    first_name: z.string(),
    base_subscription_cents: z.int(),
    donation_cents: z.int(),
    paid_at: z.string(),
    payment_method: PaymentMethod,
    current_term_end: z.string().nullable(),
  }),
  compose: (
    { first_name, base_subscription_cents, donation_cents, paid_at, payment_method, current_term_end },
    { settings, branding },
  ) => {
    const received = (...rows: [string, string][]) => (base_subscription_cents + donation_cents > 0 ? rows : []);
    return {
      subject: `Thank you from ${branding.name}`,
      blocks: [
        paragraph(`Dear ${first_name},`),
        paragraph(thanks(base_subscription_cents, donation_cents)),
        paragraph(
          current_term_end
            ? "Your membership is active."
            : "Your membership is active, and it does not run out: it is yours for life.",
        ),
        facts(
          ...received(["Received by", branding.name], ["Date", day(paid_at)]),
          ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
          ...received(howPaid(payment_method)),
          ...until(base_subscription_cents > 0 ? "Paid until" : "Valid until", current_term_end),
        ),
        paragraph("Your statement of the year is there for you whenever you sign in."),
        paragraph("You make what we do possible."),
      ],
    };
  },
});

function thanks(base_subscription_cents: number, donation_cents: number): string {
  if (base_subscription_cents === 0)
    return donation_cents > 0
      ? "Thank you for joining us, and for giving something although you had to pay nothing."
      : "Thank you for joining us. There is nothing to pay.";
  return donation_cents > 0
    ? "Thank you for your dues, and for giving more than you had to."
    : "Thank you for your dues.";
}
