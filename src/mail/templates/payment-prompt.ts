import * as z from "zod";
import { links } from "../../http/links.ts";
import { formatCents } from "../../money.ts";
import { button, facts, paragraph, template } from "../letter.ts";

const CYCLES: Record<string, string> = {
  monthly: "a month",
  quarterly: "a quarter",
  yearly: "a year",
  lifetime: "once, for life",
};

const dayOfTheYear = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" });

const PlanOnOffer = z.object({
  name: z.string(),
  price_cents: z.int(),
  billing_cycle: z.string(),
  /** The last day of a term, where the cycle does not say how long it is. */
  term_end_month: z.int().nullish(),
  term_end_day: z.int().nullish(),
});

/** How long the price is for. */
function howLong({ billing_cycle, term_end_month, term_end_day }: z.infer<typeof PlanOnOffer>): string {
  if (term_end_month && term_end_day)
    return `until ${dayOfTheYear.format(Date.UTC(2001, term_end_month - 1, term_end_day))}`;
  return CYCLES[billing_cycle] ?? "";
}

/** To an approved applicant: the plans there are, and where to pay. */
export const payment_prompt = template({
  data: z.object({
    first_name: z.string(),
    plans: z.array(PlanOnOffer),
  }),
  compose: ({ first_name, plans }, { settings, branding }) => ({
    subject: `Your ${branding.name} dues`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("Your membership begins as soon as your first dues are paid. Sign in and choose what suits you."),
      ...(plans.length > 0
        ? [
            facts(
              ...plans.map((plan): [string, string] => [
                plan.name,
                `${formatCents(plan.price_cents, settings.CURRENCY)} ${howLong(plan)}`.trim(),
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
