import { and, eq, not, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { PersonContext } from "../../http/context.ts";
import { lockPerson } from "../../people/person.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { CHECKOUT_SUPERSEDED } from "../../stripe/checkout-session.ts";
import { user_role_assignments } from "../../tables/access.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { knownEmail, users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lockPlanForReading } from "../lock.ts";
import { beginFreeTerm } from "../offline/record.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { graceIsOver } from "../standing.ts";
import { guardRunningSubscription, guardWishedPlan } from "./rules.ts";
import type { SubscriptionCheckout } from "./schemas.ts";
import {
  freeTermRuns,
  planIsWished,
  rowDiffersFrom,
  subscriptionIsTheirRunning,
  type Wish,
  wishedRow,
  wishIsFree,
} from "./wish.ts";

/** A pending subscription, with what its checkout session needs. */
export type DuesAttempt = NonNullable<Awaited<ReturnType<typeof writeDuesAttempt>>["attempt"]>;

/**
 * Creates the member's one pending subscription, or changes it to what they want now. A term that is paid once gets its dates
 * here. If a session for an earlier wish may still be paid, the row stays as it was, and that session is `in_the_way`: end it
 * first. Also end a lapsed subscription at Stripe, `begun.lapsed_subscription_id`, first. A term that costs nothing needs no
 * session: it begins at once, or runs already, and `begun.for_free` is true. 404 if the plan is not on offer; 409 if the amount
 * does not fit it, or a running subscription is in the way.
 *
 * @param voided the session that has been ended for this wish
 */
export function writeDuesAttempt(ctx: PersonContext, input: SubscriptionCheckout, voided: string | null) {
  const wish = { ...input, user_id: ctx.user_id };
  const free = { id: crypto.randomUUID(), plan_id: wish.plan_id };
  const costsNothing = sql`exists (select from ${subscription_plans} where ${planIsWished(wish)} and ${wishIsFree(wish)} and ${wish.donation_cents}::int = 0)`;
  const inTheWay = sql`coalesce(${subscriptions.stripe_checkout_session_id} <> coalesce(${voided}, ''), false)`;
  return ctx.transact((t) => {
    lockPerson(t, wish.user_id);
    lockPlanForReading(t, wish.plan_id);
    guardWishedPlan(t, wish, ctx.settings.CURRENCY);
    guardRunningSubscription(t, wish);
    const mayBegin = sql`(${costsNothing} and not ${freeTermRuns(wish)} and ${selectLapsed(wish)} is null)`;
    beginFreeTerm(t, ctx, free, { when: mayBegin, voided });
    writeWish(t, wish, { inTheWay, costsNothing });
    // A former member who starts a checkout is waiting to pay from now on. Whoever has roles pays first: they would count again.
    changeStatusWhere(t, "renew", eq(users.id, wish.user_id), not(personHasRoles));
    return {
      begun: t.one(
        query.execute<{ for_free: boolean; lapsed_subscription_id: string | null }>(sql`select
          ${costsNothing} and (${freeTermRuns(wish)} or ${someSubscription(eq(subscriptions.id, free.id))}) as for_free,
          ${selectLapsed(wish)} as lapsed_subscription_id`),
      ),
      attempt: t.maybe(selectAttempt(wish, inTheWay)),
    };
  });
}

/** Whether a row of `users` has roles, whether or not they count. */
const personHasRoles = sql`exists (select from ${user_role_assignments} where ${eq(user_role_assignments.user_id, users.id)})`;

/** Makes the pending row what is wished now, unless a session is in the way. A different wish gets a new number. */
const writeWish = (t: Plan, wish: Wish, { inTheWay, costsNothing }: Record<"inTheWay" | "costsNothing", SQL>): void =>
  t.effect(
    query.execute(sql`
      insert into ${subscriptions}
        (user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents, current_term_start, current_term_end,
          checkout_expires_at)
      ${wishedRow(wish)} and not ${costsNothing}
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
      where ${rowDiffersFrom(sql`excluded`)} and not ${inTheWay}`),
  );

/** Stripe's id of their running subscription that no longer makes them a member. */
const selectLapsed = (wish: Wish): SQL =>
  sql`(select lapsed.stripe_subscription_id from ${subscriptions} lapsed where lapsed.id in
    (select ${subscriptions.id} from ${subscriptions} where ${and(subscriptionIsTheirRunning(wish), graceIsOver)}))`;

/** The pending row, and whether a session that may still be paid kept it from becoming what is wished now. */
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
      in_the_way: sql<boolean>`(${inTheWay} and exists (select from (${wishedRow(wish)}) as wish where ${rowDiffersFrom(sql`wish`)}))`,
      billing_cycle: subscriptions.billing_cycle,
      current_term_start: subscriptions.current_term_start,
      current_term_end: subscriptions.current_term_end,
      plan_name: subscription_plans.name,
      email: knownEmail,
      stripe_customer_id: users.stripe_customer_id,
      statement_descriptor_suffix: organisation_settings.statement_descriptor_suffix,
    })
    .from(subscriptions)
    .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .crossJoin(organisation_settings)
    .where(and(eq(subscriptions.user_id, wish.user_id), eq(subscriptions.status, "pending")));

/** Records the session that is about to be handed out. 409 if another checkout was started, or this one was paid, since. */
export const keepDuesCheckout = (ctx: PersonContext, attempt: DuesAttempt, session_id: string): Promise<void> =>
  ctx.transact((t) => {
    t.guard(
      sql`exists (select from ${subscriptions} where ${and(
        eq(subscriptions.id, attempt.id),
        eq(subscriptions.status, "pending"),
        eq(subscriptions.checkout_number, attempt.checkout_number),
      )} for update)`,
      ...CHECKOUT_SUPERSEDED,
    );
    updateSubscriptions(t, eq(subscriptions.id, attempt.id), { stripe_checkout_session_id: session_id });
  });

/** Gives the attempt a new number, and with it a new idempotency key. */
export const renumberDuesAttempt = (ctx: PersonContext, { id, checkout_number }: DuesAttempt): Promise<void> =>
  ctx.transact((t) => {
    const attempt = and(eq(subscriptions.id, id), eq(subscriptions.checkout_number, checkout_number));
    updateSubscriptions(t, attempt, { checkout_number: checkout_number + 1 });
  });
