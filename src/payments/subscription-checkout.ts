import type Stripe from "stripe";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { links } from "../http/links.ts";
import type { RECURRING_CYCLES } from "../plans/tables.ts";
import { endUnwanted, findSession, isOver, voidCheckout } from "../stripe/checkout-session.ts";
import { ask, isMissing, isStripeFault } from "../stripe/client.ts";
import { digest } from "../stripe/digest.ts";
import { type Attempt, keepSession, renumber, writeAttempt } from "./checkout-attempt.ts";
import type { CheckoutSession, SubscriptionCheckout } from "./schemas.ts";
import { DONATION_PART, DUES_PART } from "./subscription-parts.ts";

/** How Stripe bills each cycle that recurs. The others are paid once. */
const INTERVALS = {
  monthly: { interval: "month", interval_count: 1 },
  quarterly: { interval: "month", interval_count: 3 },
  yearly: { interval: "year", interval_count: 1 },
} as const satisfies Record<(typeof RECURRING_CYCLES)[number], object>;

type Created = Stripe.Response<Stripe.Checkout.Session>;

const recurs = (cycle: string): cycle is keyof typeof INTERVALS => cycle in INTERVALS;

/**
 * Starts, or finds again, the checkout of a member's dues. The same wish gives the same Stripe session, however often and
 * from wherever it is asked for; another one ends the session before. Two round trips, with Stripe between: the attempt
 * is written down first, so that a payment always has a row to come home to. Three where a session is ended before that:
 * had it been paid, its row must still be what was paid. Refuses what {@link writeAttempt} does; 409 also when a payment
 * is on its way or another checkout was started meanwhile, 503 when Stripe does not answer.
 */
export async function startSubscriptionCheckout(
  ctx: SignedInContext,
  input: SubscriptionCheckout,
  voided: string | null = null,
): Promise<CheckoutSession> {
  const attempt = await writeAttempt(ctx, input, voided);
  const previous = attempt.stripe_checkout_session_id;
  if (previous && attempt.in_the_way) {
    await voidCheckout(ctx, previous);
    return startSubscriptionCheckout(ctx, input, previous);
  }
  const session = await openSession(ctx, attempt).catch((error: unknown) => abandonOnFault(ctx, attempt, error));
  if (wasRepeated(session) && isOver(await findSession(ctx, session.id))) {
    await renumber(ctx, attempt);
    return startSubscriptionCheckout(ctx, input);
  }
  if (previous && previous !== session.id) await retire(ctx, previous, session.id);
  await keepSession(ctx, attempt, session.id).catch((error: unknown) => endUnwanted(ctx, session, error));
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** When somebody deleted the customer at Stripe, the payment makes a new one. */
const openSession = (ctx: SignedInContext, attempt: Attempt): Promise<Created> =>
  createSession(ctx, attempt).catch((error: unknown) => {
    if (isMissing(error) && attempt.stripe_customer_id)
      return createSession(ctx, { ...attempt, stripe_customer_id: null });
    throw error;
  });

/** Whether Stripe answers what it answered the first time, which says nothing of what became of the session since. */
const wasRepeated = ({ lastResponse }: Created) =>
  new Headers(lastResponse.headers).get("Idempotent-Replayed") === "true";

/**
 * Stripe repeats a 5xx to whoever asks with the same key again. A session that was made behind the error is never
 * handed out.
 */
async function abandonOnFault(ctx: SignedInContext, attempt: Attempt, error: unknown): Promise<never> {
  if (isStripeFault(error)) await renumber(ctx, attempt);
  throw error;
}

async function createSession(ctx: SignedInContext, attempt: Attempt): Promise<Created> {
  const { settings } = ctx;
  const { billing_cycle, stripe_customer_id } = attempt;
  const recurring = recurs(billing_cycle) ? { recurring: INTERVALS[billing_cycle] } : {};
  const line = (name: string, unit_amount: number, part: string) => ({
    quantity: 1,
    price_data: {
      currency: settings.CURRENCY,
      unit_amount,
      ...recurring,
      product_data: { name, metadata: { part } },
    },
  });
  const metadata = metadataOf(ctx, attempt);
  const wanted: Stripe.Checkout.SessionCreateParams = {
    ...(stripe_customer_id ? { customer: stripe_customer_id } : { customer_email: attempt.email }),
    client_reference_id: attempt.id,
    line_items: [
      line(`Dues: ${attempt.plan_name}`, attempt.base_subscription_cents, DUES_PART),
      ...(attempt.donation_cents > 0 ? [line("Donation", attempt.donation_cents, DONATION_PART)] : []),
    ],
    metadata,
    ...(recurs(billing_cycle)
      ? { mode: "subscription", subscription_data: { metadata } }
      : paidOnce(attempt, metadata)),
    success_url: links.paid(settings),
    cancel_url: links.cancelled(settings),
    expires_at: Math.floor(Date.parse(attempt.checkout_expires_at) / 1000),
  };
  // The attempt's number tells attempts apart. The digest is for what changes without one (a plan's name, the member's
  // address): Stripe refuses a key that comes back with other parameters.
  const idempotencyKey = `checkout-${attempt.id}-${attempt.checkout_number}-${await digest(wanted)}`;
  return ask(ctx.stripe.checkout.sessions.create(wanted, { idempotencyKey }));
}

/** What a payment comes home by. The plan and the term too: by then the row may hold a later wish. */
function metadataOf({ user_id }: SignedInContext, attempt: Attempt): Record<string, string> {
  const { id, plan_id, billing_cycle, current_term_start, current_term_end } = attempt;
  return {
    subscription_id: id,
    user_id,
    plan_id,
    billing_cycle,
    ...(current_term_start && { term_start: current_term_start }),
    // A term for life has none.
    ...(current_term_end && { term_end: current_term_end }),
  };
}

/** A payment makes no customer by itself, as a subscription does. */
const paidOnce = (
  { stripe_customer_id, statement_descriptor_suffix }: Attempt,
  metadata: Record<string, string>,
): Stripe.Checkout.SessionCreateParams => ({
  mode: "payment",
  ...(!stripe_customer_id && { customer_creation: "always" }),
  payment_intent_data: { metadata, ...(statement_descriptor_suffix && { statement_descriptor_suffix }) },
});

/** Ends the session before it of the same wish, so that only one can be paid. Was that paid, the new one is ended: 409. */
const retire = (ctx: SignedInContext, previous: string, current: string): Promise<void> =>
  voidCheckout(ctx, previous).catch(async (error: unknown) => {
    if (error instanceof Refusal && error.status === 409) await voidCheckout(ctx, current);
    throw error;
  });
