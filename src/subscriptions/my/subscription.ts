import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionIsRunning } from "../standing.ts";
import { type MySubscription, mySubscriptionColumns, renewalColumns } from "./schemas.ts";

/**
 * The member's running subscription, or the latest one, with the checkout they started for the time after it while that can
 * still be paid. 404 if they have never had a subscription.
 */
export async function getMySubscription(ctx: SignedInContext): Promise<MySubscription> {
  const mine = eq(subscriptions.user_id, ctx.user_id);
  const { subscription, pending } = await ctx.transact((t) => ({
    subscription: t.one(
      query
        .select(mySubscriptionColumns)
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(mine)
        .orderBy(desc(subscriptionIsRunning), desc(subscriptions.created_at), desc(subscriptions.id))
        .limit(1),
      new Refusal(404, "no_subscription", "You do not have a subscription yet."),
    ),
    pending: t.maybe(
      query
        .select(renewalColumns)
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(and(mine, eq(subscriptions.status, "pending"), sql`${subscriptions.checkout_expires_at} > now()`)),
    ),
  }));
  const renewal = pending && pending.id !== subscription.id ? pending : null;
  return { ...subscription, currency: ctx.settings.CURRENCY, renewal };
}
