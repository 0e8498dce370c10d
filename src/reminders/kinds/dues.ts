import { and, eq, inArray, isNotNull, isNull, not, or, sql } from "drizzle-orm";
import { graceEnd, subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { instantOf, lastMomentOf } from "../../time/days.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";

const owned = sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}`;
const term_end = sql`${subscriptions.current_term_end}`;
const isBilled = isNotNull(subscriptions.stripe_subscription_id);

const days_before = offsets(organisation_settings.renewal_reminder_days);

/** An offset of half the term or more would be no news: who pays by the month hears 14 and 7 days before the end, and on the day. */
export const termEnding = kind({
  name: "term_ending",
  who: "members whose term does not renew itself",
  when: "60, 30, 14 and 7 days before the last day and on it (`renewal_reminder_days`), if that is less than half of the term",
  template: "term_ending",
  data: {
    first_name: users.first_name,
    plan_name: subscription_plans.name,
    term_end: sql<string>`${term_end}`,
  },
  from: () => sql`${owned} join ${subscription_plans} on ${eq(subscription_plans.id, subscriptions.plan_id)}
    ${days_before.join}`,
  subject: subscriptions.id,
  due_at: () => dayBegins(lastMomentOf(term_end), sql`- ${days_before.value}`),
  until: () => term_end,
  holds: () =>
    and(
      not(isBilled),
      eq(subscriptions.status, "active"),
      not(subscriptions.cancel_at_period_end),
      eq(users.status, "active"),
      sql`coalesce(${days_before.value} * interval '1 day' < (${term_end} - ${subscriptions.current_term_start}) / 2, true)`,
    ),
  same_within: "20 hours",
});

const DAYS_OF_NOTICE = 7;

/** Who pays by the month knows. */
export const renewalNotice = kind({
  name: "renewal",
  who: "members whose quarterly or yearly membership renews itself",
  when: "7 days before, with the amount",
  template: "renewal_reminder",
  data: {
    first_name: users.first_name,
    base_subscription_cents: subscriptions.base_subscription_cents,
    donation_cents: subscriptions.donation_cents,
    renews_at: sql<string>`${term_end}`,
  },
  from: () => owned,
  subject: subscriptions.id,
  due_at: () => dayBegins(term_end, sql`- ${DAYS_OF_NOTICE}`),
  until: () => term_end,
  holds: () =>
    and(
      isBilled,
      eq(subscriptions.status, "active"),
      not(subscriptions.cancel_at_period_end),
      inArray(subscriptions.billing_cycle, ["quarterly", "yearly"]),
    ),
  same_within: "20 hours",
});

const days_late = offsets(organisation_settings.past_due_reminder_days);
const grace_end = sql`coalesce(${subscriptions.grace_ends_at}, ${graceEnd(term_end)})`;

/** When Stripe fails to collect, `payment_failed` says so at once: that is the first day's. */
export const pastDue = kind({
  name: "past_due",
  who: "members whose dues are past due",
  when: "0, 3, 7 and 13 days after the end of the term (`past_due_reminder_days`), until the grace period ends; where Stripe collects, `payment_failed` replaces the first",
  template: "past_due_reminder",
  data: {
    first_name: users.first_name,
    amount_cents: sql<number>`${subscriptions.base_subscription_cents} + case when ${isBilled} then ${subscriptions.donation_cents} else 0 end`,
    active_until: sql<string>`${grace_end}`,
  },
  from: () => sql`${owned} ${days_late.join}`,
  subject: subscriptions.id,
  due_at: () => dayBegins(term_end, days_late.value),
  until: () => grace_end,
  holds: (now) =>
    and(
      eq(users.status, "active"),
      or(
        eq(subscriptions.status, "past_due"),
        // The job that makes it past due runs once a night.
        and(
          not(isBilled),
          eq(subscriptions.status, "active"),
          not(subscriptions.cancel_at_period_end),
          sql`${term_end} <= ${now}`,
        ),
      ),
      not(sql`(${and(isBilled, sql`${days_late.value} = 0`)})`),
    ),
  same_within: "20 hours",
});

/** A card works until the end of the month that is printed on it. */
const card_month = sql`make_date(${subscriptions.card_exp_year}, ${subscriptions.card_exp_month}, 1)`;

export const cardExpiring = kind({
  name: "card_expiring",
  who: "members whose dues are collected from a card that expires",
  when: "from the first day of the month before its last one",
  template: "card_expiring",
  data: {
    first_name: users.first_name,
    card_brand: sql<string>`${subscriptions.card_brand}`,
    card_last4: sql<string>`${subscriptions.card_last4}`,
    card_exp_month: sql<number>`${subscriptions.card_exp_month}`,
    card_exp_year: sql<number>`${subscriptions.card_exp_year}`,
  },
  from: () => owned,
  subject: subscriptions.id,
  due_at: () => instantOf(sql`${card_month} - interval '1 month'`),
  until: () => instantOf(sql`${card_month} + interval '1 month'`),
  holds: () =>
    and(
      subscriptionIsRunning,
      isBilled,
      not(subscriptions.cancel_at_period_end),
      isNotNull(subscriptions.card_brand),
      isNotNull(subscriptions.card_last4),
      isNotNull(subscriptions.card_exp_month),
      isNull(users.erased_at),
    ),
  same_within: "20 hours",
});
