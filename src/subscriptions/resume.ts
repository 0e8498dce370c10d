import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { effect, guard, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { continuationNotice } from "../payments/subscription-notices.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import type { Resumption, SubscriptionDetail } from "./schemas.ts";
import { RUNNING, runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";
import { tellStripe } from "./tell-stripe.ts";

/**
 * Lets a subscription go on: ends its pause, or undoes that it was to end with its term; never both, so that asking again
 * does no more than asking once. A term that Stripe knows nothing of ends later by as long as it was paused. 404; 409 when
 * there is nothing to undo.
 */
export async function resumeSubscription(
  ctx: SignedInContext,
  id: string,
  { undo }: Resumption,
): Promise<SubscriptionDetail> {
  const row = and(eq(subscriptions.id, id), runs);
  const endsPause = undo === "pause";
  const held = endsPause ? eq(subscriptions.status, "paused") : subscriptions.cancel_at_period_end;
  const subscription = await subscriptionAfter(
    ctx,
    id,
    ...lockSubscription(id),
    guard(
      sql`exists (select from ${subscriptions} where ${and(row, held)})`,
      409,
      "nothing_to_resume",
      endsPause ? "This subscription is not paused." : "This subscription is not about to end with its term.",
    ),
    ...(endsPause ? [goOn(sql`(${row})`)] : keep(sql`(${and(row, isNull(subscriptions.stripe_subscription_id))})`)),
  );
  const { stripe_subscription_id } = subscription;
  if (!stripe_subscription_id) return subscription;
  const itself = { id, stripe_subscription_id };
  if (endsPause)
    return tellStripe(ctx, itself, {
      told: endPauseAtStripe(ctx, stripe_subscription_id),
      isSo: ({ status }) => status === "active",
    });
  return tellStripe(ctx, itself, {
    told: keepAtStripe(ctx, stripe_subscription_id),
    isSo: ({ status, cancel_at_period_end }) => !cancel_at_period_end && RUNNING.some((each) => each === status),
    also: [effect(query.update(subscriptions).set({ cancel_reason: null }).where(row))],
  });
}

/**
 * A pause of what is collected, as we make them, or of the subscription itself, as others may have: with its cycle as it
 * was, so that the term that is paid for is not paid again.
 */
async function endPauseAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { status } = await stripe.subscriptions.retrieve(id);
  if (status === "paused") await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
  else await stripe.subscriptions.update(id, { pause_collection: "" });
}

/** Undoes there that it is to end: with its period or, as the portal has it, at a moment. Stripe takes one of the two. */
async function keepAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { cancel_at_period_end } = await stripe.subscriptions.retrieve(id);
  await stripe.subscriptions.update(id, cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" });
}

/**
 * Ends the pause of those terms of `which` (a condition on `subscriptions`) that Stripe knows nothing of: they end later
 * by as long as they stood still, which is no longer than until they were to resume. In whole days, to the nearest, so that
 * a term that ends with a day still does.
 */
export const goOn = (which: SQL): Silent =>
  effect(
    query
      .update(subscriptions)
      .set({
        status: "active",
        paused_at: null,
        resumes_at: null,
        current_term_end: sql`(${subscriptions.current_term_end} at time zone 'UTC' + date_trunc('day', justify_hours(
          least(now(), ${subscriptions.resumes_at}) - ${subscriptions.paused_at} + interval '12 hours'))) at time zone 'UTC'`,
      })
      .where(and(which, eq(subscriptions.status, "paused"), isNull(subscriptions.stripe_subscription_id))),
  );

/** Undoes that it is to end with its term, and tells the member, who was told that it does. */
const keep = (which: SQL): [Silent, Silent] => [
  continuationNotice(which),
  effect(
    query
      .update(subscriptions)
      .set({ cancel_at_period_end: false, cancelled_at: null, cancel_reason: null })
      .where(which),
  ),
];
