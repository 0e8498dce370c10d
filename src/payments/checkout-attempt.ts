import { and, eq, type SQL, sql } from "drizzle-orm";
import { effect, guard, one, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { subscription_plans } from "../plans/tables.ts";
import { organisation_settings } from "../settings/tables.ts";
import { CHECKOUT_SUPERSEDED } from "../stripe/checkout-session.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { guardPlan, guardRunning } from "./checkout-rules.ts";
import { isAnother, type Wish, wishedRow } from "./checkout-wish.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/** A pending subscription, with what its checkout needs to know. */
export type Attempt = Awaited<ReturnType<typeof writeAttempt>>;

/**
 * The member's one pending subscription, made or brought up to date with what they want now; a term that is paid once is
 * fixed here. Another wish before it, whose session might be paid, stays as it is: that session is `in_the_way`, to be made
 * void first. 404 when the plan is not on offer; 409 when the amount does not fit it, or a running subscription stands in
 * the way. One round trip.
 *
 * @param voided the session that was made void for this wish
 */
export async function writeAttempt(ctx: SignedInContext, input: SubscriptionCheckout, voided: string | null) {
  const wish = { ...input, user_id: ctx.user_id };
  const inTheWay = sql`coalesce(${subscriptions.stripe_checkout_session_id} <> coalesce(${voided}, ''), false)`;
  const [attempt] = await ctx.transact(
    ...lock(wish),
    ...guardPlan(wish),
    ...guardRunning(wish),
    writeWish(wish, inTheWay),
    awaitPayment(wish),
    one(selectAttempt(wish, inTheWay)),
  );
  return attempt;
}

/** The member, whose other devices wait; and the plan, which nobody edits or deletes meanwhile. */
const lock = ({ user_id, plan_id }: Wish): Silent[] => [
  effect(query.select({ id: users.id }).from(users).where(eq(users.id, user_id)).for("no key update")),
  effect(
    query
      .select({ id: subscription_plans.id })
      .from(subscription_plans)
      .where(eq(subscription_plans.id, plan_id))
      .for("share"),
  ),
];

/** Makes the pending row what is wanted now, under another number if that is another wish; unless a session is in the way. */
const writeWish = (wish: Wish, inTheWay: SQL): Silent =>
  effect(
    query.execute(sql`
      insert into ${subscriptions}
        (user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents, current_term_start, current_term_end,
          checkout_expires_at)
      ${wishedRow(wish)}
      on conflict (user_id) where status = 'pending' do update set
        plan_id = excluded.plan_id,
        billing_cycle = excluded.billing_cycle,
        base_subscription_cents = excluded.base_subscription_cents,
        donation_cents = excluded.donation_cents,
        current_term_start = excluded.current_term_start,
        current_term_end = excluded.current_term_end,
        checkout_number = ${subscriptions.checkout_number} + 1,
        checkout_expires_at = excluded.checkout_expires_at,
        stripe_checkout_session_id = null
      where ${isAnother(sql`excluded`)} and not ${inTheWay}`),
  );

/** Whoever had lapsed is waiting to pay from now on. */
const awaitPayment = ({ user_id }: Wish): Silent =>
  effect(
    query
      .update(users)
      .set({ status: moved("renew") })
      .where(and(eq(users.id, user_id), may("renew"))),
  );

/** The pending row; and whether a session that might be paid kept it from becoming what is wanted now. */
const selectAttempt = (wish: Wish, inTheWay: SQL) =>
  query
    .select({
      id: subscriptions.id,
      plan_id: subscriptions.plan_id,
      checkout_number: subscriptions.checkout_number,
      checkout_expires_at: sql<string>`${subscriptions.checkout_expires_at}`.mapWith(subscriptions.checkout_expires_at),
      stripe_checkout_session_id: subscriptions.stripe_checkout_session_id,
      base_subscription_cents: subscriptions.base_subscription_cents,
      donation_cents: subscriptions.donation_cents,
      in_the_way: sql<boolean>`(${inTheWay} and exists (select from (${wishedRow(wish)}) as wish where ${isAnother(sql`wish`)}))`,
      billing_cycle: subscriptions.billing_cycle,
      current_term_start: subscriptions.current_term_start,
      current_term_end: subscriptions.current_term_end,
      plan_name: subscription_plans.name,
      email: users.email,
      stripe_customer_id: users.stripe_customer_id,
      statement_descriptor_suffix: organisation_settings.statement_descriptor_suffix,
    })
    .from(subscriptions)
    .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .crossJoin(organisation_settings)
    .where(and(eq(subscriptions.user_id, wish.user_id), eq(subscriptions.status, "pending")));

/** Keeps the id of the session that is handed out. 409 when another checkout was started meanwhile, or it was paid. */
export async function keepSession(ctx: SignedInContext, attempt: Attempt, session_id: string): Promise<void> {
  await ctx.transact(
    guard(
      sql`exists (select from ${subscriptions} where ${and(
        eq(subscriptions.id, attempt.id),
        eq(subscriptions.status, "pending"),
        eq(subscriptions.checkout_number, attempt.checkout_number),
      )} for update)`,
      ...CHECKOUT_SUPERSEDED,
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
