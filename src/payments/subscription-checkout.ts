import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import Stripe from "stripe";
import { effect, guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { links } from "../http/links.ts";
import { MOST_CENTS } from "../http/schemas.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { RECURRING_CYCLES, subscription_plans } from "../plans/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import type { CheckoutSession, SubscriptionCheckout } from "./schemas.ts";
import { ask, isMissing, isStripeFault } from "./stripe.ts";
import { DONATION_PART, DUES_PART } from "./subscription-parts.ts";

/** How Stripe bills each cycle that recurs. */
const RECURRING = {
  monthly: { interval: "month", interval_count: 1 },
  quarterly: { interval: "month", interval_count: 3 },
  yearly: { interval: "year", interval_count: 1 },
} as const satisfies Record<(typeof RECURRING_CYCLES)[number], object>;

const SESSION_LIFETIME = sql`interval '23 hours'`;
/** Stripe wants a session to live for another 30 minutes when it is made. */
const TOO_LATE = sql`now() + interval '35 minutes'`;

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
  await keepSession(ctx, attempt, session.id);
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** Writes the session down, unless another checkout was started meanwhile: then nobody shall pay this one. */
async function keepSession(ctx: SignedInContext, attempt: Attempt, session_id: string): Promise<void> {
  try {
    await ctx.transact(
      guard(
        sql`exists (select from ${subscriptions} where ${and(
          eq(subscriptions.id, attempt.id),
          eq(subscriptions.status, "pending"),
          eq(subscriptions.checkout_number, attempt.checkout_number),
        )} for update)`,
        409,
        "checkout_superseded",
        "Another checkout was started in the meantime. Please try again.",
      ),
      effect(
        query
          .update(subscriptions)
          .set({ stripe_checkout_session_id: session_id })
          .where(eq(subscriptions.id, attempt.id)),
      ),
    );
  } catch (error) {
    if (error instanceof Refusal && error.status === 409)
      await ctx.stripe.checkout.sessions.expire(session_id).catch(() => undefined);
    throw error;
  }
}

/**
 * Stripe repeats a 5xx to whoever asks with the same key again, so the attempt gets another number, and thereby another
 * key. A session that was made behind the error is never handed out.
 */
async function abandonOnFault(ctx: SignedInContext, { id, checkout_number }: Attempt, error: unknown): Promise<never> {
  if (isStripeFault(error))
    await ctx.transact(
      effect(
        query
          .update(subscriptions)
          .set({ checkout_number: checkout_number + 1 })
          .where(and(eq(subscriptions.id, id), eq(subscriptions.checkout_number, checkout_number))),
      ),
    );
  throw error;
}

type Attempt = Awaited<ReturnType<typeof writeAttempt>>;

/** The member's one pending subscription, made or brought up to date with what they want now. */
async function writeAttempt(ctx: SignedInContext, { plan_id, donation_cents }: SubscriptionCheckout) {
  const { user_id } = ctx;
  const plan = and(
    eq(subscription_plans.id, plan_id),
    subscription_plans.active,
    isNull(subscription_plans.archived_at),
  );
  const [attempt] = await ctx.transact(
    effect(query.select({ id: users.id }).from(users).where(eq(users.id, user_id)).for("update")),
    guard(
      sql`exists (select from ${subscription_plans} where ${plan})`,
      404,
      "plan_not_found",
      "There is no such plan on offer.",
    ),
    guard(
      sql`exists (select from ${subscription_plans} where ${and(plan, inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES]))})`,
      409,
      "plan_does_not_recur",
      "This plan cannot be paid online yet.",
    ),
    guard(
      sql`${donation_cents} = 0 or exists (select from ${subscription_plans} where ${and(plan, subscription_plans.donation_allowed)})`,
      409,
      "donation_not_allowed",
      "This plan takes no donation on top.",
    ),
    guard(
      sql`exists (select from ${subscription_plans} where ${and(plan, sql`${subscription_plans.price_cents} + ${donation_cents}::bigint <= ${MOST_CENTS}`)})`,
      409,
      "amount_too_large",
      "Dues and donation together are more than can be paid online.",
    ),
    guard(
      sql`not exists (select from ${subscriptions} where ${and(
        eq(subscriptions.user_id, user_id),
        inArray(subscriptions.status, ["active", "past_due", "paused"]),
      )})`,
      409,
      "already_subscribed",
      "You have a running subscription already.",
    ),
    effect(
      query.execute(sql`
        insert into ${subscriptions} as attempt
          (user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents, checkout_expires_at)
        select ${user_id}::uuid, id, billing_cycle, price_cents, ${donation_cents}::int, now() + ${SESSION_LIFETIME}
        from ${subscription_plans} where ${plan}
        on conflict (user_id) where status in ('pending', 'active', 'past_due', 'paused') do update set
          plan_id = excluded.plan_id,
          billing_cycle = excluded.billing_cycle,
          base_subscription_cents = excluded.base_subscription_cents,
          donation_cents = excluded.donation_cents,
          checkout_number = attempt.checkout_number + 1,
          checkout_expires_at = excluded.checkout_expires_at
        where (attempt.plan_id, attempt.billing_cycle, attempt.base_subscription_cents, attempt.donation_cents)
            is distinct from (excluded.plan_id, excluded.billing_cycle, excluded.base_subscription_cents, excluded.donation_cents)
          or attempt.checkout_expires_at < ${TOO_LATE}`),
    ),
    effect(
      query
        .update(users)
        .set({ status: moved("renew") })
        .where(and(eq(users.id, user_id), may("renew"))),
    ),
    one(
      query
        .select({
          id: subscriptions.id,
          plan_id: subscriptions.plan_id,
          checkout_number: subscriptions.checkout_number,
          checkout_expires_at: sql<string>`${subscriptions.checkout_expires_at}`.mapWith(
            subscriptions.checkout_expires_at,
          ),
          stripe_checkout_session_id: subscriptions.stripe_checkout_session_id,
          base_subscription_cents: subscriptions.base_subscription_cents,
          donation_cents: subscriptions.donation_cents,
          billing_cycle: subscriptions.billing_cycle,
          plan_name: subscription_plans.name,
          email: users.email,
          stripe_customer_id: users.stripe_customer_id,
        })
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .where(and(eq(subscriptions.user_id, user_id), eq(subscriptions.status, "pending"))),
    ),
  );
  return attempt;
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
