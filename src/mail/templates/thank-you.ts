import * as z from "zod";
import { formatCents } from "../../money.ts";
import { day, facts, paragraph, template } from "../letter.ts";

/** To whoever paid: thank you, with dues and donation apart. Cents. */
export const thank_you = template({
  data: z.object({
    first_name: z.string(),
    base_subscription_cents: z.int(),
    donation_cents: z.int(),
    current_term_end: z.string().nullable(),
  }),
  compose: ({ first_name, base_subscription_cents, donation_cents, current_term_end }, { settings, branding }) => {
    const money = (cents: number) => formatCents(cents, settings.CURRENCY);
    const rows: [string, string][] = [["Dues", money(base_subscription_cents)]];
    if (donation_cents > 0)
      rows.push(["Donation", money(donation_cents)], ["Total", money(base_subscription_cents + donation_cents)]);
    if (current_term_end) rows.push(["Paid until", day(current_term_end)]);
    return {
      subject: `Thank you from ${branding.name}`,
      blocks: [
        paragraph(`Dear ${first_name},`),
        paragraph(
          donation_cents > 0
            ? "Thank you for your dues, and for giving more than you had to. Your membership is active."
            : "Thank you for your dues. Your membership is active.",
        ),
        facts(...rows),
        paragraph("You make what we do possible."),
      ],
    };
  },
});
