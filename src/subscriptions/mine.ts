import { desc, eq, inArray } from "drizzle-orm";
import { one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { subscription_plans } from "../plans/tables.ts";
import type { Subscription } from "./schemas.ts";
import { subscriptions } from "./tables.ts";

/** The member's running subscription, or the latest one they had. 404 when there never was one. */
export async function mySubscription(ctx: SignedInContext): Promise<Subscription> {
  const [subscription] = await ctx.transact(
    one(
      query
        .select({
          id: subscriptions.id,
          plan_id: subscriptions.plan_id,
          plan_name: subscription_plans.name,
          status: subscriptions.status,
          billing_cycle: subscriptions.billing_cycle,
          base_subscription_cents: subscriptions.base_subscription_cents,
          donation_cents: subscriptions.donation_cents,
          current_term_start: subscriptions.current_term_start,
          current_term_end: subscriptions.current_term_end,
          cancel_at_period_end: subscriptions.cancel_at_period_end,
          cancelled_at: subscriptions.cancelled_at,
          created_at: subscriptions.created_at,
        })
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(eq(subscriptions.user_id, ctx.user_id))
        .orderBy(
          desc(inArray(subscriptions.status, ["active", "past_due", "paused"])),
          desc(subscriptions.created_at),
          desc(subscriptions.id),
        )
        .limit(1),
      new Refusal(404, "no_subscription", "You have no subscription yet."),
    ),
  );
  return { ...subscription, currency: ctx.settings.CURRENCY };
}
