import type { Fact, Surroundings } from "./letter.ts";

/** What somebody may choose and pay. */
export interface PricedPlan {
  name: string;
  price_cents: number;
  billing_cycle: string;
  /** Only for the custom cycle: the last day of each term. */
  term_end_month?: number | null | undefined;
  term_end_day?: number | null | undefined;
}

/** What plans cost, in the words of mails and pages. */
export const PLAN_WORDS = {
  monthly: "{price} a month",
  quarterly: "{price} a quarter",
  yearly: "{price} a year",
  lifetime: "{price} once, for life",
  until: "{price} until {day}",
  other: "{price}",
  free: "Free",
  free_until: "Free until {day}",
} as const;

type Around = Pick<Surroundings<typeof PLAN_WORDS>, "say" | "format">;

/** What a plan costs, and for how long. */
export function priceOf(plan: PricedPlan, { say, format }: Around): Fact {
  const { name, price_cents, billing_cycle, term_end_month, term_end_day } = plan;
  const price = format.money(price_cents);
  const is_free = price_cents === 0;
  if (term_end_month && term_end_day) {
    const day = format.dayOfTheYear(term_end_month, term_end_day);
    return [name, is_free ? say("free_until", { day }) : say("until", { price, day })];
  }
  if (is_free) return [name, say("free")];
  switch (billing_cycle) {
    case "monthly":
    case "quarterly":
    case "yearly":
    case "lifetime":
      return [name, say(billing_cycle, { price })];
    default:
      return [name, say("other", { price })];
  }
}
