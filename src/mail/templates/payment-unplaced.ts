import * as z from "zod";
import { facts, paragraph, template } from "../letter.ts";
import { atStripe, PAYMENT_KIND } from "../sums.ts";

/** To those who may look at it or refund it: money came in that is nobody's membership or donation. Names nobody. */
export const payment_unplaced = template({
  data: z.object({
    payment_kind: z.enum(["dues", "donation"]),
    /** Stripe's id of the payment, or of the subscription that it belongs to. */
    stripe_id: z.string(),
    reason: z.string(),
  }),
  compose: ({ payment_kind, stripe_id, reason }, { branding }) => ({
    subject: `${branding.name}: money needs a look`,
    blocks: [
      paragraph("Hello,"),
      paragraph("A payment came in that could not be put where it belongs. The money is on our account."),
      facts(["Paid for", PAYMENT_KIND[payment_kind]], atStripe(stripe_id), ["What is wrong", reason]),
      paragraph(
        "Its events are among the parked ones, and can be applied again once that is mended. Where none is parked any more, it has been settled since. Else please give the money back in Stripe's dashboard.",
      ),
    ],
  }),
});
