import { and, asc, count, eq, inArray, not, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type * as z from "zod";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import {
  type Days,
  daysOf,
  monthIn,
  monthsOf,
  type Period,
  sumsOver,
  total,
  totalOf,
  within,
} from "../ledger/figures.ts";
import { ledger, payments } from "../ledger/tables.ts";
import { subscription_plans } from "../plans/tables.ts";
import type { SubscriptionStats } from "./figures-schemas.ts";
import { subscriptions } from "./tables.ts";
import { beganNothing } from "./unbegun.ts";

/** How memberships stand, and what happened to them and their money in a period. One round trip. */
export async function subscriptionStats(
  ctx: SignedInContext,
  period: z.infer<typeof Period>,
): Promise<SubscriptionStats> {
  const days = daysOf(period, ctx.now);
  const [now, plans, money, begun, ended] = await ctx.transact(
    one(selectNow()),
    many(selectPlans()),
    many(selectMoney(days)),
    many(selectBegun(days)),
    many(selectEnded(days)),
  );
  /** What happened, of those rows that are meant. */
  const happened = (is: (row: { month: string; plan_id: string }) => boolean) => ({
    new: totalOf(begun.filter(is), (row) => row.new),
    renewed: totalOf(begun.filter(is), (row) => row.renewed),
    lost: totalOf(ended.filter(is), (row) => row.lost),
    dues: total(money.filter(is).map(({ dues }) => dues)),
    donations: total(money.filter(is).map(({ donations }) => donations)),
  });
  return {
    ...days,
    currency: ctx.settings.CURRENCY,
    ...now,
    ...happened(() => true),
    by_plan: plans.map((plan) => ({ ...plan, ...happened(({ plan_id }) => plan_id === plan.plan_id) })),
    by_month: monthsOf(days).map((month) => ({ month, ...happened((row) => row.month === month) })),
  };
}

const having = (status: (typeof subscriptions.$inferSelect)["status"]) =>
  sql`count(*) filter (where ${eq(subscriptions.status, status)})`.mapWith(Number);

const recurs = and(
  inArray(subscriptions.status, ["active", "past_due"]),
  eq(subscriptions.payment_method, "stripe"),
  eq(subscriptions.cancel_at_period_end, false),
);

/** Cents a month. Added up as twelfths of a month's cents, so that it is rounded once, down: integers divide so. */
const monthly = (cents: SQLWrapper) => {
  const twelfths = sql`coalesce(sum(${cents} * case ${subscriptions.billing_cycle}
    when 'monthly' then 12 when 'quarterly' then 4 when 'yearly' then 1 else 0 end) filter (where ${recurs}), 0)`;
  return sql`${twelfths} / 12`.mapWith(Number);
};

const standing = {
  active: having("active"),
  past_due: having("past_due"),
  paused: having("paused"),
  pending: having("pending"),
  monthly_recurring_cents: monthly(subscriptions.base_subscription_cents),
  monthly_recurring_donation_cents: monthly(subscriptions.donation_cents),
};

const selectNow = () => query.select(standing).from(subscriptions);

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

/** The sums of each month and plan in which something moved. */
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
    .where(within(ledger.occurred_at, days))
    .groupBy(sql`1`, sql`2`);

/** When a subscription ended that has ended: when it was cancelled at once, or with its term. */
const endOf = (
  subscription: SQL,
) => sql`case when ${subscription}.status = 'cancelled' and not ${subscription}.cancel_at_period_end
  then least(${subscription}.cancelled_at, ${subscription}.current_term_end) else ${subscription}.current_term_end end`;

/** How long what a payment was for went on: for its term, but no longer than its subscription; never, where it began nothing. */
const termOf = (payment: SQL) => sql`coalesce(least(${payment}.term_end, (
  select case when ${beganNothing} then '-infinity'
    when ${subscriptions.status} in ('cancelled', 'expired') then ${endOf(sql`${subscriptions}`)} end
  from ${subscriptions} where ${eq(subscriptions.id, sql`${payment}.subscription_id`)})), 'infinity')`;

/**
 * Payments of dues: those that begin a membership, and those that go on from an earlier one. From one that was cut short
 * only where that still went on when this was paid: what is cancelled later does not change a month that is over. What was
 * paid and began nothing is money, and no membership.
 */
function selectBegun(days: Days) {
  const begins_at = sql`coalesce(${payments.term_start}, ${payments.paid_at})`;
  const goes_on = sql`exists (
    select from ${payments} earlier
    where earlier.user_id = ${payments.user_id} and earlier.subscription_id is not null
      and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id})
      and (earlier.subscription_id = ${payments.subscription_id}
        or (coalesce(earlier.term_end, 'infinity') >= ${begins_at}
          and ${termOf(sql`earlier`)} >= least(${begins_at}, ${payments.paid_at}))))`;
  const paid = query
    .select({
      month: monthIn(payments.paid_at).as("month"),
      plan_id: subscriptions.plan_id,
      goes_on: sql`${goes_on}`.as("goes_on"),
    })
    .from(payments)
    .innerJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
    .where(and(within(payments.paid_at, days), not(beganNothing)))
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

/** Subscriptions that were paid for and ended with nothing after them. */
function selectEnded(days: Days) {
  const ended_at = endOf(sql`${subscriptions}`);
  const paid_for = sql`exists (select from ${payments} own where own.subscription_id = ${subscriptions.id})`;
  const goes_on = sql`exists (
    select from ${payments} other
    where other.user_id = ${subscriptions.user_id} and other.subscription_id <> ${subscriptions.id}
      and coalesce(other.term_start, other.paid_at) <= ${ended_at}
      and ${termOf(sql`other`)} > ${ended_at})`;
  return query
    .select({ month: monthIn(ended_at), plan_id: subscriptions.plan_id, lost: count() })
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.status, ["cancelled", "expired"]),
        within(ended_at, days),
        paid_for,
        not(beganNothing),
        sql`not ${goes_on}`,
      ),
    )
    .groupBy(sql`1`, sql`2`);
}
