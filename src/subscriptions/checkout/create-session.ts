import type Stripe from "stripe";
import type { PersonContext } from "../../http/context.ts";
import { links } from "../../http/frontend-links.ts";
import { ask, isMissing } from "../../stripe/client.ts";
import { digest } from "../../stripe/digest.ts";
import { DONATION_PART, DUES_PART, toSeconds } from "../../stripe/values.ts";
import type { RECURRING_CYCLES } from "../../tables/plans.ts";
import type { DuesAttempt } from "./attempt.ts";

/** How Stripe bills each cycle that recurs. The others are paid once. */
export const INTERVALS = {
  monthly: { interval: "month", interval_count: 1 },
  quarterly: { interval: "month", interval_count: 3 },
  yearly: { interval: "year", interval_count: 1 },
} as const satisfies Record<(typeof RECURRING_CYCLES)[number], object>;

type CreatedSession = Stripe.Response<Stripe.Checkout.Session>;

export const recurs = (cycle: string): cycle is keyof typeof INTERVALS => cycle in INTERVALS;

/** Creates the session of an attempt. If somebody deleted the customer at Stripe, the payment creates a new one. */
export const createDuesSession = (ctx: PersonContext, attempt: DuesAttempt): Promise<CreatedSession> =>
  create(ctx, attempt).catch((error: unknown) => {
    if (isMissing(error) && attempt.stripe_customer_id) return create(ctx, { ...attempt, stripe_customer_id: null });
    throw error;
  });

/** Whether Stripe repeated its first answer to an idempotency key. The session may have ended since. */
export const sessionWasRepeated = ({ lastResponse }: CreatedSession): boolean =>
  new Headers(lastResponse.headers).get("Idempotent-Replayed") === "true";

async function create(ctx: PersonContext, attempt: DuesAttempt): Promise<CreatedSession> {
  const { settings } = ctx;
  const { billing_cycle, stripe_customer_id } = attempt;
  // Without dues, nothing renews: the donation is paid once.
  const recurring = recurs(billing_cycle) && attempt.base_subscription_cents > 0 ? INTERVALS[billing_cycle] : null;
  const line = (name: string, unit_amount: number, part: string) => ({
    quantity: 1,
    price_data: {
      currency: settings.CURRENCY,
      unit_amount,
      ...(recurring && { recurring }),
      product_data: { name, metadata: { part } },
    },
  });
  const metadata = metadataOf(ctx, attempt);
  const wanted: Stripe.Checkout.SessionCreateParams = {
    ...(stripe_customer_id ? { customer: stripe_customer_id } : { customer_email: attempt.email }),
    client_reference_id: attempt.id,
    line_items: [
      ...(attempt.base_subscription_cents > 0
        ? [line(`Dues: ${attempt.plan_name}`, attempt.base_subscription_cents, DUES_PART)]
        : []),
      ...(attempt.donation_cents > 0 ? [line("Donation", attempt.donation_cents, DONATION_PART)] : []),
    ],
    metadata,
    ...(recurring ? { mode: "subscription", subscription_data: { metadata } } : paidOnce(attempt, metadata)),
    success_url: links.paid(settings),
    cancel_url: links.cancelled(settings),
    expires_at: toSeconds(new Date(attempt.checkout_expires_at)),
  };
  // The number tells attempts apart. The digest covers what changes without a new number, such as the plan's name or the
  // member's address: Stripe refuses a key that comes back with other parameters.
  const idempotencyKey = `checkout-${attempt.id}-${attempt.checkout_number}-${await digest(wanted)}`;
  return ask(ctx.stripe.checkout.sessions.create(wanted, { idempotencyKey }));
}

/** Tells us what a payment was for. It names the plan and the term too, as the row may hold a later wish by then. */
function metadataOf({ user_id }: PersonContext, attempt: DuesAttempt): Record<string, string> {
  const { id, plan_id, billing_cycle, current_term_start, current_term_end } = attempt;
  return {
    subscription_id: id,
    user_id,
    plan_id,
    billing_cycle,
    ...(current_term_start && { term_start: current_term_start }),
    // A lifetime has none.
    ...(current_term_end && { term_end: current_term_end }),
  };
}

/** A subscription creates a customer by itself; a payment has to be told to. */
const paidOnce = (
  { stripe_customer_id, statement_descriptor_suffix }: DuesAttempt,
  metadata: Record<string, string>,
): Stripe.Checkout.SessionCreateParams => ({
  mode: "payment",
  ...(!stripe_customer_id && { customer_creation: "always" }),
  payment_intent_data: { metadata, ...(statement_descriptor_suffix && { statement_descriptor_suffix }) },
});
