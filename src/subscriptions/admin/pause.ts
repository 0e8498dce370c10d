import { and, eq, isNull, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { selectInstant, startOfGiven } from "../../time/days.ts";
import { lockSubscription } from "../lock.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { guardAhead } from "./ahead.ts";
import { selectSubscription } from "./find.ts";
import { changeBesideRenewal, guardNoRenewalOpen, renewalIsForNextTerm } from "./renewal-open.ts";
import type { Pause, Subscription } from "./schemas.ts";
import { tellStripe } from "./tell-stripe.ts";

/**
 * Pauses a subscription: nothing is collected, and the person stays a member. If it is at Stripe, its periods go by unpaid. If
 * not, its term stands still. 400 if `resumes_at` is in the past or more than two years ahead; 404; 409 if the subscription is
 * not active, its term is over, or a checkout for the next term is open.
 */
export async function pauseSubscription(
  ctx: SignedInContext,
  id: string,
  { resumes_at }: Pause,
): Promise<Subscription> {
  const resumes = startOfGiven(resumes_at);
  const active = and(eq(subscriptions.id, id), eq(subscriptions.status, "active"));
  const activeHere = and(active, isNull(subscriptions.stripe_subscription_id));
  const { subscription, given } = await changeBesideRenewal(ctx, id, (over) =>
    ctx.transact((t) => {
      guardAhead(t, "resumes_at", resumes);
      lockSubscription(t, id);
      t.guard(someSubscription(active), 409, "not_active", "Only an active subscription can be paused.");
      // A pause saves the days that are left. A term that is over has none, and a pause would keep it from ever ending.
      t.guard(
        sql`not ${someSubscription(activeHere, sql`${subscriptions.current_term_end} <= now()`)}`,
        409,
        "term_over",
        "This term has ended, so there is nothing left to pause.",
      );
      guardNoRenewalOpen(t, id, over, { checkouts: renewalIsForNextTerm });
      updateSubscriptions(t, activeHere, { status: "paused", paused_at: sql`now()`, resumes_at: resumes });
      return { subscription: selectSubscription(t, ctx, id), given: t.one(selectInstant(resumes)) };
    }),
  );
  return tellStripe(ctx, subscription, {
    request: (stripe_id) =>
      ctx.stripe.subscriptions.update(stripe_id, {
        pause_collection: {
          behavior: "void",
          ...(given.instant && { resumes_at: Math.ceil(Date.parse(given.instant) / 1000) }),
        },
      }),
    isDone: ({ status }) => status === "paused",
  });
}
