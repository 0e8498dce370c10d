import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { checkoutFromStripe } from "../payments/checkout-from-stripe.ts";
import { effectsOf } from "../payments/effects-of.ts";
import { verdict } from "../payments/inbox.ts";
import { subscriptionFromStripe } from "../payments/subscription-from-stripe.ts";
import { selectDetail, subscriptionAfter, toDetail } from "./find.ts";
import type { SubscriptionDetail, Synchronised } from "./schemas.ts";

/**
 * Asks Stripe for a subscription, or for the checkout that it began with, and agrees. Answers what there is then, and which
 * of its fields have become others. 404; 409 when Stripe knows nothing of it.
 */
export async function syncSubscription(ctx: SignedInContext, id: string): Promise<Synchronised> {
  const before = await subscriptionAfter(ctx, id);
  const agreement = await askStripe(ctx, before);
  const effects = await effectsOf(ctx, agreement);
  const [{ status, reason }, ...found] = await ctx.transact(
    ...effects,
    verdict(agreement.outcome),
    ...selectDetail(id),
  );
  const subscription = toDetail(ctx, found);
  return { ...subscription, changes: changesBetween(before, subscription), outcome: status, reason };
}

function askStripe(ctx: SignedInContext, subscription: SubscriptionDetail) {
  const { stripe_subscription_id, stripe_checkout_session_id } = subscription;
  if (stripe_subscription_id) return subscriptionFromStripe(ctx, stripe_subscription_id);
  if (stripe_checkout_session_id) return checkoutFromStripe(ctx, stripe_checkout_session_id);
  throw new Refusal(409, "not_at_stripe", "Stripe knows nothing of this subscription.");
}

/** The fields that differ, but for those that every look at Stripe touches; of the member as `member.status`. */
function changesBetween(before: SubscriptionDetail, after: SubscriptionDetail): string[] {
  const flat = ({ updated_at: _, member: { status }, ...subscription }: SubscriptionDetail) =>
    new Map(
      Object.entries({ ...subscription, "member.status": status }).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    );
  const old = flat(before);
  return [...flat(after)].flatMap(([name, value]) => (old.get(name) === value ? [] : [name]));
}
