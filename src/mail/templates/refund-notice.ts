import * as z from "zod";
import { formatCents } from "../../money/format.ts";
import { day, facts, template } from "../letter.ts";
import { PAID_FOR } from "../sums.ts";

/** To the payer: a refund is on its way. Cents. */
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
      name ? `Dear ${name},` : "Hello,",
      "We sent you a refund.",
      facts(
        ["From", branding.name],
        ["Date", day(refunded_at)],
        ["Refunded", formatCents(amount_cents, settings.CURRENCY)],
        ["For", PAID_FOR[what]],
      ),
      "It goes to the card or account that you paid with. Banks usually take 5 to 10 business days to show it.",
    ],
  }),
});
