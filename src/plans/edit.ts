import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { isUsed, lockPlan, nameTaken, selectPlan } from "./rules.ts";
import type { ManagedPlan, PlanDetails } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

/**
 * Changes a plan. What members subscribed to stays as it was then, its price too. 404 without such a plan. 409 when it is
 * archived, when another has the name, and when its billing cycle would change although it was subscribed to.
 */
export async function editPlan(ctx: SignedInContext, id: string, details: PlanDetails): Promise<ManagedPlan> {
  const itself = eq(subscription_plans.id, id);
  const another = and(
    ne(subscription_plans.id, id),
    isNull(subscription_plans.archived_at),
    sql`lower(${subscription_plans.name}) = lower(${details.name})`,
  );
  const [plan] = await ctx.transact(
    ...lockPlan(id),
    guard(sql`not exists (select from ${subscription_plans} where ${another})`, ...nameTaken(details.name)),
    guard(
      sql`exists (select from ${subscription_plans} where ${and(itself, or(eq(subscription_plans.billing_cycle, details.billing_cycle), sql`not ${isUsed(id)}`))})`,
      409,
      "plan_in_use",
      "This plan was subscribed to, so its billing cycle stays. Please make another plan.",
    ),
    effect(query.update(subscription_plans).set(details).where(itself)),
    selectPlan(id),
  );
  return { ...plan, currency: ctx.settings.CURRENCY };
}
