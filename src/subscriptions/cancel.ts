import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { effect, guard, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { CHECKOUT_SUPERSEDED, voidCheckout } from "../stripe/checkout-session.ts";
import { lockSubscription, personOf, subscriptionAfter } from "./find.ts";
import { besideRenewal, forNextTerm, noRenewalOpen } from "./renewal-open.ts";
import type { Cancellation, SubscriptionDetail } from "./schemas.ts";
import { memberFollows, runs } from "./standing.ts";
import { bringBackSuperseded, endOfSuperseded } from "./supersede.ts";
import { subscriptions } from "./tables.ts";
import { tellStripe } from "./tell-stripe.ts";

const ENDED = ["cancelled", "expired"];

/** What a row says that was cancelled and does not run any more. */
const CANCELLED = {
  status: "cancelled",
  cancelled_at: sql`now()`,
  cancel_at_period_end: false,
  grace_ends_at: null,
  paused_at: null,
  resumes_at: null,
} as const;

/**
 * Cancels a subscription: at Stripe first, where it is one of Stripe's. At the end of its term the person stays a member
 * until then, without reminder or grace; else the membership ends now, and so does a term that is past due, of which
 * nothing is left. Where a term that ends now had taken the place of another one that was not over, that one runs again. A
 * checkout that nobody paid is ended. 404; 409 when it has ended, has no end to wait for, or is to end now while a checkout
 * for the term after it is open.
 */
export async function cancelSubscription(
  ctx: SignedInContext,
  id: string,
  { at_period_end, reason }: Cancellation,
): Promise<SubscriptionDetail> {
  const subscription = await besideRenewal(ctx, id, (over) =>
    subscriptionAfter(
      ctx,
      id,
      ...lockSubscription(id),
      guard(
        sql`not exists (select from ${subscriptions} where ${and(eq(subscriptions.id, id), inArray(subscriptions.status, ["cancelled", "expired"]))})`,
        409,
        "subscription_ended",
        "This subscription has ended already.",
      ),
      guard(
        sql`not ${at_period_end}::boolean or exists (select from ${subscriptions} where ${and(
          eq(subscriptions.id, id),
          or(eq(subscriptions.status, "pending"), sql`${subscriptions.current_term_end} is not null`),
        )})`,
        409,
        "term_without_end",
        "This term has no end. Cancel it now, or not at all.",
      ),
      noRenewalOpen(id, over, { sold: forNextTerm, unless: sql`${at_period_end}::boolean` }),
      // Before Stripe is asked: should we not hear its answer, its event brings the end about, and the reason is there.
      effect(
        query
          .update(subscriptions)
          .set({
            cancel_reason: sql`coalesce(${reason ?? null}, case when ${subscriptions.cancel_at_period_end} then ${subscriptions.cancel_reason} end)`,
          })
          .where(eq(subscriptions.id, id)),
      ),
      ...cancelWithoutStripe(id, at_period_end),
    ),
  );
  const { status, stripe_subscription_id, stripe_checkout_session_id } = subscription;
  if (ENDED.includes(status)) return subscription;
  if (status === "pending" && stripe_checkout_session_id) {
    await voidCheckout(ctx, stripe_checkout_session_id);
    return subscriptionAfter(ctx, id, ...lockSubscription(id), ...endVoided(id, stripe_checkout_session_id));
  }
  if (!stripe_subscription_id) return subscription;
  const { subscriptions: stripe } = ctx.stripe;
  return tellStripe(
    ctx,
    { id, stripe_subscription_id },
    {
      told:
        at_period_end && status !== "past_due"
          ? stripe.update(stripe_subscription_id, { cancel_at_period_end: true })
          : stripe.cancel(stripe_subscription_id),
      isSo: (found) => ENDED.includes(found.status),
    },
  );
}

/** What can be done at once: terms that Stripe knows nothing of, and checkouts that have no session yet. */
function cancelWithoutStripe(id: string, at_period_end: boolean): Silent[] {
  const term = and(eq(subscriptions.id, id), isNull(subscriptions.stripe_subscription_id), runs);
  const goesOn = sql`(${at_period_end}::boolean and ${subscriptions.status} <> 'past_due')`;
  const unopened = and(
    eq(subscriptions.id, id),
    eq(subscriptions.status, "pending"),
    isNull(subscriptions.stripe_checkout_session_id),
  );
  return [
    mail("membership_cancelled", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        ends_at: sql`case when ${goesOn} then ${subscriptions.current_term_end} else ${endOfSuperseded(id)} end`,
      },
      from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
        where ${and(term, eq(users.status, "active"))} and not (${goesOn} and ${subscriptions.cancel_at_period_end})`,
    }),
    effect(
      query
        .update(subscriptions)
        .set({ cancel_at_period_end: true, cancelled_at: sql`coalesce(${subscriptions.cancelled_at}, now())` })
        .where(and(term, goesOn)),
    ),
    effect(
      query
        .update(subscriptions)
        .set(CANCELLED)
        .where(and(term, sql`not ${goesOn}`)),
    ),
    // Before a checkout is cancelled, which took nobody's place.
    bringBackSuperseded(id),
    effect(query.update(subscriptions).set(CANCELLED).where(unopened)),
    ...memberFollows(personOf(id)),
  ];
}

/** Ends the checkout whose session was made void. 409 when another session was opened for it meanwhile. */
const endVoided = (id: string, session_id: string): [Silent, Silent] => {
  const voided = and(
    eq(subscriptions.id, id),
    or(eq(subscriptions.status, "cancelled"), eq(subscriptions.stripe_checkout_session_id, session_id)),
  );
  return [
    guard(sql`exists (select from ${subscriptions} where ${voided})`, ...CHECKOUT_SUPERSEDED),
    effect(
      query
        .update(subscriptions)
        .set(CANCELLED)
        .where(and(voided, eq(subscriptions.status, "pending"))),
    ),
  ];
};
