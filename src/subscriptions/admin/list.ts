import { eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPageWithTotal, newestFirst, type Order } from "../../http/pagination.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { type SubscriptionFilters, subscriptionMatches } from "./filters.ts";
import { type SubscriptionPage, type SubscriptionSummary, subscriptionSummaryColumns } from "./schemas.ts";

type Keys = Pick<SubscriptionSummary, "id" | "created_at" | "current_term_end">;

const ORDERS: Record<SubscriptionFilters["sort"], Order<Keys>> = {
  newest: newestFirst(subscriptions),
  oldest: { ...newestFirst(subscriptions), name: "oldest", descending: false },
  term_end: {
    name: "term_end",
    descending: false,
    keys: [
      {
        expression: sql`${subscriptions.current_term_end}`,
        type: "timestamptz",
        of: (subscription) => subscription.current_term_end ?? "",
      },
      { expression: sql`${subscriptions.id}`, type: "uuid", of: (subscription) => subscription.id },
    ],
  },
};

/** A page of subscriptions with their members, and how many match in all. */
export async function listSubscriptions(
  ctx: SignedInContext,
  { limit, cursor, ...filters }: SubscriptionFilters,
): Promise<SubscriptionPage> {
  const page = await ctx.transact((t) =>
    listPageWithTotal(
      t,
      ORDERS[filters.sort],
      () =>
        query
          .select(subscriptionSummaryColumns)
          .from(subscriptions)
          .innerJoin(users, eq(users.id, subscriptions.user_id))
          .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id)),
      { limit, cursor },
      subscriptionMatches(filters),
    ),
  );
  const { CURRENCY: currency } = ctx.settings;
  return { ...page, items: page.items.map((subscription) => ({ ...subscription, currency })) };
}
