import { and, eq, isNotNull, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import { planTermIsKnown } from "../../plans/on-offer.ts";
import { leastCents, MOST_CENTS } from "../../stripe/amounts.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lastMomentOf, localTime } from "../../time/days.ts";
import { duesAreInPortal } from "../notices.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionEntitles } from "../standing.ts";
import {
  FREE_RENEWAL,
  freeTermRuns,
  planIsWished,
  subscriptionIsTheirRunning,
  termGivesWay,
  type Wish,
  wishedDues,
  wishIsFree,
  wishRenewsItself,
} from "./wish.ts";

/** Who may pay dues online. */
export const PAYING_STATUSES = ["payment_pending", "inactive", "active"] as const;

/** Whether the wished plan is on offer, and this holds for it. */
const wishedPlanIs = (wish: Wish, what: SQL = sql`true`): SQL =>
  sql`exists (select from ${subscription_plans} where ${and(planIsWished(wish), what)})`;

/** 404 if the plan is not on offer; 409 if its term is not known yet, or the amount does not fit it. */
export function guardWishedPlan(t: Plan, wish: Wish, currency: string): void {
  const { donation_cents } = wish;
  const dues = wishedDues(wish);
  const total = sql`${dues} + ${donation_cents}::bigint`;
  const guard = (rule: SQL, code: ErrorCode, sentence: string) =>
    t.guard(wishedPlanIs(wish, rule), 409, code, sentence);
  t.guard(wishedPlanIs(wish), 404, "plan_not_found", "This plan does not exist or is not available.");
  guard(planTermIsKnown, "plan_has_no_term", "We have not decided yet when terms of this plan end. Please ask us.");
  guard(
    sql`(${donation_cents} = 0 or ${subscription_plans.donation_allowed})`,
    "donation_not_allowed",
    "You cannot add a donation to this plan.",
  );
  guard(
    sql`${dues} >= ${subscription_plans.minimum_price_cents}`,
    "below_minimum",
    "This is less than the lowest price of this plan.",
  );
  guard(
    sql`(${total} = 0 or ${total} >= ${leastCents(currency)})`,
    "amount_too_small",
    "The total of dues and donation is too small to be paid online.",
  );
  guard(
    sql`${total} <= ${MOST_CENTS}`,
    "amount_too_large",
    "The total of dues and donation is too large to be paid online.",
  );
}

/** 409 if a running subscription is in the way. One that no longer makes them a member is not. */
export function guardRunningSubscription(t: Plan, wish: Wish): void {
  const running = and(subscriptionIsTheirRunning(wish), subscriptionEntitles);
  const isFree = wishedPlanIs(wish, wishIsFree(wish));
  const hasIt = sql`(${isFree} and ${freeTermRuns(wish)})`;
  const replacesFree = sql`(${termGivesWay} and not ${isFree})`;
  t.guard(
    sql`${hasIt} or not ${someSubscription(
      running,
      or(isNotNull(subscriptions.stripe_subscription_id), eq(subscriptions.billing_cycle, "lifetime")),
      not(replacesFree),
    )}`,
    409,
    "already_subscribed",
    sql`(select case
      when ${duesAreInPortal}
      then 'Your dues are overdue. Your subscription continues as soon as you pay them. Please pay, or change your card, in the billing portal.'
      when ${subscriptions.status} = 'past_due'
      then 'Your bank took back your dues. Please ask us how you can pay them.'
      when ${subscriptions.status} = 'paused'
      then 'Your subscription is paused. Please ask us to resume it first.'
      else 'You already have a running subscription.' end from ${subscriptions} where ${running})`,
  );
  // It would be replaced, and the days it has left would be lost.
  t.guard(
    sql`not ${someSubscription(running, eq(subscriptions.status, "paused"))}`,
    409,
    "subscription_paused",
    "Your subscription is paused. Please ask us to resume it first.",
  );
  const termIsLeft = and(running, ne(subscriptions.status, "past_due"));
  const untilWhen = sql`'Your term runs until ' || to_char(${localTime(lastMomentOf(subscriptions.current_term_end))}, 'FMMonth FMDD, YYYY')`;
  // A plan that renews begins when it is paid: the rest of a running term would be lost. Nobody paid for a free one.
  const paidIsLeft = and(termIsLeft, not(termGivesWay));
  t.guard(
    sql`not (${wishedPlanIs(wish, wishRenewsItself(wish))} and ${someSubscription(paidIsLeft)})`,
    409,
    "term_still_runs",
    sql`(select ${untilWhen}
      || '. You can switch to a plan that renews automatically once it is over. You stay a member during the grace period.' from ${subscriptions} where ${paidIsLeft})`,
  );
  const muchIsLeft = and(termIsLeft, sql`${subscriptions.current_term_end} > now() + ${FREE_RENEWAL}`);
  t.guard(
    sql`${hasIt} or not (${isFree} and ${someSubscription(muchIsLeft)})`,
    409,
    "term_still_runs",
    sql`(select ${untilWhen} || '. You can add a free term in its last 14 days.' from ${subscriptions} where ${muchIsLeft})`,
  );
}
