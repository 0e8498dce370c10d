import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { subscription_plans } from "../tables/plans.ts";
import { lockPlan, planIsUsed } from "./rules.ts";
import type { PlanRemoval } from "./schemas.ts";

/**
 * Deletes a plan. If anybody ever subscribed to it, archives it instead, and its subscriptions continue. Returns which
 * of the two it did. 404 without such a plan, 409 when it is already archived.
 */
export async function deletePlan(ctx: SignedInContext, id: string): Promise<PlanRemoval> {
  const this_plan = eq(subscription_plans.id, id);
  return ctx.transact((t) => {
    lockPlan(t, id);
    t.effect(query.delete(subscription_plans).where(and(this_plan, sql`not ${planIsUsed(id)}`)));
    t.effect(query.update(subscription_plans).set({ archived_at: sql`now()` }).where(this_plan));
    return t.one(
      query.execute<{ archived: boolean }>(
        sql`select exists (select from ${subscription_plans} where ${this_plan}) as archived`,
      ),
    );
  });
}
