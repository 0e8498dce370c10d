import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, day, facts, template } from "../letter.ts";
import { sums } from "../sums.ts";

/** To a member whose dues will be collected automatically soon. Cents. */
export const renewal_reminder = template({
  data: z.object({
    first_name: z.string(),
    base_subscription_cents: z.int(),
    donation_cents: z.int(),
    renews_at: z.string(),
  }),
  compose: ({ first_name, base_subscription_cents, donation_cents, renews_at }, { settings, branding }) => ({
    subject: `Your ${branding.name} dues are coming up`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership renews soon. You do not need to do anything: we collect your dues as before.",
      facts(["Renews on", day(renews_at)], ...sums(base_subscription_cents, donation_cents, settings.CURRENCY)),
      "If you want to cancel or use another card, please sign in before that day.",
      ...button("See my membership", links.plans(settings)),
      "If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
