import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { button, facts, template } from "../letter.ts";
import { PAID_FOR } from "../sums.ts";

/** To somebody who paid from a bank account, after the bank refused days later. Cents. */
export const checkout_failed = template({
  data: z.object({ name: z.string().nullable(), amount_cents: z.int(), what: z.enum(["dues", "donation"]) }),
  compose: ({ name, amount_cents, what }, { settings, branding }) => ({
    subject: `About your checkout at ${branding.name}`,
    blocks: [
      name ? `Dear ${name},` : "Hello,",
      "Your bank did not complete the payment that you started. Nothing was taken from your account.",
      facts(["To", branding.name], ["Amount", formatCents(amount_cents, settings.CURRENCY)], ["For", PAID_FOR[what]]),
      ...(what === "dues"
        ? [
            "Sign in to pay again, from another bank account or with a card.",
            ...button("Choose and pay", links.plans(settings)),
          ]
        : ["If you would still like to give, please start again, with another bank account or a card."]),
    ],
  }),
});
