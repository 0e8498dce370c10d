import * as z from "zod";
import { formatCents } from "../../money.ts";
import { facts, paragraph, template } from "../letter.ts";
import { WHAT } from "../sums.ts";

/** To whoever was told of a refund that did not reach them after all. Cents. */
export const refund_failed = template({
  data: z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) }),
  compose: ({ name, amount_cents, what }, { settings, branding }) => ({
    subject: `About your refund from ${branding.name}`,
    blocks: [
      paragraph(name ? `Dear ${name},` : "Hello,"),
      paragraph("We wrote that we sent money back to you. That did not work: it will not arrive."),
      facts(["From", branding.name], ["Amount", formatCents(amount_cents, settings.CURRENCY)], ["Of", WHAT[what]]),
      paragraph("You need not do anything. We will be in touch and find another way."),
    ],
  }),
});
