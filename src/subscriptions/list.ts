import { and, count, eq, gte, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, type Order, toPage } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { users } from "../members/tables.ts";
import { subscription_plans } from "../plans/tables.ts";
import { type ListedSubscription, listedColumns, type SubscriptionFilters, type SubscriptionPage } from "./schemas.ts";
import { subscriptions } from "./tables.ts";

type Keys = Pick<ListedSubscription, "id" | "created_at" | "current_term_end">;

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

/** Which subscriptions are asked for: a condition on `subscriptions` joined with `users`. */
export const matching = (filters: Partial<Omit<SubscriptionFilters, "limit" | "cursor">>): SQL | undefined =>
  and(
    filters.status ? eq(subscriptions.status, filters.status) : undefined,
    filters.plan_id ? eq(subscriptions.plan_id, filters.plan_id) : undefined,
    filters.billing_cycle ? eq(subscriptions.billing_cycle, filters.billing_cycle) : undefined,
    filters.payment_method ? eq(subscriptions.payment_method, filters.payment_method) : undefined,
    filters.term_end_from ? gte(subscriptions.current_term_end, filters.term_end_from) : undefined,
    filters.term_end_to ? lt(subscriptions.current_term_end, filters.term_end_to) : undefined,
    filters.user_id ? eq(subscriptions.user_id, filters.user_id) : undefined,
    // What has no end has no place among ends.
    filters.sort === "term_end" ? isNotNull(subscriptions.current_term_end) : undefined,
    contains(sql`${users.first_name} || ' ' || ${users.last_name} || ' ' || ${users.email}`, filters.search),
  );

/** A page of subscriptions with their members, and how many match in all. */
export async function listSubscriptions(
  ctx: SignedInContext,
  { limit, cursor, ...filters }: SubscriptionFilters,
): Promise<SubscriptionPage> {
  const order = ORDERS[filters.sort];
  const [rows, { total }] = await ctx.transact(
    many(
      query
        .select(listedColumns)
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(and(matching(filters), after(order, cursor)))
        .orderBy(...by(order))
        .limit(limit + 1),
    ),
    one(
      query
        .select({ total: count() })
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .where(matching(filters)),
    ),
  );
  const { items, next_cursor } = toPage(order, rows, limit);
  const { CURRENCY: currency } = ctx.settings;
  return { items: items.map((subscription) => ({ ...subscription, currency })), next_cursor, total };
}
