import * as z from "zod";
import { links } from "../../http/links.ts";
import { formatCents } from "../../money.ts";
import { button, facts, paragraph, template } from "../letter.ts";

const CYCLES: Record<string, string> = { monthly: "a month", quarterly: "a quarter", yearly: "a year" };

/** To an approved applicant: the plans there are, and where to pay. */
export const payment_prompt = template({
  data: z.object({
    first_name: z.string(),
    plans: z.array(z.object({ name: z.string(), price_cents: z.int(), billing_cycle: z.string() })),
  }),
  compose: ({ first_name, plans }, { settings, branding }) => ({
    subject: `Your ${branding.name} dues`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("Your membership begins as soon as your first dues are paid. Sign in and choose what suits you."),
      ...(plans.length > 0
        ? [
            facts(
              ...plans.map(({ name, price_cents, billing_cycle }): [string, string] => [
                name,
                [formatCents(price_cents, settings.CURRENCY), CYCLES[billing_cycle] ?? ""].join(" ").trim(),
              ]),
            ),
          ]
        : []),
      ...button("Choose and pay", links.plans(settings)),
      paragraph(
        "You can add a donation on top when you pay. If the dues are too much for you, talk to us: we find a way.",
      ),
    ],
  }),
});
