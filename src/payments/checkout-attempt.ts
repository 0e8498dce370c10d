import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { effect, guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { MOST_CENTS } from "../http/schemas.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { RECURRING_CYCLES, subscription_plans } from "../plans/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

const SESSION_LIFETIME = sql`interval '23 hours'`;
/** Stripe wants a session to live for another 30 minutes when it is made. */
const TOO_LATE = sql`now() + interval '35 minutes'`;

/** A pending subscription, with what its checkout needs to know. */
export type Attempt = Awaited<ReturnType<typeof writeAttempt>>;

/** The member's one pending subscription, made or brought up to date with what they want now. */
export async function writeAttempt(ctx: SignedInContext, { plan_id, donation_cents }: SubscriptionCheckout) {
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

/** Keeps the id of the session that is handed out. 409 when another checkout was started meanwhile, or it was paid. */
export async function keepSession(ctx: SignedInContext, attempt: Attempt, session_id: string): Promise<void> {
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
}

/** Gives the attempt another number, and thereby another idempotency key. */
export async function renumber(ctx: SignedInContext, { id, checkout_number }: Attempt): Promise<void> {
  await ctx.transact(
    effect(
      query
        .update(subscriptions)
        .set({ checkout_number: checkout_number + 1 })
        .where(and(eq(subscriptions.id, id), eq(subscriptions.checkout_number, checkout_number))),
    ),
  );
}
