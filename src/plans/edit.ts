import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { subscription_plans } from "../tables/plans.ts";
import { lockPlan, planIsUsed, planNameTaken, requireChargeablePrices, selectPlan } from "./rules.ts";
import type { ManagedPlan, PlanDetails } from "./schemas.ts";

/**
 * Edits a plan. Existing subscriptions keep their price and terms. 400 for a price too small to charge, 404 without such
 * a plan. 409 when the plan is archived, when another plan has the name, or when the billing cycle would change although
 * somebody has subscribed.
 */
export async function editPlan(ctx: SignedInContext, id: string, details: PlanDetails): Promise<ManagedPlan> {
  const currency = ctx.settings.CURRENCY;
  requireChargeablePrices(details, currency);
  const this_plan = eq(subscription_plans.id, id);
  const namesake = and(
    ne(subscription_plans.id, id),
    isNull(subscription_plans.archived_at),
    sql`lower(${subscription_plans.name}) = lower(${details.name})`,
  );
  const cycle_may_be_set = or(eq(subscription_plans.billing_cycle, details.billing_cycle), sql`not ${planIsUsed(id)}`);
  const plan = await ctx.transact((t) => {
    lockPlan(t, id);
    t.guard(sql`not exists (select from ${subscription_plans} where ${namesake})`, ...planNameTaken(details.name));
    t.guard(
      sql`exists (select from ${subscription_plans} where ${and(this_plan, cycle_may_be_set)})`,
      409,
      "plan_in_use",
      "Somebody has subscribed to this plan, so its billing cycle cannot change. Create another plan instead.",
    );
    t.effect(query.update(subscription_plans).set(details).where(this_plan));
    return t.one(selectPlan(id));
  });
  return { ...plan, currency };
}
