import { and, eq, not, sql } from "drizzle-orm";
import { bankIsProcessing } from "../../people/bank-processing.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lastMomentOf } from "../../time/days.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";
import { ownedSubscriptions, stripeCollects, termEnd } from "../owned.ts";

const days_before = offsets(organisation_settings.renewal_reminder_days);

/** An offset of half the term or more would be no news: a term of a month is announced 14 and 7 days before, and on its last day. */
export const termEnding = kind({
  name: "term_ending",
  who: "members whose term does not renew itself, unless their bank is processing the dues of the next one",
  when: "60, 30, 14 and 7 days before the last day and on it (`renewal_reminder_days`), if that is less than half of the term",
  template: "term_ending",
  data: {
    first_name: users.first_name,
    plan_name: subscription_plans.name,
    term_end: sql<string>`${termEnd}`,
  },
  from: () => sql`${ownedSubscriptions} join ${subscription_plans} on ${eq(subscription_plans.id, subscriptions.plan_id)}
    ${days_before.join}`,
  subject: subscriptions.id,
  due_at: () => dayBegins(lastMomentOf(termEnd), sql`- ${days_before.value}`),
  until: () => termEnd,
  holds: (now) =>
    and(
      not(stripeCollects),
      eq(subscriptions.status, "active"),
      not(subscriptions.cancel_at_period_end),
      eq(users.status, "active"),
      sql`coalesce(${days_before.value} * interval '1 day' < (${termEnd} - ${subscriptions.current_term_start}) / 2, true)`,
      not(bankIsProcessing(users.id, now)),
    ),
  same_within: sql`interval '20 hours'`,
});
