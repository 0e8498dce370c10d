import * as z from "zod";
import { PaymentMethod } from "../../money/payment-method.ts";
import { day, facts, template } from "../letter.ts";
import { howPaid, sums, until } from "../sums.ts";

/** To a new member whose first dues were paid: thanks, and a receipt. Cents. A lifetime has no term end. */
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
    const ifPaid = (...rows: [string, string][]) => (base_subscription_cents + donation_cents > 0 ? rows : []);
    return {
      subject: `Thank you from ${branding.name}`,
      blocks: [
        `Dear ${first_name},`,
        thanksFor(base_subscription_cents, donation_cents),
        current_term_end ? "Your membership is active." : "Your membership is active, and it is yours for life.",
        facts(
          ...ifPaid(["Received by", branding.name], ["Date", day(paid_at)]),
          ...sums(base_subscription_cents, donation_cents, settings.CURRENCY),
          ...ifPaid(howPaid(payment_method)),
          ...until(base_subscription_cents > 0 ? "Paid until" : "Valid until", current_term_end),
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
