import { and, asc, count, eq, inArray, isNotNull, not, type SQLWrapper, sql } from "drizzle-orm";
import type * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import {
  daysOf,
  monthIn,
  monthsOf,
  type Period,
  selectDays,
  selectFees,
  sumsOver,
  total,
  totalOf,
} from "../../ledger/figures.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { type Days, endsOnDays, isOnDays, lastMomentOf } from "../../time/days.ts";
import { subscriptionNeverBegan } from "../never-began.ts";
import { invoiceBroughtNothing } from "../receipts.ts";
import { endOfPaid, selectEndedTerms } from "../renewal.ts";
import type { SubscriptionStats } from "./figures-schemas.ts";

/** How memberships stand now, and what happened to them and their money in a period. */
export async function getSubscriptionStats(
  ctx: SignedInContext,
  period: z.infer<typeof Period>,
): Promise<SubscriptionStats> {
  const days = daysOf(period);
  const { covered, now, plans, money, begun, ended, fees } = await ctx.transact((t) => ({
    covered: t.one(selectDays(days)),
    now: t.one(query.select(standing).from(subscriptions)),
    plans: t.many(selectPlans()),
    money: t.many(selectMoney(days)),
    begun: t.many(selectBegun(days)),
    ended: t.many(selectLost(days)),
    fees: t.one(selectFees("dues", days)),
  }));
  /** What happened in those months and plans for which `is` holds. */
  const happened = (is: (row: { month: string; plan_id: string }) => boolean) => ({
    new: totalOf(begun.filter(is), (row) => row.new),
    renewed: totalOf(begun.filter(is), (row) => row.renewed),
    lost: totalOf(ended.filter(is), (row) => row.lost),
    dues: total(money.filter(is).map(({ dues }) => dues)),
    donations: total(money.filter(is).map(({ donations }) => donations)),
  });
  return {
    ...covered,
    currency: ctx.settings.CURRENCY,
    ...now,
    ...happened(() => true),
    ...fees,
    by_plan: plans.map((plan) => ({ ...plan, ...happened(({ plan_id }) => plan_id === plan.plan_id) })),
    by_month: monthsOf(covered).map((month) => ({ month, ...happened((row) => row.month === month) })),
  };
}

const countOf = (status: (typeof subscriptions.$inferSelect)["status"]) =>
  sql`count(*) filter (where ${eq(subscriptions.status, status)})`.mapWith(Number);

const isCollected = and(
  inArray(subscriptions.status, ["active", "past_due"]),
  eq(subscriptions.payment_method, "stripe"),
  // What was paid once, such as a donation that came with a free term, is not collected again.
  isNotNull(subscriptions.stripe_subscription_id),
  eq(subscriptions.cancel_at_period_end, false),
);

/** Cents per month. Adds up twelfths of a cent and divides once at the end, because integer division rounds down. */
const monthly = (cents: SQLWrapper) => {
  const twelfths = sql`coalesce(sum(${cents} * case ${subscriptions.billing_cycle}
    when 'monthly' then 12 when 'quarterly' then 4 when 'yearly' then 1 else 0 end) filter (where ${isCollected}), 0)`;
  return sql`${twelfths} / 12`.mapWith(Number);
};

const standing = {
  active: countOf("active"),
  past_due: countOf("past_due"),
  paused: countOf("paused"),
  pending: countOf("pending"),
  monthly_recurring_cents: monthly(subscriptions.base_subscription_cents),
  monthly_recurring_donation_cents: monthly(subscriptions.donation_cents),
};

const selectPlans = () =>
  query
    .select({
      plan_id: subscription_plans.id,
      plan_name: subscription_plans.name,
      billing_cycle: subscription_plans.billing_cycle,
      ...standing,
    })
    .from(subscription_plans)
    .leftJoin(subscriptions, eq(subscriptions.plan_id, subscription_plans.id))
    .groupBy(subscription_plans.id)
    .orderBy(asc(subscription_plans.position), asc(subscription_plans.id));

/** The sums for each month and plan in which money moved. */
const selectMoney = (days: Days) =>
  query
    .select({
      month: monthIn(ledger.occurred_at),
      plan_id: subscriptions.plan_id,
      dues: sumsOver(ledger.base_subscription_cents),
      donations: sumsOver(ledger.donation_cents),
    })
    .from(ledger)
    .innerJoin(subscriptions, eq(subscriptions.id, ledger.subscription_id))
    .where(isOnDays(ledger.occurred_at, days))
    .groupBy(sql`1`, sql`2`);

/**
 * Counts the payments of dues that began a membership, and those that continued one. Somebody may pay for the next
 * term, and the running term may then be canceled. Their payment still continues it: a later cancellation must not
 * change the figures of a month that is over. Payments that began nothing count as money only.
 */
function selectBegun(days: Days) {
  // An invoice that brought in nothing, for no longer than was paid before: a treasurer changed a price, or ended a subscription.
  const onlyCredits = sql`(${invoiceBroughtNothing} and (${payments.term_end} is null or exists (
    select from ${payments} earlier where earlier.subscription_id = ${payments.subscription_id}
      and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}) and earlier.term_end >= ${payments.term_end})))`;
  const begins_at = sql`coalesce(${payments.term_start}, ${payments.paid_at})`;
  const goes_on = sql`exists (
    select from ${payments} earlier
    where earlier.user_id = ${payments.user_id} and earlier.subscription_id is not null
      and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id})
      and (earlier.subscription_id = ${payments.subscription_id}
        or (coalesce(earlier.term_end, 'infinity') >= ${begins_at}
          and ${endOfPaid(sql`earlier`)} >= least(${begins_at}, ${payments.paid_at}))))`;
  const paid = query
    .select({
      month: monthIn(payments.paid_at).as("month"),
      plan_id: subscriptions.plan_id,
      goes_on: sql`${goes_on}`.as("goes_on"),
    })
    .from(payments)
    .innerJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
    .where(and(isOnDays(payments.paid_at, days), not(subscriptionNeverBegan), not(onlyCredits)))
    .as("paid");
  return query
    .select({
      month: paid.month,
      plan_id: paid.plan_id,
      new: sql`count(*) filter (where not ${paid.goes_on})`.mapWith(Number),
      renewed: sql`count(*) filter (where ${paid.goes_on})`.mapWith(Number),
    })
    .from(paid)
    .groupBy(paid.month, paid.plan_id);
}

/** Counts the paid subscriptions that ended, and that no other payment of the same person continued. */
function selectLost(days: Days) {
  const ended = selectEndedTerms((end) => endsOnDays(end, days)).as("ended");
  return query
    .select({ month: monthIn(lastMomentOf(ended.ended_at)), plan_id: ended.plan_id, lost: count() })
    .from(ended)
    .where(eq(ended.outcome, "lost"))
    .groupBy(sql`1`, ended.plan_id);
}
