import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { button, facts, template } from "../letter.ts";

const CYCLES: Record<string, string> = {
  monthly: "a month",
  quarterly: "a quarter",
  yearly: "a year",
  lifetime: "once, for life",
};

/** A day of every year. The format is made when it is needed: making it takes a sixth of the Worker's start. */
const dayOfTheYear = (month: number, day: number): string =>
  new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(
    Date.UTC(2001, month - 1, day),
  );

const PromptedPlan = z.object({
  name: z.string(),
  price_cents: z.int(),
  billing_cycle: z.string(),
  /** Only for the custom cycle: the last day of each term. */
  term_end_month: z.int().nullish(),
  term_end_day: z.int().nullish(),
});
export type PromptedPlan = z.infer<typeof PromptedPlan>;

/** What the price covers. */
function periodOf({ billing_cycle, term_end_month, term_end_day }: PromptedPlan): string {
  if (term_end_month && term_end_day) return `until ${dayOfTheYear(term_end_month, term_end_day)}`;
  return CYCLES[billing_cycle] ?? "";
}

const priceOf = (plan: PromptedPlan, currency: string): [string, string] => [
  plan.name,
  `${formatCents(plan.price_cents, currency)} ${periodOf(plan)}`.trim(),
];

/** Shows an approved applicant the plans, and where to pay. */
export const payment_prompt = template({
  data: z.object({ first_name: z.string(), plans: z.array(PromptedPlan) }),
  compose: ({ first_name, plans }, { settings, branding }) => ({
    subject: `Your ${branding.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership begins when you pay your first dues. Sign in to choose a plan.",
      ...(plans.length > 0 ? [facts(...plans.map((plan) => priceOf(plan, settings.CURRENCY)))] : []),
      ...button("Choose and pay", links.plans(settings)),
      "You can add a donation when you pay. If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
