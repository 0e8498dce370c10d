import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { effect, guard, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import type { SubscriptionDetail } from "./schemas.ts";
import { runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";
import { tellStripe } from "./tell-stripe.ts";

/**
 * Lets a subscription go on: ends its pause or, where it is not paused, undoes that it was to end with its term. Whoever
 * cancelled while it was paused is not charged again by that. A term that Stripe knows nothing of ends later by as long as
 * it was paused. 404; 409 when there is nothing to undo.
 */
export async function resumeSubscription(ctx: SignedInContext, id: string): Promise<SubscriptionDetail> {
  const row = eq(subscriptions.id, id);
  const held = and(row, runs, or(eq(subscriptions.status, "paused"), subscriptions.cancel_at_period_end));
  const subscription = await subscriptionAfter(
    ctx,
    id,
    ...lockSubscription(id),
    guard(
      sql`exists (select from ${subscriptions} where ${held})`,
      409,
      "nothing_to_resume",
      "This subscription is neither paused nor about to end.",
    ),
    // Before the pause ends: of what is paused only that is undone.
    keep(sql`(${and(row, isNull(subscriptions.stripe_subscription_id), ne(subscriptions.status, "paused"))})`),
    goOn(row),
  );
  const { stripe_subscription_id, status } = subscription;
  if (!stripe_subscription_id) return subscription;
  const itself = { id, stripe_subscription_id };
  if (status === "paused")
    return tellStripe(ctx, itself, {
      told: endPauseAtStripe(ctx, stripe_subscription_id),
      isSo: (found) => found.status === "active",
    });
  return tellStripe(ctx, itself, {
    told: keepAtStripe(ctx, stripe_subscription_id),
    isSo: (found) => found.status === "active" && !found.cancel_at_period_end,
    also: [effect(query.update(subscriptions).set({ cancel_reason: null }).where(and(row, runs)))],
  });
}

/** A pause of what is collected, as we make them, or of the subscription itself, as others may have. */
async function endPauseAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { status } = await stripe.subscriptions.retrieve(id);
  if (status === "paused") await stripe.subscriptions.resume(id);
  else await stripe.subscriptions.update(id, { pause_collection: "" });
}

/** Undoes there that it is to end: with its period or, as the portal has it, at a moment. Stripe takes one of the two. */
async function keepAtStripe({ stripe }: SignedInContext, id: string): Promise<void> {
  const { cancel_at_period_end } = await stripe.subscriptions.retrieve(id);
  await stripe.subscriptions.update(id, cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" });
}

/**
 * Ends the pause of those terms of `which` (a condition on `subscriptions`) that Stripe knows nothing of: they end later
 * by as long as they stood still, which is no longer than until they were to resume.
 */
export const goOn = (which: SQL): Silent =>
  effect(
    query
      .update(subscriptions)
      .set({
        status: "active",
        paused_at: null,
        resumes_at: null,
        current_term_end: sql`${subscriptions.current_term_end} + (least(now(), ${subscriptions.resumes_at}) - ${subscriptions.paused_at})`,
      })
      .where(and(which, eq(subscriptions.status, "paused"), isNull(subscriptions.stripe_subscription_id))),
  );

/** Undoes that it is to end with its term. */
const keep = (which: SQL): Silent =>
  effect(
    query
      .update(subscriptions)
      .set({ cancel_at_period_end: false, cancelled_at: null, cancel_reason: null })
      .where(and(which, subscriptions.cancel_at_period_end)),
  );
