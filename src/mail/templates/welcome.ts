import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { type Block, facts, type Surroundings, signInButton, template } from "../letter.ts";
import { PLAN_WORDS, priceOf } from "../plan-words.ts";

const PromptedPlan = z.object({
  name: z.string(),
  price_cents: z.int(),
  billing_cycle: z.string(),
  /** Only for the custom cycle: the last day of each term. */
  term_end_month: z.int().nullish(),
  term_end_day: z.int().nullish(),
});
export type PromptedPlan = z.infer<typeof PromptedPlan>;

const PLANS = {
  ...PLAN_WORDS,
  choose: "Please choose the plan that suits you. You can add a donation when you pay.",
  button: "Choose and pay",
  too_much: "If the dues are too much for you, please talk to us. We will work something out.",
} as const;

const SAMPLE_PLANS = [
  { name: "Regular", price_cents: 6000, billing_cycle: "yearly" },
  { name: "Small", price_cents: 550, billing_cycle: "monthly" },
  { name: "For life", price_cents: 100_000, billing_cycle: "lifetime", term_end_month: null, term_end_day: null },
  { name: "Season", price_cents: 4000, billing_cycle: "custom", term_end_month: 2, term_end_day: 28 },
];

type Around = Surroundings<typeof PLANS>;

/** The plans, and where to choose one. No table when there are none. */
const plansAndPayment = (plans: PromptedPlan[], around: Around): Block[] => [
  around.say("choose"),
  ...(plans.length > 0 ? [facts(...plans.map((plan) => priceOf(plan, around)))] : []),
  ...signInButton(around.say("button"), links.membership(around.settings, around.token), around.common),
  around.say("too_much"),
];

/** Welcomes an applicant who was approved, and shows the plans and where to pay. */
export const approval = template({
  // Mails from before this one showed the plans may still be waiting.
  data: z.object({ first_name: z.string(), plans: z.array(PromptedPlan).default([]) }),
  link: "pay",
  words: {
    subject: "Welcome to {organization}",
    preheader: "Good news, and one last step.",
    greeting: "Hi {first_name},",
    what_happened: "Good news: your application to {organization} was approved. We are glad to have you!",
    one_step: "One step is left: your membership begins when you pay your dues.",
    ...PLANS,
  },
  sample: { first_name: "Robin", plans: SAMPLE_PLANS },
  compose: ({ plans }, around) => ({
    blocks: [
      around.say("greeting"),
      around.say("what_happened"),
      around.say("one_step"),
      ...plansAndPayment(plans, around),
    ],
  }),
});

/** Shows somebody who may pay dues again the plans, and where to pay. */
export const payment_prompt = template({
  data: z.object({ first_name: z.string(), plans: z.array(PromptedPlan) }),
  link: "pay",
  words: {
    subject: "Your {organization} dues",
    preheader: "Here is how to pay them.",
    greeting: "Hi {first_name},",
    what_happened: "Your membership begins when you pay your dues.",
    ...PLANS,
  },
  sample: { first_name: "Robin", plans: SAMPLE_PLANS },
  compose: ({ plans }, around) => ({
    blocks: [around.say("greeting"), around.say("what_happened"), ...plansAndPayment(plans, around)],
  }),
});
