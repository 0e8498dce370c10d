import { and, count, eq, isNotNull, isNull } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, toPage } from "../http/pagination.ts";
import { IN_POSITION } from "./list.ts";
import { type ManagedPlanPage, managedPlanColumns, type PlanFilters } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

/** A page of all plans, in the order that the organisation gave them, and how many match in all. */
export async function listAllPlans(
  ctx: SignedInContext,
  { active, archived, limit, cursor }: PlanFilters,
): Promise<ManagedPlanPage> {
  const filters = and(
    active === undefined ? undefined : eq(subscription_plans.active, active),
    archived === undefined
      ? undefined
      : archived
        ? isNotNull(subscription_plans.archived_at)
        : isNull(subscription_plans.archived_at),
  );
  const [rows, { total }] = await ctx.transact(
    many(
      query
        .select(managedPlanColumns)
        .from(subscription_plans)
        .where(and(filters, after(IN_POSITION, cursor)))
        .orderBy(...by(IN_POSITION))
        .limit(limit + 1),
    ),
    one(query.select({ total: count() }).from(subscription_plans).where(filters)),
  );
  const { items, next_cursor } = toPage(IN_POSITION, rows, limit);
  return { items: items.map((plan) => ({ ...plan, currency: ctx.settings.CURRENCY })), next_cursor, total };
}
