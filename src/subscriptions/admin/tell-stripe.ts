import Stripe from "stripe";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { agree } from "../../stripe/agreement.ts";
import { ask } from "../../stripe/client.ts";
import { subscriptionFromStripe } from "../from-stripe/subscription.ts";
import { selectSubscription } from "./find.ts";
import type { Subscription } from "./schemas.ts";

type RefusalInput = Readonly<ConstructorParameters<typeof Refusal>>;

interface Change {
  request(stripe_subscription_id: string): Promise<unknown>;
  /** Whether a subscription is already as it should be. */
  isDone(subscription: Subscription): boolean;
  /** What to change here along with it, that Stripe does not know. */
  also?(t: Plan): void;
  /** The refusal if Stripe did what we asked, but the subscription is not as it should be. */
  whyNotDone?(stripe_subscription_id: string): Promise<RefusalInput>;
}

const NOT_FOLLOWED: RefusalInput = [
  409,
  "not_followed",
  "Stripe made this change, but it does not show here. Look for a parked event of this subscription, then sync it.",
];

/**
 * Makes a change at Stripe, then makes our rows agree with Stripe, and returns the subscription: changed here and there. If
 * Stripe refuses, our rows are brought up to date anyway: 409 unless it turns out that the change was made already. 409 too
 * if Stripe made the change but our row could not follow. Does nothing if the subscription is not at Stripe.
 */
export async function tellStripe(
  ctx: SignedInContext,
  here: Subscription,
  { request, isDone, also, whyNotDone }: Change,
): Promise<Subscription> {
  const { id, stripe_subscription_id } = here;
  if (!stripe_subscription_id) return here;
  const refusal = await ask(request(stripe_subscription_id)).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return error;
      throw error;
    },
  );
  const agreement = await subscriptionFromStripe(ctx, stripe_subscription_id);
  const subscription = await agree(ctx, agreement, (t) => {
    if (!refusal) also?.(t);
    return selectSubscription(t, ctx, id);
  });
  if (isDone(subscription)) return subscription;
  if (!refusal) throw new Refusal(...((await whyNotDone?.(stripe_subscription_id)) ?? NOT_FOLLOWED));
  throw new Refusal(
    409,
    "refused_by_stripe",
    agreement.outcome.status === "parked"
      ? "Stripe refused this change, because it does not know the subscription."
      : "Stripe refused this change, because the subscription was out of date here. It is up to date now.",
    { cause: refusal },
  );
}
