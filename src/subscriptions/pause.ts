import { and, eq, isNull, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { mustBeAhead } from "./ahead.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import { besideRenewal, forNextTerm, noRenewalOpen } from "./renewal-open.ts";
import type { Pause, SubscriptionDetail } from "./schemas.ts";
import { subscriptions } from "./tables.ts";
import { tellStripe } from "./tell-stripe.ts";

/**
 * Pauses a subscription: nothing is collected, and the person stays a member. Stripe's go on through their periods unpaid;
 * a term that Stripe knows nothing of stands still. 400 unless it resumes in the future, within two years; 404; 409 when it
 * is not active, its term is over, or a checkout for the term after it is open.
 */
export async function pauseSubscription(
  ctx: SignedInContext,
  id: string,
  { resumes_at }: Pause,
): Promise<SubscriptionDetail> {
  mustBeAhead(ctx, "resumes_at", resumes_at);
  const active = and(eq(subscriptions.id, id), eq(subscriptions.status, "active"));
  const subscription = await besideRenewal(ctx, id, (over) =>
    subscriptionAfter(
      ctx,
      id,
      ...lockSubscription(id),
      guard(
        sql`exists (select from ${subscriptions} where ${active})`,
        409,
        "not_active",
        "Only a subscription that is active can be paused.",
      ),
      // Paused it would not end: the days that it still has are what stands still.
      guard(
        sql`not exists (select from ${subscriptions} where ${and(active, isNull(subscriptions.stripe_subscription_id), sql`${subscriptions.current_term_end} <= now()`)})`,
        409,
        "term_over",
        "This term is over.",
      ),
      noRenewalOpen(id, over, { sold: forNextTerm }),
      effect(
        query
          .update(subscriptions)
          .set({ status: "paused", paused_at: sql`now()`, resumes_at: resumes_at ?? null })
          .where(and(active, isNull(subscriptions.stripe_subscription_id))),
      ),
    ),
  );
  const { stripe_subscription_id } = subscription;
  if (!stripe_subscription_id) return subscription;
  return tellStripe(
    ctx,
    { id, stripe_subscription_id },
    {
      told: ctx.stripe.subscriptions.update(stripe_subscription_id, {
        pause_collection: {
          behavior: "void",
          ...(resumes_at && { resumes_at: Math.ceil(Date.parse(resumes_at) / 1000) }),
        },
      }),
      isSo: ({ status }) => status === "paused",
    },
  );
}
