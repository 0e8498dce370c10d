import * as z from "zod";
import { formatCents } from "../../money.ts";
import { day, facts, paragraph, template } from "../letter.ts";
import { WHAT } from "../sums.ts";

/** To whoever paid: money is on its way back to them. Cents. */
export const refund_notice = template({
  data: z.object({
    name: z.string().nullable(),
    amount_cents: z.int(),
    refunded_at: z.string(),
    what: z.enum(["dues", "donation"]),
  }),
  compose: ({ name, amount_cents, refunded_at, what }, { settings, branding }) => ({
    subject: `Your refund from ${branding.name}`,
    blocks: [
      paragraph(name ? `Dear ${name},` : "Hello,"),
      paragraph("We sent money back to you."),
      facts(
        ["From", branding.name],
        ["Date", day(refunded_at)],
        ["Refunded", formatCents(amount_cents, settings.CURRENCY)],
        ["Of", WHAT[what]],
      ),
      paragraph("It goes back the way it came. Banks usually take 5 to 10 working days to show it."),
    ],
  }),
});
