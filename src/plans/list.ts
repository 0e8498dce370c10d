import { and, isNull, sql } from "drizzle-orm";
import type * as z from "zod";
import { many, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { after, by, type Order, type Paging, toPage } from "../http/pagination.ts";
import type { Plan, PlanPage } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

const inPosition: Order<Pick<Plan, "id" | "position">> = {
  name: "position",
  descending: false,
  keys: [
    { expression: sql`${subscription_plans.position}`, type: "integer", of: (plan) => String(plan.position) },
    { expression: sql`${subscription_plans.id}`, type: "uuid", of: (plan) => plan.id },
  ],
};

/** The plans on offer, in the order that the organisation gave them. */
export async function listPlans(ctx: Context, { limit, cursor }: z.infer<typeof Paging>): Promise<PlanPage> {
  const [rows] = await ctx.transact(
    many(
      query
        .select({
          id: subscription_plans.id,
          name: subscription_plans.name,
          description: subscription_plans.description,
          price_cents: subscription_plans.price_cents,
          minimum_price_cents: subscription_plans.minimum_price_cents,
          suggested_price_cents: subscription_plans.suggested_price_cents,
          billing_cycle: subscription_plans.billing_cycle,
          donation_allowed: subscription_plans.donation_allowed,
          position: subscription_plans.position,
        })
        .from(subscription_plans)
        .where(and(subscription_plans.active, isNull(subscription_plans.archived_at), after(inPosition, cursor)))
        .orderBy(...by(inPosition))
        .limit(limit + 1),
    ),
  );
  const { items, next_cursor } = toPage(inPosition, rows, limit);
  return { items: items.map((plan) => ({ ...plan, currency: ctx.settings.CURRENCY })), next_cursor };
}
