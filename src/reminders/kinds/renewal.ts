import { and, eq, inArray, not, sql } from "drizzle-orm";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { dayBegins } from "../due.ts";
import { kind } from "../kind.ts";
import { ownedSubscriptions, stripeCollects, termEnd } from "../owned.ts";

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
    renews_at: sql<string>`${termEnd}`,
  },
  from: () => ownedSubscriptions,
  subject: subscriptions.id,
  due_at: () => dayBegins(termEnd, sql`${-DAYS_OF_NOTICE}`),
  until: () => termEnd,
  holds: () =>
    and(
      stripeCollects,
      eq(subscriptions.status, "active"),
      not(subscriptions.cancel_at_period_end),
      inArray(subscriptions.billing_cycle, ["quarterly", "yearly"]),
    ),
  same_within: sql`interval '20 hours'`,
});
