import * as z from "zod";
import { formatCents } from "../../money/format.ts";
import { facts, template } from "../letter.ts";
import { PAID_FOR } from "../sums.ts";

/** To the payer who was told about a refund that then failed. Cents. */
export const refund_failed = template({
  data: z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) }),
  compose: ({ name, amount_cents, what }, { settings, branding }) => ({
    subject: `About your refund from ${branding.name}`,
    blocks: [
      name ? `Dear ${name},` : "Hello,",
      "We told you that a refund was on its way. It failed, so it will not arrive.",
      facts(["From", branding.name], ["Amount", formatCents(amount_cents, settings.CURRENCY)], ["For", PAID_FOR[what]]),
      "You do not have to do anything. We will be in touch about another way to pay you back.",
    ],
  }),
});
