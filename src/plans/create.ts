import { eq, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { nameTaken, selectPlan } from "./rules.ts";
import type { ManagedPlan, NewPlan } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

/** Makes a plan; without a minimum its price is fixed. 409 when another that is not archived has the name, in any case. */
export async function createPlan(ctx: SignedInContext, details: NewPlan): Promise<ManagedPlan> {
  const id = crypto.randomUUID();
  const { minimum_price_cents = details.price_cents } = details;
  const [plan] = await ctx.transact(
    // Of two at once the second waits here, and is refused in the next statement.
    effect(
      query
        .insert(subscription_plans)
        .values({ ...details, id, minimum_price_cents })
        .onConflictDoNothing(),
    ),
    guard(
      sql`exists (select from ${subscription_plans} where ${eq(subscription_plans.id, id)})`,
      ...nameTaken(details.name),
    ),
    selectPlan(id),
  );
  return { ...plan, currency: ctx.settings.CURRENCY };
}
