import { eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { agree } from "../../stripe/agreement.ts";
import { askOrNull } from "../../stripe/client.ts";
import { PAYMENT_IN_PROGRESS, paymentIsProcessing } from "../../stripe/open-invoices.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { LAPSED } from "../from-stripe/state.ts";
import { subscriptionFromStripe } from "../from-stripe/subscription.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionEntitles, subscriptionIsRunning } from "../standing.ts";

/**
 * Ends a subscription that no longer makes its owner a member, before they pay for another one: nobody should pay twice. Stripe may
 * have paused it, or may still try to collect it. 409 if a bank is processing its dues, or if they came in just before the
 * end: then they pay for their term.
 */
export async function endLapsedSubscription(ctx: Context, stripe_subscription_id: string): Promise<void> {
  if (await paymentIsProcessing(ctx, stripe_subscription_id)) throw new Refusal(...PAYMENT_IN_PROGRESS);
  await askOrNull(
    ctx.stripe.subscriptions.cancel(stripe_subscription_id, { cancellation_details: { comment: LAPSED } }),
  );
  const isStill = (what: SQL) =>
    sql<boolean>`${someSubscription(eq(subscriptions.stripe_subscription_id, stripe_subscription_id), what)}`;
  const { was_paid, runs } = await agree(ctx, await subscriptionFromStripe(ctx, stripe_subscription_id), (t) =>
    t.one(
      query.execute<{ was_paid: boolean; runs: boolean }>(
        sql`select ${isStill(subscriptionEntitles)} as was_paid, ${isStill(subscriptionIsRunning)} as runs`,
      ),
    ),
  );
  if (!runs) return;
  throw new Refusal(
    409,
    "already_subscribed",
    was_paid
      ? "Your dues have just come in, so you are a member again. You can choose another plan when this term is over."
      : "You already have a running subscription. Please ask us to end it.",
  );
}
