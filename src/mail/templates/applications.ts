import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { button, type Fact, facts, quote, template } from "../letter.ts";

/**
 * Asks someone who registered to confirm their address. Repeats nothing that was typed, not even a name: anybody can
 * have it sent to anybody.
 */
export const verification = template({
  data: z.object({}),
  link: "verify_email",
  compose: (_, { settings, organisation, token }) => ({
    subject: `Confirm your email address for ${organisation.name}`,
    blocks: [
      "Hello,",
      `Someone, hopefully you, applied to ${organisation.name} with this email address. Please confirm the address only if that was you.`,
      ...button("Confirm my address", token && links.verifyEmail(settings, token)),
      `The link works for ${linkLifetimeInWords("verify_email")}. If this was not you, you can ignore this email, or open the link to tell us.`,
    ],
  }),
});

/**
 * To whoever confirmed an address that waited under more than one password. Repeats nothing that was typed: a stranger
 * may have typed it.
 */
export const password_needed = template({
  data: z.object({}),
  link: "reset_password",
  compose: (_, { settings, organisation, token }) => ({
    subject: `Choose a password for ${organisation.name}`,
    blocks: [
      "Hello,",
      "Your email address is confirmed. It was used to apply more than once, and we cannot tell which password is yours. So none of them works: please choose a new one.",
      ...button("Choose a password", token && links.resetPassword(settings, token)),
      `The link works once, for ${linkLifetimeInWords("reset_password")}. If you need another, open the link in our first email again.`,
    ],
  }),
});

/**
 * To the owner of an address that someone tried to use for another account. The API must not reveal who has an account,
 * so only this mail says so.
 */
export const already_registered = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `Your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, perhaps you, just tried to use this email address for an account, or asked to confirm it again. You already have an account with this address, so we changed nothing. Please sign in to the account you have. If you do not know its password, ask for a new one there.",
      ...button("Sign in", links.signIn(settings)),
      "If this was not you, you can ignore this email. We did not tell anyone that you have an account.",
    ],
  }),
});

/** Tells an applicant that they were approved. */
export const approval = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { organisation }) => ({
    subject: `Welcome to ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `Good news: your application to ${organisation.name} was approved. We are glad to have you.`,
      "One step is left: paying your dues. We are sending you another email about that.",
    ],
  }),
});

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

const priceOf = (plan: PromptedPlan, currency: string): Fact => [
  plan.name,
  `${formatCents(plan.price_cents, currency)} ${periodOf(plan)}`.trim(),
];

/** Shows an approved applicant the plans, and where to pay. */
export const payment_prompt = template({
  data: z.object({ first_name: z.string(), plans: z.array(PromptedPlan) }),
  compose: ({ first_name, plans }, { settings, organisation }) => ({
    subject: `Your ${organisation.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership begins when you pay your dues. Sign in to choose a plan.",
      ...(plans.length > 0 ? [facts(...plans.map((plan) => priceOf(plan, settings.CURRENCY)))] : []),
      ...button("Choose and pay", links.plans(settings)),
      "You can add a donation when you pay. If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});

/** Tells an applicant that they were rejected, and why. */
export const rejection = template({
  data: z.object({ first_name: z.string(), reason: z.string() }),
  compose: ({ first_name, reason }, { organisation }) => ({
    subject: `About your application to ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Thank you for your application. We are sorry, but we cannot accept it. Here is why:",
      quote(reason),
      "If you think we got something wrong, please reply to this email.",
    ],
  }),
});

/** Tells somebody who was rejected that volunteers are looking at their application again. */
export const reconsidered = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { organisation }) => ({
    subject: `About your application to ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `We are looking at your application to ${organisation.name} again. You do not need to do anything. We will email you when we have decided.`,
    ],
  }),
});
