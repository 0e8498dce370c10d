import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { checkoutIsOver, endUnwantedCheckout, findSession, voidCheckout } from "../../stripe/checkout-session.ts";
import { isStripeFault } from "../../stripe/client.ts";
import type { CheckoutSession } from "../../stripe/schemas.ts";
import { type DuesAttempt, keepDuesCheckout, renumberDuesAttempt, writeDuesAttempt } from "./attempt.ts";
import { createDuesSession, sessionWasRepeated } from "./create-session.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/**
 * Starts the checkout of a member's dues. Asking for the same again, from any device, gives the same session; asking for
 * something else ends the earlier one. The attempt is written before Stripe is asked: every payment must find its row. An
 * earlier session is ended before its row changes: if it was paid, the row must still match it.
 * Refuses what {@link writeDuesAttempt} does; 409 also if a payment is on its way or another checkout was started; 503 if
 * Stripe does not answer.
 */
export async function startSubscriptionCheckout(
  ctx: SignedInContext,
  input: SubscriptionCheckout,
  voided: string | null = null,
): Promise<CheckoutSession> {
  const attempt = await writeDuesAttempt(ctx, input, voided);
  const previous = attempt.stripe_checkout_session_id;
  if (previous && attempt.in_the_way) {
    await voidCheckout(ctx, previous);
    return startSubscriptionCheckout(ctx, input, previous);
  }
  const session = await createDuesSession(ctx, attempt).catch((error: unknown) => abandonOnFault(ctx, attempt, error));
  if (sessionWasRepeated(session) && checkoutIsOver(await findSession(ctx, session.id))) {
    await renumberDuesAttempt(ctx, attempt);
    return startSubscriptionCheckout(ctx, input);
  }
  if (previous && previous !== session.id) await endPrevious(ctx, previous, session.id);
  await keepDuesCheckout(ctx, attempt, session.id).catch((error: unknown) => endUnwantedCheckout(ctx, session, error));
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** Stripe would repeat a 5xx to the same key. A session that it may have created behind the error is never handed out. */
async function abandonOnFault(ctx: SignedInContext, attempt: DuesAttempt, error: unknown): Promise<never> {
  if (isStripeFault(error)) await renumberDuesAttempt(ctx, attempt);
  throw error;
}

/** Only one session for the same wish may be open: ends the earlier one. If that was paid, ends the new one instead: 409. */
const endPrevious = (ctx: SignedInContext, previous: string, current: string): Promise<void> =>
  voidCheckout(ctx, previous).catch(async (error: unknown) => {
    if (error instanceof Refusal && error.status === 409) await voidCheckout(ctx, current);
    throw error;
  });
