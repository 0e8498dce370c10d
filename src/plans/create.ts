import { eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { subscription_plans } from "../tables/plans.ts";
import { planNameTaken, requireChargeablePrices, selectPlan } from "./rules.ts";
import type { ManagedPlan, NewPlan } from "./schemas.ts";

/**
 * Creates a plan. Without a minimum price, the price is fixed. 400 for a price too small to charge, 409 when a plan that
 * is not archived has the name, in upper or lower case.
 */
export async function createPlan(ctx: SignedInContext, details: NewPlan): Promise<ManagedPlan> {
  const currency = ctx.settings.CURRENCY;
  requireChargeablePrices(details, currency);
  const id = crypto.randomUUID();
  const { minimum_price_cents = details.price_cents } = details;
  const plan = await ctx.transact((t) => {
    // Of two at once, the second waits here, inserts nothing, and fails the guard.
    t.effect(
      query
        .insert(subscription_plans)
        .values({ ...details, id, minimum_price_cents })
        .onConflictDoNothing(),
    );
    t.guard(
      sql`exists (select from ${subscription_plans} where ${eq(subscription_plans.id, id)})`,
      ...planNameTaken(details.name),
    );
    return t.one(selectPlan(id));
  });
  return { ...plan, currency };
}
