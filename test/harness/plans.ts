import { randomUUID } from "node:crypto";
import { beginningOf } from "./days.ts";
import { DAY } from "./payments.ts";
import { insert } from "./platform.ts";

/** Creates a plan. Returns its id. */
export async function plan(columns: Record<string, unknown> = {}): Promise<string> {
  const { id } = await insert("subscription_plans", {
    name: `Plan ${randomUUID()}`,
    price_cents: 6000,
    billing_cycle: "yearly",
    ...columns,
  });
  return id;
}

/** A plan that is paid once, for a term that ends on June 30. */
export const CUSTOM = { billing_cycle: "custom", term_end_month: 6, term_end_day: 30 };

/** The end of the next such day that is more than 24 hours after `after`. */
export function endOfNext(month: number, day: number, after: Date): Date {
  const year = after.getUTCFullYear();
  const ends = [year - 1, year, year + 1].map((each) =>
    beginningOf(new Date(Date.UTC(each, month - 1, day + 1)).toISOString().slice(0, 10)),
  );
  return ends.find((end) => end.getTime() > after.getTime() + DAY) ?? new Date(0);
}

/** A volunteer's request to create or change a plan. */
export const planDetails = (more: Record<string, unknown> = {}) => ({
  name: `Plan ${randomUUID()}`,
  description: "For most of us.",
  price_cents: 6000,
  minimum_price_cents: 3000,
  suggested_price_cents: 7500,
  billing_cycle: "custom",
  term_end_month: 6,
  term_end_day: 30,
  rollover_days: 0,
  donation_allowed: true,
  active: true,
  position: 1,
  ...more,
});
