import { and, eq, isNotNull, isNull, not, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { subscription_plans } from "../tables/plans.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { localTime } from "../time/days.ts";
import { toOwners } from "./rows.ts";
import { subscriptionIsRunning } from "./standing.ts";

/** Reminds members of a term that ends soon and does not renew: 30 days before, or 7 days for a short one. */
export const mailTermEnding = (t: Plan): void =>
  t.mail("term_ending", {
    to: mailableAddress,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      plan_name: subscription_plans.name,
      term_end: sql<string>`${subscriptions.current_term_end}`,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      join ${subscription_plans} on ${eq(subscription_plans.id, subscriptions.plan_id)}
      where ${and(
        isNull(subscriptions.stripe_subscription_id),
        eq(subscriptions.status, "active"),
        not(subscriptions.cancel_at_period_end),
        eq(users.status, "active"),
      )}
        and ${subscriptions.current_term_end} > now()
        and ${subscriptions.current_term_end} <= now() + case
          when ${subscriptions.current_term_end} - ${subscriptions.current_term_start} < interval '60 days'
          then interval '7 days' else interval '30 days' end`,
    once: sql`'term_ending:' || ${subscriptions.id} || ':' || ${subscriptions.current_term_end}`,
  });

/** A card works until the end of the month that is printed on it. */
const cardMonth = sql`make_date(${subscriptions.card_exp_year}, ${subscriptions.card_exp_month}, 1)`;
const thisMonth = sql`date_trunc('month', ${localTime(sql`now()`)})`;

/**
 * Reminds members of a card that expires this month or next, if dues are collected from it. We must not look further ahead:
 * mails, which keep this to one reminder, are only kept for 90 days.
 */
export const mailCardExpiring = (t: Plan): void =>
  t.mail("card_expiring", {
    ...toOwners(
      subscriptionIsRunning,
      isNotNull(subscriptions.stripe_subscription_id),
      not(subscriptions.cancel_at_period_end),
      isNotNull(subscriptions.card_brand),
      isNotNull(subscriptions.card_last4),
      sql`${cardMonth} between ${thisMonth} and ${thisMonth} + interval '1 month'`,
    ),
    data: {
      first_name: users.first_name,
      card_brand: sql<string>`${subscriptions.card_brand}`,
      card_last4: sql<string>`${subscriptions.card_last4}`,
      card_exp_month: sql<number>`${subscriptions.card_exp_month}`,
      card_exp_year: sql<number>`${subscriptions.card_exp_year}`,
    },
    once: sql`'card_expiring:' || ${subscriptions.id} || ':' || to_char(${cardMonth}, 'YYYY-MM')`,
  });
