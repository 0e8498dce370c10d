import { and, eq, inArray, isNotNull, isNull, not, or, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import { CHECKOUT_SUPERSEDED, voidCheckout } from "../../stripe/checkout-session.ts";
import { askOrNull } from "../../stripe/client.ts";
import { toSeconds } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lockSubscription, subscriptionOwner } from "../lock.ts";
import { someSubscription, toOwners, updateSubscriptions } from "../rows.ts";
import { followSubscriptions, subscriptionIsRunning } from "../standing.ts";
import { restoreSupersededTerm, supersededTermEnd } from "../supersede.ts";
import { selectSubscription } from "./find.ts";
import { guardOwnersPowers } from "./owners-powers.ts";
import { changeBesideRenewal, guardNoRenewalOpen, renewalIsForNextTerm } from "./renewal-open.ts";
import type { Cancellation, Subscription } from "./schemas.ts";
import { tellStripe } from "./tell-stripe.ts";

const ENDED: Subscription["status"][] = ["cancelled", "expired"];

/** The columns of a canceled row that is not running anymore. */
const CANCELLED = {
  status: "cancelled",
  cancelled_at: sql`now()`,
  cancel_at_period_end: false,
  grace_ends_at: null,
  paused_at: null,
  resumes_at: null,
} as const;

/**
 * Cancels a subscription, at Stripe first if it is billed there. At the end of its term, the person stays a member until
 * then, without a reminder or a grace period. Otherwise it ends now, as does a past-due one, which has nothing left. If a
 * term that ends now had replaced another one that is not over, that one is active again. An unpaid checkout is ended.
 * 404; 403 if that takes away powers which the actor does not have; 409 if it has ended, has no end to wait for, or is to end now while a checkout for the next term is open.
 */
export async function cancelSubscription(
  ctx: SignedInContext,
  id: string,
  cancellation: Cancellation,
): Promise<Subscription> {
  const { at_period_end } = cancellation;
  const subscription = await changeBesideRenewal(ctx, id, (over) => cancelHere(ctx, id, cancellation, over));
  const { status, stripe_checkout_session_id } = subscription;
  if (ENDED.includes(status)) return subscription;
  if (status === "pending" && stripe_checkout_session_id)
    return cancelOpenCheckout(ctx, id, stripe_checkout_session_id);
  const { subscriptions: stripe } = ctx.stripe;
  if (at_period_end && status !== "past_due" && !isLapsed(subscription, ctx.now))
    return tellStripe(ctx, subscription, {
      request: (stripe_id) => stripe.update(stripe_id, endOfTerm(subscription)),
      isDone: (found) => ENDED.includes(found.status) || found.cancel_at_period_end,
    });
  return tellStripe(ctx, subscription, {
    // If it has ended there, it may still run here, because somebody paid after the end.
    request: async (stripe_id) => (await askOrNull(stripe.cancel(stripe_id))) ?? stripe.retrieve(stripe_id),
    isDone: (found) => ENDED.includes(found.status),
    also: (t) => cancelPaidAfterEnd(t, id),
  });
}

/** Whether it is paused at Stripe itself, and its paid term is over. */
const isLapsed = ({ status, grace_ends_at }: Subscription, now: Date): boolean =>
  status === "paused" && grace_ends_at !== null && grace_ends_at <= now.toISOString();

/** The end of the paid term, as Stripe takes it. While the subscription itself is paused, its period at Stripe is over. */
const endOfTerm = ({ status, grace_ends_at }: Subscription): Stripe.SubscriptionUpdateParams =>
  status === "paused" && grace_ends_at !== null
    ? { cancel_at: toSeconds(new Date(grace_ends_at)) }
    : { cancel_at_period_end: true };

/** Cancels a term that was paid after its subscription had ended at Stripe. */
function cancelPaidAfterEnd(t: Plan, id: string): void {
  const revived = and(
    eq(subscriptions.id, id),
    eq(subscriptions.status, "active"),
    isNotNull(subscriptions.stripe_synced_at),
  );
  t.mail("membership_cancelled", {
    ...toOwners(revived, eq(users.status, "active")),
    data: { first_name: users.first_name, ends_at: sql<string | null>`null` },
  });
  updateSubscriptions(t, revived, CANCELLED);
  followSubscriptions(t, subscriptionOwner(id));
}

/** Checks the rules, and does what needs no word from Stripe. */
const cancelHere = (
  ctx: SignedInContext,
  id: string,
  { at_period_end, reason }: Cancellation,
  over: string | null,
): Promise<Subscription> =>
  ctx.transact((t) => {
    lockSubscription(t, id);
    t.guard(
      sql`not ${someSubscription(eq(subscriptions.id, id), inArray(subscriptions.status, ENDED))}`,
      409,
      "subscription_ended",
      "This subscription has already ended.",
    );
    t.guard(
      sql`not ${at_period_end}::boolean or ${someSubscription(
        eq(subscriptions.id, id),
        or(eq(subscriptions.status, "pending"), isNotNull(subscriptions.current_term_end)),
      )}`,
      409,
      "term_without_end",
      "This term has no end. You can only cancel it now.",
    );
    const endsNow = sql`${subscriptionIsRunning} and (not ${at_period_end}::boolean or ${subscriptions.status} = 'past_due')`;
    guardOwnersPowers(t, ctx, id, endsNow, "end the membership of");
    guardNoRenewalOpen(t, id, over, { checkouts: renewalIsForNextTerm, unless: sql`${at_period_end}::boolean` });
    // Before Stripe is asked: if its answer is lost, its event ends the subscription, and the reason is there.
    updateSubscriptions(t, eq(subscriptions.id, id), {
      cancel_reason: sql`coalesce(${reason ?? null}, case when ${subscriptions.cancel_at_period_end} then ${subscriptions.cancel_reason} end)`,
    });
    cancelWithoutStripe(t, id, at_period_end);
    return selectSubscription(t, ctx, id);
  });

/** Cancels what Stripe does not know: a term that is not billed there, or a checkout that has no session yet. */
function cancelWithoutStripe(t: Plan, id: string, at_period_end: boolean): void {
  const term = and(eq(subscriptions.id, id), isNull(subscriptions.stripe_subscription_id), subscriptionIsRunning);
  const endsWithTerm = sql`(${at_period_end}::boolean and ${subscriptions.status} <> 'past_due')`;
  t.mail("membership_cancelled", {
    ...toOwners(term, eq(users.status, "active"), sql`not (${endsWithTerm} and ${subscriptions.cancel_at_period_end})`),
    data: {
      first_name: users.first_name,
      ends_at: sql<
        string | null
      >`case when ${endsWithTerm} then ${subscriptions.current_term_end} else ${supersededTermEnd(id)} end`,
    },
  });
  updateSubscriptions(t, and(term, endsWithTerm), {
    cancel_at_period_end: true,
    cancelled_at: sql`coalesce(${subscriptions.cancelled_at}, now())`,
  });
  updateSubscriptions(t, and(term, not(endsWithTerm)), CANCELLED);
  // Only for a term: a checkout, which is canceled next, has replaced nothing.
  restoreSupersededTerm(t, id);
  const unopened = and(
    eq(subscriptions.id, id),
    eq(subscriptions.status, "pending"),
    isNull(subscriptions.stripe_checkout_session_id),
  );
  updateSubscriptions(t, unopened, CANCELLED);
  followSubscriptions(t, subscriptionOwner(id));
}

/** Ends a checkout, at Stripe first. 409 if another session was opened for it in the meantime. */
async function cancelOpenCheckout(ctx: SignedInContext, id: string, session_id: string): Promise<Subscription> {
  await voidCheckout(ctx, session_id);
  const voided = and(
    eq(subscriptions.id, id),
    or(eq(subscriptions.status, "cancelled"), eq(subscriptions.stripe_checkout_session_id, session_id)),
  );
  return ctx.transact((t) => {
    lockSubscription(t, id);
    t.guard(someSubscription(voided), ...CHECKOUT_SUPERSEDED);
    updateSubscriptions(t, and(voided, eq(subscriptions.status, "pending")), CANCELLED);
    return selectSubscription(t, ctx, id);
  });
}
