import * as z from "zod";
import { facts, template } from "../letter.ts";
import { Reversed, reversed } from "../sums.ts";

/** To holders of `donations.refund`: a refund failed. Names nobody. Cents. */
export const refund_undelivered = template({
  data: Reversed.extend({
    /** Whether the payer was told that it failed. */
    told: z.boolean().default(false),
  }),
  compose: ({ told, ...refund }, { settings, branding }) => ({
    subject: `${branding.name}: a refund failed`,
    blocks: [
      "Hello,",
      told
        ? "A refund failed, and the money is back in our account. We told the payer that we will be in touch."
        : "A refund failed, and the money is back in our account. The payer has not heard about this from us.",
      facts(...reversed(refund, settings.CURRENCY)),
      "You can find the refund under its payment in Stripe's dashboard. Please pay the money back in another way.",
    ],
  }),
});
