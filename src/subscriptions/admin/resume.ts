import { and, eq, isNull, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { RUNNING_STATUSES, subscriptions } from "../../tables/subscriptions.ts";
import { endPauses } from "../end-pause.ts";
import { lockSubscription } from "../lock.ts";
import { mailContinuation } from "../notices.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { subscriptionIsRunning } from "../standing.ts";
import { selectSubscription } from "./find.ts";
import type { Resumption, Subscription } from "./schemas.ts";
import { tellStripe } from "./tell-stripe.ts";

/**
 * Ends the pause of a subscription, or undoes its cancellation at the end of the term. Never both: asking twice must
 * not do more than asking once. If Stripe does not know the term, ending its pause also moves its end later, by as long
 * as it was paused. 404 if there is no such subscription, 409 if there is nothing to undo.
 */
export async function resumeSubscription(
  ctx: SignedInContext,
  id: string,
  { undo }: Resumption,
): Promise<Subscription> {
  const row = and(eq(subscriptions.id, id), subscriptionIsRunning);
  const endsPause = undo === "pause";
  const subscription = await ctx.transact((t) => {
    lockSubscription(t, id);
    t.guard(
      someSubscription(
        row,
        endsPause ? eq(subscriptions.status, "paused") : sql`${subscriptions.cancel_at_period_end}`,
      ),
      409,
      "nothing_to_resume",
      endsPause ? "This subscription is not paused." : "This subscription is not set to end when its term ends.",
    );
    if (endsPause) endPauses(t, sql`(${row})`);
    else {
      const rowHere = sql`(${and(row, isNull(subscriptions.stripe_subscription_id))})`;
      mailContinuation(t, rowHere);
      updateSubscriptions(t, rowHere, { cancel_at_period_end: false, cancelled_at: null, cancel_reason: null });
    }
    return selectSubscription(t, ctx, id);
  });
  if (endsPause)
    return tellStripe(ctx, subscription, {
      request: (stripe_id) => endPauseAtStripe(ctx, stripe_id),
      // With dues that are missing, it is past due now.
      isDone: ({ status }) => status === "active" || status === "past_due",
    });
  return tellStripe(ctx, subscription, {
    request: (stripe_id) => undoCancellationAtStripe(ctx, stripe_id),
    isDone: ({ status, cancel_at_period_end }) =>
      !cancel_at_period_end && RUNNING_STATUSES.some((each) => each === status),
    also: (t) => updateSubscriptions(t, row, { cancel_reason: null }),
  });
}

/**
 * When we pause, we only stop collection. Somebody may have paused the subscription itself, at Stripe or in the portal.
 * Then we resume it with its old billing cycle, because with a new one Stripe would charge for the paid term again.
 */
async function endPauseAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { status } = await stripe.subscriptions.retrieve(id);
  if (status === "paused") await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
  else await stripe.subscriptions.update(id, { pause_collection: "" });
}

/** We cancel at the end of the period. The portal sets a date instead. Stripe accepts only one of the two. */
async function undoCancellationAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { cancel_at_period_end } = await stripe.subscriptions.retrieve(id);
  await stripe.subscriptions.update(id, cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" });
}
