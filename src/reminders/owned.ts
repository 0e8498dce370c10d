import { eq, isNotNull, sql } from "drizzle-orm";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** `from` the subscriptions, with their owners. */
export const ownedSubscriptions = sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}`;

export const termEnd = sql`${subscriptions.current_term_end}`;

/** Whether Stripe collects the dues. */
export const stripeCollects = isNotNull(subscriptions.stripe_subscription_id);
