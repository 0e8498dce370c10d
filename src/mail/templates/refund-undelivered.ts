import * as z from "zod";
import { formatCents } from "../../money.ts";
import { facts, paragraph, template } from "../letter.ts";
import { atStripe, PAYMENT_KIND } from "../sums.ts";

/** To those who may refund: somebody did not get their money back. Names nobody. Cents. */
export const refund_undelivered = template({
  data: z.object({
    amount_cents: z.int(),
    payment_kind: z.enum(["dues", "donation"]),
    stripe_id: z.string().optional(),
    /** Whether whoever paid was written to about it. */
    told: z.boolean().default(false),
  }),
  compose: ({ amount_cents, payment_kind, stripe_id, told }, { settings, branding }) => ({
    subject: `${branding.name}: a refund did not arrive`,
    blocks: [
      paragraph("Hello,"),
      paragraph(
        told
          ? "A refund failed. The money is on our account, and whoever paid was told that we will be in touch."
          : "A refund failed. The money is on our account. Whoever paid has not heard of this from us.",
      ),
      facts(
        ["Amount", formatCents(amount_cents, settings.CURRENCY)],
        ["Paid for", PAYMENT_KIND[payment_kind]],
        ...atStripe(stripe_id),
      ),
      paragraph("It is found in Stripe's dashboard, with the payment. Please find another way to give the money back."),
    ],
  }),
});
