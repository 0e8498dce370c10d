import Stripe from "stripe";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { links } from "../http/links.ts";
import type { RECURRING_CYCLES } from "../plans/tables.ts";
import { type Attempt, keepSession, renumber, writeAttempt } from "./checkout-attempt.ts";
import type { CheckoutSession, SubscriptionCheckout } from "./schemas.ts";
import { ask, isMissing, isStripeFault } from "./stripe.ts";
import { DONATION_PART, DUES_PART } from "./subscription-parts.ts";

/** How Stripe bills each cycle that recurs. */
const RECURRING = {
  monthly: { interval: "month", interval_count: 1 },
  quarterly: { interval: "month", interval_count: 3 },
  yearly: { interval: "year", interval_count: 1 },
} as const satisfies Record<(typeof RECURRING_CYCLES)[number], object>;

/**
 * Starts, or finds again, the checkout of a member's dues. The same plan and donation give the same Stripe session,
 * however often and from wherever it is asked for; other ones end the session before. Two round trips, with Stripe
 * between: the attempt is written down first, so that a payment always has a row to come home to.
 */
export async function startSubscriptionCheckout(
  ctx: SignedInContext,
  input: SubscriptionCheckout,
): Promise<CheckoutSession> {
  const attempt = await writeAttempt(ctx, input);
  const session = await createSession(ctx, attempt).catch((error: unknown) =>
    // Somebody deleted the customer at Stripe: the payment makes a new one.
    isMissing(error) && attempt.stripe_customer_id
      ? createSession(ctx, { ...attempt, stripe_customer_id: null })
      : abandonOnFault(ctx, attempt, error),
  );
  const previous = attempt.stripe_checkout_session_id;
  if (previous && previous !== session.id) await retire(ctx, previous, session.id);
  await keepSession(ctx, attempt, session.id).catch((error: unknown) => endUnwanted(ctx, session, error));
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** Nobody shall pay a session that was not handed out. */
async function endUnwanted(
  { stripe }: SignedInContext,
  { id }: Stripe.Checkout.Session,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal && error.status === 409)
    await stripe.checkout.sessions.expire(id).catch(() => undefined);
  throw error;
}

/**
 * Stripe repeats a 5xx to whoever asks with the same key again. A session that was made behind the error is never
 * handed out.
 */
async function abandonOnFault(ctx: SignedInContext, attempt: Attempt, error: unknown): Promise<never> {
  if (isStripeFault(error)) await renumber(ctx, attempt);
  throw error;
}

async function createSession(ctx: SignedInContext, attempt: Attempt): Promise<Stripe.Checkout.Session> {
  const { settings, user_id } = ctx;
  const line = (name: string, unit_amount: number, part: string) => ({
    quantity: 1,
    price_data: {
      currency: settings.CURRENCY,
      unit_amount,
      recurring: RECURRING[attempt.billing_cycle as keyof typeof RECURRING],
      product_data: { name, metadata: { part } },
    },
  });
  // The plan too: by the time this session is paid, the row may hold a later wish.
  const { plan_id, billing_cycle } = attempt;
  const metadata = { subscription_id: attempt.id, user_id, plan_id, billing_cycle };
  const wanted: Stripe.Checkout.SessionCreateParams = {
    mode: "subscription",
    ...(attempt.stripe_customer_id ? { customer: attempt.stripe_customer_id } : { customer_email: attempt.email }),
    client_reference_id: attempt.id,
    line_items: [
      line(`Dues: ${attempt.plan_name}`, attempt.base_subscription_cents, DUES_PART),
      ...(attempt.donation_cents > 0 ? [line("Donation", attempt.donation_cents, DONATION_PART)] : []),
    ],
    metadata,
    subscription_data: { metadata },
    success_url: links.paid(settings),
    cancel_url: links.cancelled(settings),
    expires_at: Math.floor(Date.parse(attempt.checkout_expires_at) / 1000),
  };
  // The attempt's number tells attempts apart. The digest is for what changes without one (a plan's name, the member's
  // address): Stripe refuses a key that comes back with other parameters.
  const idempotencyKey = `checkout-${attempt.id}-${attempt.checkout_number}-${await digest(wanted)}`;
  return ask(ctx.stripe.checkout.sessions.create(wanted, { idempotencyKey }));
}

async function digest(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ends the session before, so that only one can be paid. Was it paid already, the new one is ended instead: 409. */
async function retire({ stripe }: SignedInContext, previous: string, current: string): Promise<void> {
  try {
    await ask(stripe.checkout.sessions.expire(previous));
  } catch (error) {
    // Not open any more, or not known any more.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (isMissing(error)) return;
    const { status } = await ask(stripe.checkout.sessions.retrieve(previous));
    if (status !== "complete") return;
    await ask(stripe.checkout.sessions.expire(current));
    throw new Refusal(409, "payment_in_progress", "Your payment has been made and is being processed.");
  }
}
