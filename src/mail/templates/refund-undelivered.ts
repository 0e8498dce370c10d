import * as z from "zod";
import { facts, paragraph, template } from "../letter.ts";
import { Reversed, reversed } from "../sums.ts";

/** To those who may refund: somebody did not get their money back. Names nobody. Cents. */
export const refund_undelivered = template({
  data: Reversed.extend({
    /** Whether whoever paid was written to about it. */
    told: z.boolean().default(false),
  }),
  compose: ({ told, ...refund }, { settings, branding }) => ({
    subject: `${branding.name}: a refund did not arrive`,
    blocks: [
      paragraph("Hello,"),
      paragraph(
        told
          ? "A refund failed. The money is on our account, and whoever paid was told that we will be in touch."
          : "A refund failed. The money is on our account. Whoever paid has not heard of this from us.",
      ),
      facts(...reversed(refund, settings.CURRENCY)),
      paragraph("It is found in Stripe's dashboard, with the payment. Please find another way to give the money back."),
    ],
  }),
});
