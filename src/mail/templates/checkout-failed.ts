import * as z from "zod";
import { links } from "../../http/links.ts";
import { formatCents } from "../../money.ts";
import { button, facts, paragraph, template } from "../letter.ts";
import { WHAT } from "../sums.ts";

/** To whoever paid by bank account, and the bank said no days later. Cents. */
export const checkout_failed = template({
  data: z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) }),
  compose: ({ name, amount_cents, what }, { settings, branding }) => ({
    subject: `About your checkout at ${branding.name}`,
    blocks: [
      paragraph(name ? `Dear ${name},` : "Hello,"),
      paragraph("Your bank did not make the payment that you began. Nothing was taken."),
      facts(["To", branding.name], ["Amount", formatCents(amount_cents, settings.CURRENCY)], ["For", WHAT[what]]),
      ...(what === "dues"
        ? [
            paragraph("Sign in to pay again, from another account or with a card."),
            ...button("Choose and pay", links.plans(settings)),
          ]
        : [paragraph("If you would still like to give, start again where you began, with another account or a card.")]),
    ],
  }),
});
