import { and, eq, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import { guard, type Silent } from "../database/statements.ts";
import { LEAST_CENTS, MOST_CENTS } from "../http/schemas.ts";
import { saysItsTerm } from "../plans/on-offer.ts";
import { subscription_plans } from "../plans/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { duesOf, isRunning, isWanted, renewsItself, type Wish } from "./checkout-wish.ts";

/** Whether the plan that is wanted is on offer, and this holds of it. */
const planIs = (wish: Wish, what: SQL = sql`true`): SQL =>
  sql`exists (select from ${subscription_plans} where ${and(isWanted(wish), what)})`;

/** 404 when the plan is not on offer; 409 when it cannot be begun yet, or the amount does not fit it. */
export function guardPlan(wish: Wish): Silent[] {
  const { donation_cents } = wish;
  const dues = duesOf(wish);
  const total = sql`${dues} + ${donation_cents}::bigint`;
  return [
    guard(planIs(wish), 404, "plan_not_found", "There is no such plan on offer."),
    guard(
      planIs(wish, saysItsTerm),
      409,
      "plan_has_no_term",
      "It is not decided yet when terms of this plan end. Please ask us.",
    ),
    guard(
      planIs(wish, sql`(${donation_cents} = 0 or ${subscription_plans.donation_allowed})`),
      409,
      "donation_not_allowed",
      "This plan takes no donation on top.",
    ),
    guard(
      planIs(wish, sql`${dues} >= ${subscription_plans.minimum_price_cents}`),
      409,
      "below_minimum",
      "This is less than the lowest price of this plan.",
    ),
    guard(
      planIs(wish, sql`${total} >= ${LEAST_CENTS}`),
      409,
      "amount_too_small",
      "Dues and donation together are less than can be paid online.",
    ),
    guard(
      planIs(wish, sql`${total} <= ${MOST_CENTS}`),
      409,
      "amount_too_large",
      "Dues and donation together are more than can be paid online.",
    ),
  ];
}

/** 409 when a running subscription stands in the way. */
export function guardRunning(wish: Wish): Silent[] {
  const running = isRunning(wish);
  // A plan that renews itself begins when it is paid: what is left of a term before it would be lost.
  const stillRuns = and(running, ne(subscriptions.status, "past_due"));
  return [
    guard(
      sql`not exists (select from ${subscriptions} where ${and(
        running,
        or(isNotNull(subscriptions.stripe_subscription_id), eq(subscriptions.billing_cycle, "lifetime")),
      )})`,
      409,
      "already_subscribed",
      sql`(select case when ${subscriptions.status} = 'past_due'
        then 'Your dues are overdue, and your subscription goes on as soon as they are paid. Please pay them, or change your card, in the billing portal.'
        else 'You have a running subscription already.' end from ${subscriptions} where ${running})`,
    ),
    // It would be superseded, and with it the days that it still has.
    guard(
      sql`not exists (select from ${subscriptions} where ${and(running, eq(subscriptions.status, "paused"))})`,
      409,
      "subscription_paused",
      "Your subscription is paused. Please ask us to resume it first.",
    ),
    guard(
      sql`not (${planIs(wish, renewsItself)} and exists (select from ${subscriptions} where ${stillRuns}))`,
      409,
      "term_still_runs",
      sql`(select 'Your term runs until ' || to_char((${subscriptions.current_term_end} at time zone 'UTC') - interval '1 millisecond', 'FMDD FMMonth YYYY')
        || '. A plan that renews itself can follow when it is over; you stay a member for some days of grace.' from ${subscriptions} where ${stillRuns})`,
    ),
  ];
}
