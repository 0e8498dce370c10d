import { and, sql } from "drizzle-orm";
import { many, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { after, by, type Order, type Paging, toPage } from "../http/pagination.ts";
import { isOnOffer } from "./on-offer.ts";
import { type Plan, type PlanPage, planColumns } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

/** The order that the organisation gave its plans. */
export const IN_POSITION: Order<Pick<Plan, "id" | "position">> = {
  name: "position",
  descending: false,
  keys: [
    { expression: sql`${subscription_plans.position}`, type: "integer", of: (plan) => String(plan.position) },
    { expression: sql`${subscription_plans.id}`, type: "uuid", of: (plan) => plan.id },
  ],
};

/** The plans on offer, in the order that the organisation gave them. */
export async function listPlans(ctx: Context, { limit, cursor }: Paging): Promise<PlanPage> {
  const [rows] = await ctx.transact(
    many(
      query
        .select(planColumns)
        .from(subscription_plans)
        .where(and(isOnOffer, after(IN_POSITION, cursor)))
        .orderBy(...by(IN_POSITION))
        .limit(limit + 1),
    ),
  );
  const { items, next_cursor } = toPage(IN_POSITION, rows, limit);
  return { items: items.map((plan) => ({ ...plan, currency: ctx.settings.CURRENCY })), next_cursor };
}
