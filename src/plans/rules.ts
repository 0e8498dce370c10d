import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { invalidInput } from "../http/errors.ts";
import { formatCents } from "../money/format.ts";
import { leastCents } from "../stripe/amounts.ts";
import { subscription_plans } from "../tables/plans.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { managedPlanColumns, type NewPlan } from "./schemas.ts";

export const selectPlan = (id: string) =>
  query.select(managedPlanColumns).from(subscription_plans).where(eq(subscription_plans.id, id));

/** Locks a plan: others who edit it or subscribe to it wait. 404 if there is no such plan, 409 if it is archived. */
export function lockPlan(t: Plan, id: string): void {
  t.guard(
    sql`(select ${subscription_plans.id} from ${subscription_plans} where ${eq(subscription_plans.id, id)} for update) is not null`,
    404,
    "plan_not_found",
    "There is no such plan.",
  );
  t.guard(
    sql`exists (select from ${subscription_plans} where ${and(eq(subscription_plans.id, id), isNull(subscription_plans.archived_at))})`,
    409,
    "plan_archived",
    "This plan is archived and cannot change.",
  );
}

/** Whether anybody ever subscribed to the plan, or began to. */
export const planIsUsed = (id: string): SQL =>
  sql`exists (select from ${subscriptions} where ${eq(subscriptions.plan_id, id)})`;

/** How we refuse a name that another plan has. */
export const planNameTaken = (name: string) =>
  [409, "plan_exists", `A plan called "${name}" already exists. Choose another name.`] as const;

type Prices = Pick<NewPlan, "price_cents" | "minimum_price_cents" | "suggested_price_cents">;

/**
 * 400 if a price is below the least that Stripe charges in this currency. 0 is allowed: there is nothing to charge.
 */
export function requireChargeablePrices(
  { price_cents, minimum_price_cents, suggested_price_cents }: Prices,
  currency: string,
): void {
  const least = leastCents(currency);
  const message = `must be 0 or at least ${least} (${formatCents(least, currency)}), the least that people can pay online`;
  const errors = Object.entries({ price_cents, minimum_price_cents, suggested_price_cents })
    .filter(([, cents]) => cents && cents < least)
    .map(([path]) => ({ path, message }));
  if (errors.length > 0) throw invalidInput(errors);
}
