import { eq, sql } from "drizzle-orm";
import type { Context } from "../../http/context.ts";
import { agree } from "../../stripe/agreement.ts";
import { askOrNull } from "../../stripe/client.ts";
import { guardNoPaymentOnItsWay } from "../../stripe/open-invoices.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionFromStripe } from "../from-stripe/subscription.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionIsRunning } from "../standing.ts";

/**
 * Ends a subscription that no longer makes its owner a member, before they pay for another one: nobody should pay twice. Stripe may
 * have paused it, or may still try to collect it. 409 if a bank is processing its dues.
 */
export async function endLapsedSubscription(ctx: Context, stripe_subscription_id: string): Promise<void> {
  await guardNoPaymentOnItsWay(ctx, stripe_subscription_id);
  await askOrNull(ctx.stripe.subscriptions.cancel(stripe_subscription_id));
  const isOver = sql`not ${someSubscription(
    eq(subscriptions.stripe_subscription_id, stripe_subscription_id),
    subscriptionIsRunning,
  )}`;
  await agree(ctx, await subscriptionFromStripe(ctx, stripe_subscription_id), (t) =>
    t.guard(isOver, 409, "already_subscribed", "You already have a running subscription. Please ask us to end it."),
  );
}
