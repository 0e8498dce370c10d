import { and, isNotNull, isNull, not, sql } from "drizzle-orm";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { instantOf } from "../../time/days.ts";
import { kind } from "../kind.ts";
import { ownedSubscriptions, stripeCollects } from "../owned.ts";

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
  from: () => ownedSubscriptions,
  subject: subscriptions.id,
  due_at: () => instantOf(sql`${card_month} - interval '1 month'`),
  until: () => instantOf(sql`${card_month} + interval '1 month'`),
  holds: () =>
    and(
      subscriptionIsRunning,
      stripeCollects,
      not(subscriptions.cancel_at_period_end),
      isNotNull(subscriptions.card_brand),
      isNotNull(subscriptions.card_last4),
      isNotNull(subscriptions.card_exp_month),
      isNull(users.erased_at),
    ),
  same_within: sql`interval '20 hours'`,
});
