import * as z from "zod";
import { facts, template } from "../letter.ts";
import { atStripe, PAYMENT_KIND } from "../sums.ts";

/** To volunteers who can look into or refund a payment that matches no membership or donation. Names nobody. */
export const payment_unplaced = template({
  data: z.object({
    payment_kind: z.enum(["dues", "donation"]),
    /** Stripe's id of the payment, or of the subscription that it belongs to. */
    stripe_id: z.string(),
    reason: z.string(),
  }),
  compose: ({ payment_kind, stripe_id, reason }, { branding }) => ({
    subject: `${branding.name}: money needs your attention`,
    blocks: [
      "Hello,",
      "We received a payment, but could not match it to a membership or a donation. The money is in our account.",
      facts(["Paid for", PAYMENT_KIND[payment_kind]], atStripe(stripe_id), ["Problem", reason]),
      "You can find it in the list of parked events. Once the problem is fixed, replay the event. If it is no longer parked, somebody has already taken care of it. If you cannot fix the problem, please refund the payment in Stripe's dashboard.",
    ],
  }),
});
