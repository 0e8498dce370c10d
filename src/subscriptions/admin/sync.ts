import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { type Agreement, agree, selectOutcome } from "../../stripe/agreement.ts";
import { agreementOnCheckout } from "../../stripe/checkout-agreement.ts";
import { duesFromStripe } from "../from-stripe/checkout.ts";
import { subscriptionFromStripe } from "../from-stripe/subscription.ts";
import { getSubscription, selectSubscription } from "./find.ts";
import type { Subscription, SyncedSubscription } from "./schemas.ts";

/**
 * Asks Stripe about a subscription, or about its checkout, and makes our rows agree. Returns the subscription and which of its
 * fields have changed. 404; 409 if Stripe has nothing about it.
 */
export async function syncSubscription(ctx: SignedInContext, id: string): Promise<SyncedSubscription> {
  const before = await getSubscription(ctx, id);
  const agreement = await askStripe(ctx, before);
  const { outcome, subscription } = await agree(ctx, agreement, (t) => ({
    outcome: t.one(selectOutcome(agreement.outcome)),
    subscription: selectSubscription(t, ctx, id),
  }));
  return {
    ...subscription,
    changes: changesBetween(before, subscription),
    outcome: outcome.status,
    reason: outcome.reason,
  };
}

async function askStripe(ctx: SignedInContext, subscription: Subscription): Promise<Agreement> {
  const { stripe_subscription_id, stripe_checkout_session_id } = subscription;
  if (stripe_subscription_id) return subscriptionFromStripe(ctx, stripe_subscription_id);
  if (!stripe_checkout_session_id)
    throw new Refusal(409, "not_at_stripe", "Stripe has nothing about this subscription.");
  return agreementOnCheckout(ctx, stripe_checkout_session_id, duesFromStripe);
}

/** The fields that differ, without `updated_at`, which always does. The member's status is `member.status`. */
function changesBetween(before: Subscription, after: Subscription): string[] {
  const flat = ({ updated_at: _, member: { status }, ...subscription }: Subscription) =>
    Object.entries({ ...subscription, "member.status": status });
  const old = new Map<string, unknown>(flat(before));
  return flat(after).flatMap(([name, value]) =>
    JSON.stringify(old.get(name)) === JSON.stringify(value) ? [] : [name],
  );
}
