import type { PersonContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { links } from "../../http/frontend-links.ts";
import { checkoutIsSpent, endUnwantedCheckout, voidCheckout } from "../../stripe/checkout-session.ts";
import { isKeptAnswer } from "../../stripe/client.ts";
import type { CheckoutSession } from "../../stripe/schemas.ts";
import { keepDuesCheckout, renumberDuesAttempt, writeDuesAttempt } from "./attempt.ts";
import { createDuesSession, sessionWasRepeated } from "./create-session.ts";
import { endLapsedSubscription } from "./end-lapsed.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/**
 * Starts the checkout of a member's dues. The same request, from any device, gets the same session. A different request
 * ends the earlier session. We write the attempt before we ask Stripe, so that every payment finds its row. We end an earlier
 * session before we change its row: if somebody has paid it, the row must still match the payment. We end a subscription that
 * has lapsed before we open a session, so that nobody pays for both. If there is nothing to pay, the term begins at once, and
 * there is no session.
 *
 * Refuses what {@link writeDuesAttempt} refuses. 409 also if a payment is on its way or somebody started another
 * checkout. 503 if Stripe does not answer.
 */
export async function startSubscriptionCheckout(
  ctx: PersonContext,
  input: SubscriptionCheckout,
  voided: string | null = null,
): Promise<CheckoutSession> {
  const { begun, attempt } = await writeDuesAttempt(ctx, input, voided);
  if (begun.lapsed_subscription_id) {
    await endLapsedSubscription(ctx, begun.lapsed_subscription_id);
    return startSubscriptionCheckout(ctx, input, voided);
  }
  if (begun.for_free) return { checkout_url: links.joined(ctx.settings), session_id: null };
  if (!attempt) throw new Error("The checkout was not written");
  const previous = attempt.stripe_checkout_session_id;
  if (previous && attempt.in_the_way) {
    await voidCheckout(ctx, previous);
    return startSubscriptionCheckout(ctx, input, previous);
  }
  const session = await createDuesSession(ctx, attempt).catch(async (error: unknown) => {
    // Stripe repeats its error for the same key, so we change the key. If it did create a session, nobody gets its link.
    if (isKeptAnswer(error)) await renumberDuesAttempt(ctx, attempt);
    throw error;
  });
  if (sessionWasRepeated(session) && (await checkoutIsSpent(ctx, session.id))) {
    await renumberDuesAttempt(ctx, attempt);
    return startSubscriptionCheckout(ctx, input);
  }
  if (previous && previous !== session.id) await endPrevious(ctx, previous, session.id);
  await keepDuesCheckout(ctx, attempt, session.id).catch((error: unknown) => endUnwantedCheckout(ctx, session, error));
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** Ends the earlier session, so that only one is open. If somebody has paid it, ends the new one instead: 409. */
const endPrevious = (ctx: PersonContext, previous: string, current: string): Promise<void> =>
  voidCheckout(ctx, previous).catch(async (error: unknown) => {
    if (error instanceof Refusal && error.status === 409) await voidCheckout(ctx, current);
    throw error;
  });
