import { and, eq, sql } from "drizzle-orm";
import { effect, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { isUsed, lockPlan } from "./rules.ts";
import type { PlanRemoval } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

/**
 * Deletes a plan; one that was ever subscribed to is archived instead, and what runs on it goes on. Answers which. 404
 * without such a plan, 409 when it is archived already.
 */
export async function removePlan(ctx: SignedInContext, id: string): Promise<PlanRemoval> {
  const itself = eq(subscription_plans.id, id);
  const [removal] = await ctx.transact(
    ...lockPlan(id),
    effect(query.delete(subscription_plans).where(and(itself, sql`not ${isUsed(id)}`))),
    effect(query.update(subscription_plans).set({ archived_at: sql`now()` }).where(itself)),
    one(
      query.execute<{ archived: boolean }>(
        sql`select exists (select from ${subscription_plans} where ${itself}) as archived`,
      ),
    ),
  );
  return removal;
}
