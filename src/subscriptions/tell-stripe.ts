import Stripe from "stripe";
import type { Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { effectsOf } from "../payments/effects-of.ts";
import { subscriptionFromStripe } from "../payments/subscription-from-stripe.ts";
import { ask } from "../stripe/client.ts";
import { subscriptionAfter } from "./find.ts";
import type { SubscriptionDetail } from "./schemas.ts";

/**
 * Stripe first, then us: tells Stripe what is wanted, agrees with what it says then, and returns the subscription. Where
 * Stripe refuses, our row is brought up to date, if Stripe knows it; 409 unless it turns out that what is wanted was so already.
 *
 * @param also what belongs to it and Stripe knows nothing of
 */
export async function tellStripe(
  ctx: SignedInContext,
  { id, stripe_subscription_id }: { id: string; stripe_subscription_id: string },
  {
    told,
    isSo,
    also = [],
  }: { told: Promise<unknown>; isSo(subscription: SubscriptionDetail): boolean; also?: Silent[] },
): Promise<SubscriptionDetail> {
  const refusal = await ask(told).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return error;
      throw error;
    },
  );
  const effects = await effectsOf(ctx, await subscriptionFromStripe(ctx, stripe_subscription_id));
  const subscription = await subscriptionAfter(ctx, id, ...effects, ...(refusal ? [] : also));
  if (refusal && !isSo(subscription))
    throw new Refusal(
      409,
      "refused_by_stripe",
      effects.length > 0
        ? "Stripe does not do this: the subscription is not as it seemed. It has been brought up to date."
        : "Stripe does not do this: it does not know the subscription as ours.",
      { cause: refusal },
    );
  return subscription;
}
