import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal } from "../http/pagination.ts";
import { subscription_plans } from "../tables/plans.ts";
import { BY_POSITION } from "./list.ts";
import { type ManagedPlanPage, managedPlanColumns, type PlanFilters } from "./schemas.ts";

const matching = ({ active, archived }: PlanFilters) =>
  and(
    active === undefined ? undefined : eq(subscription_plans.active, active),
    archived === undefined
      ? undefined
      : archived
        ? isNotNull(subscription_plans.archived_at)
        : isNull(subscription_plans.archived_at),
  );

/** A page of all plans, including inactive and archived ones. */
export async function listAllPlans(ctx: SignedInContext, filters: PlanFilters): Promise<ManagedPlanPage> {
  const { items, ...page } = await ctx.transact((t) =>
    listPageWithTotal(
      t,
      BY_POSITION,
      () => query.select(managedPlanColumns).from(subscription_plans),
      filters,
      matching(filters),
    ),
  );
  return { ...page, items: items.map((plan) => ({ ...plan, currency: ctx.settings.CURRENCY })) };
}
