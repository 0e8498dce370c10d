import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { listPage, listPageWithTotal, type Order, type Paging } from "../http/pagination.ts";
import { subscription_plans } from "../tables/plans.ts";
import { planIsOnOffer } from "./on-offer.ts";
import {
  type ManagedPlanPage,
  managedPlanColumns,
  type OfferedPlan,
  type OfferedPlanPage,
  offeredPlanColumns,
  type PlanFilters,
} from "./schemas.ts";

/** The order that the organization gave its plans. */
const BY_POSITION: Order<Pick<OfferedPlan, "id" | "position">> = {
  name: "position",
  descending: false,
  keys: [
    { expression: sql`${subscription_plans.position}`, type: "integer", of: (plan) => String(plan.position) },
    { expression: sql`${subscription_plans.id}`, type: "uuid", of: (plan) => plan.id },
  ],
};

/** A page of the plans that people can choose. */
export async function listPlans(ctx: Context, paging: Paging): Promise<OfferedPlanPage> {
  const { items, next_cursor } = await ctx.transact((t) =>
    listPage(t, BY_POSITION, () => query.select(offeredPlanColumns).from(subscription_plans), paging, planIsOnOffer),
  );
  return { items: items.map((plan) => ({ ...plan, currency: ctx.settings.CURRENCY })), next_cursor };
}

const matching = ({ active, archived }: PlanFilters) =>
  and(
    active === undefined ? undefined : eq(subscription_plans.active, active),
    archived === undefined ? undefined : (archived ? isNotNull : isNull)(subscription_plans.archived_at),
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
