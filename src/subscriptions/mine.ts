import { and, desc, eq, sql } from "drizzle-orm";
import { maybe, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { subscription_plans } from "../plans/tables.ts";
import { cardColumns, columns, type Subscription } from "./schemas.ts";
import { runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/**
 * The member's running subscription, or the latest one they had, with what they began to go on with, while it can be paid.
 * 404 when there never was one.
 */
export async function mySubscription(ctx: SignedInContext): Promise<Subscription> {
  const mine = eq(subscriptions.user_id, ctx.user_id);
  const [subscription, pending] = await ctx.transact(
    one(
      query
        .select({ ...columns, ...cardColumns })
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(mine)
        .orderBy(desc(runs), desc(subscriptions.created_at), desc(subscriptions.id))
        .limit(1),
      new Refusal(404, "no_subscription", "You have no subscription yet."),
    ),
    maybe(
      query
        .select({
          id: subscriptions.id,
          plan_id: subscriptions.plan_id,
          plan_name: subscription_plans.name,
          base_subscription_cents: subscriptions.base_subscription_cents,
          donation_cents: subscriptions.donation_cents,
          current_term_start: subscriptions.current_term_start,
          current_term_end: subscriptions.current_term_end,
          checkout_expires_at: subscriptions.checkout_expires_at,
        })
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(and(mine, eq(subscriptions.status, "pending"), sql`${subscriptions.checkout_expires_at} > now()`)),
    ),
  );
  const renewal = pending && pending.id !== subscription.id ? pending : null;
  return { ...subscription, currency: ctx.settings.CURRENCY, renewal };
}
