import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { subscriptionIsRunning } from "./standing.ts";

/**
 * Tells members that their membership continues, although it was set to end with its term. `which` is a condition on
 * `subscriptions`. Comes before the change itself, because only rows that are still set to end are found.
 */
export const mailContinuation = (t: Plan, which: SQL): void =>
  t.mail("membership_continues", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(which, subscriptions.cancel_at_period_end, subscriptionIsRunning, eq(users.status, "active"))}`,
    once: sql`'membership_continues:' || ${subscriptions.id} || ':' || ${subscriptions.cancelled_at}`,
  });

/** Tells people who are inactive now that their membership has ended. `which` is a condition on `subscriptions`. */
export const mailMembershipEnd = (t: Plan, which: SQL, ended_at: SQL): void =>
  t.mail("membership_ended", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      ended_at: sql<string>`${ended_at}`,
      // Stripe still tries to collect: a new checkout would be refused, so the mail sends them to the billing portal.
      overdue: sql<boolean>`(${and(eq(subscriptions.status, "past_due"), isNotNull(subscriptions.stripe_subscription_id))})`,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(which, eq(users.status, "inactive"))}`,
    once: sql`'membership_ended:' || ${subscriptions.id} || ':' || coalesce(${subscriptions.current_term_end}::text, 'no end')`,
  });

/** Reminds a quarterly or yearly member of the next payment, once per renewal. Monthly members need no reminder. */
export const mailRenewalReminder = (t: Plan, stripe_subscription_id: string, renews_at: string): void =>
  t.mail("renewal_reminder", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      base_subscription_cents: subscriptions.base_subscription_cents,
      donation_cents: subscriptions.donation_cents,
      renews_at: sql<string>`${renews_at}::timestamptz`,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${eq(subscriptions.stripe_subscription_id, stripe_subscription_id)} and ${subscriptions.status} = 'active'
        and not ${subscriptions.cancel_at_period_end} and ${subscriptions.billing_cycle} in ('quarterly', 'yearly')
        and ${renews_at}::timestamptz > now()`,
    once: sql`${`renewal:${stripe_subscription_id}:${renews_at.slice(0, 10)}`}`,
  });
