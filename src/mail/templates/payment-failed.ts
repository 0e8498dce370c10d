import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { button, facts, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a member whose dues could not be collected. */
export const payment_failed = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), grace_ends_at: z.string() }),
  compose: ({ first_name, amount_cents, grace_ends_at }, { settings, branding }) => ({
    subject: `About your ${branding.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "We could not collect your dues. This can happen when a card has expired, or when the bank declines the payment. Nothing changes for now, and we will usually try again within a few days.",
      facts(["Amount due", formatCents(amount_cents, settings.CURRENCY)], ["Active until", lastDay(grace_ends_at)]),
      "Please sign in and check that your card details are up to date.",
      ...button("Check my card", links.plans(settings)),
      "If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
