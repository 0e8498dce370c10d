import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { paymentIsProcessing } from "../../stripe/open-invoices.ts";
import { isAtRest } from "../../stripe/subscription-status.ts";
import { RUNNING_STATUSES, subscriptions } from "../../tables/subscriptions.ts";
import { endPauses } from "../end-pause.ts";
import { lockSubscription } from "../lock.ts";
import { duesAreInPortal, mailContinuation } from "../notices.ts";
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
      endsPause ? whyNotPaused(id) : "This subscription is not set to end when its term ends.",
    );
    if (endsPause) endPauses(t, sql`(${row})`);
    else {
      const rowHere = sql`(${and(row, isNull(subscriptions.stripe_subscription_id))})`;
      mailContinuation(t, rowHere);
      updateSubscriptions(t, rowHere, { cancel_at_period_end: false, cancelled_at: null, cancel_reason: null });
    }
    return selectSubscription(t, ctx, id);
  });
  if (endsPause) {
    const wasAtRest = subscription.grace_ends_at !== null;
    return tellStripe(ctx, subscription, {
      request: (stripe_id) => endPauseAtStripe(ctx, stripe_id, subscription),
      // If only collection was paused, dues may be missing now.
      isDone: ({ status }) => status === "active" || (status === "past_due" && !wasAtRest),
      ...(wasAtRest && {
        whyNotDone: async (stripe_id) => ((await paymentIsProcessing(ctx, stripe_id)) ? BEING_PAID : NOT_RESUMED),
      }),
    });
  }
  return tellStripe(ctx, subscription, {
    request: (stripe_id) => undoCancellationAtStripe(ctx, stripe_id),
    isDone: ({ status, cancel_at_period_end }) =>
      !cancel_at_period_end && RUNNING_STATUSES.some((each) => each === status),
    also: (t) => updateSubscriptions(t, row, { cancel_reason: null }),
  });
}

/** Stripe also pauses a subscription whose dues fail. Resuming it would bill a new term and leave the old dues open. */
const whyNotPaused = (id: string): SQL =>
  sql`(select case when ${subscriptions.status} <> 'past_due' then 'This subscription is not paused.'
    else 'This subscription is past due, not paused. It goes on when its dues are paid'
      || case when ${duesAreInPortal} then ': the member can pay them in the billing portal.' else '.' end end
    from ${subscriptions} where ${eq(subscriptions.id, id)})`;

const BEING_PAID = [
  409,
  "payment_in_progress",
  "The bank is processing the dues for the new term. That can take a week. The subscription goes on when they arrive.",
] as const;

const NOT_RESUMED = [
  409,
  "not_resumed",
  "The dues for a new term could not be collected, so the subscription does not go on yet. Stripe will try again. The member can change the card in the billing portal, or start a new checkout.",
] as const;

/**
 * When we pause, we only stop collection. Somebody may have paused the subscription itself, at Stripe or in the portal. While
 * its paid term runs, we resume it in its old cycle and charge nothing: the term was paid for. After that, a new term begins
 * today and is paid in full. Stripe would otherwise bill the rest of the old period, and not try to collect it.
 * https://docs.stripe.com/billing/subscriptions/pause#resume-subscriptions
 */
async function endPauseAtStripe(
  { stripe, now }: SignedInContext,
  id: string,
  { current_term_end }: Subscription,
): Promise<void> {
  if (!isAtRest(await stripe.subscriptions.retrieve(id))) {
    await stripe.subscriptions.update(id, { pause_collection: "" });
    return;
  }
  const termRuns = current_term_end !== null && now.toISOString() < current_term_end;
  await stripe.subscriptions.resume(id, {
    billing_cycle_anchor: { type: termRuns ? "unchanged" : "now" },
    proration_behavior: "none",
    payment_behavior: "resume_on_payment_success",
  });
}

/** We cancel at the end of the period. The portal sets a date instead. Stripe accepts only one of the two. */
async function undoCancellationAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { cancel_at_period_end } = await stripe.subscriptions.retrieve(id);
  await stripe.subscriptions.update(id, cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" });
}
