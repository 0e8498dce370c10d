import { and, eq, not, or, sql } from "drizzle-orm";
import { bankIsProcessing } from "../../people/bank-processing.ts";
import { duesWereTakenBack } from "../../subscriptions/notices.ts";
import { graceEnd } from "../../subscriptions/standing.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { laterBy } from "../../time/days.ts";
import { HORIZON_DAYS, offsets } from "../due.ts";
import { kind } from "../kind.ts";
import { ownedSubscriptions, stripeCollects, termEnd } from "../owned.ts";

const days_late = offsets(organisation_settings.past_due_reminder_days);
const grace_end = sql`coalesce(${subscriptions.grace_ends_at}, ${graceEnd(termEnd)})`;

/**
 * Where Stripe does not collect, the next term costs what the plan costs: the last one may have been complimentary, or at
 * another price.
 */
const due_cents = sql`case when ${stripeCollects} then ${subscriptions.base_subscription_cents} + ${subscriptions.donation_cents}
  else ${subscription_plans.price_cents} end`;

/** When Stripe fails to collect, `payment_failed` says so at once: that is the first day's. */
export const pastDue = kind({
  name: "past_due",
  who: "members whose dues are past due, unless their bank is processing a payment",
  when: "0, 3, 7 and 13 days after the end of the term (`past_due_reminder_days`), until the grace period ends; where Stripe collects, `payment_failed` replaces the first",
  template: "past_due_reminder",
  data: {
    first_name: users.first_name,
    amount_cents: sql<number>`(${due_cents})`,
    active_until: sql<string>`${grace_end}`,
    taken_back: duesWereTakenBack,
  },
  from: () => sql`${ownedSubscriptions} join ${subscription_plans} on ${eq(subscription_plans.id, subscriptions.plan_id)}
    ${days_late.join}`,
  subject: subscriptions.id,
  due_at: () => laterBy(sql`${days_late.value} * interval '1 day'`, termEnd),
  until: () => grace_end,
  holds: (now) =>
    and(
      eq(users.status, "active"),
      or(
        eq(subscriptions.status, "past_due"),
        // It is about to be: when the first is due, the term is over.
        and(not(stripeCollects), eq(subscriptions.status, "active"), not(subscriptions.cancel_at_period_end)),
      ),
      not(sql`(${and(stripeCollects, sql`${days_late.value} = 0`)})`),
      sql`${termEnd} <= ${now} + ${HORIZON_DAYS} * interval '1 day'`,
      not(bankIsProcessing(users.id, now)),
    ),
  same_within: sql`interval '22 hours'`,
});
