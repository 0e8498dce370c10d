import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { lockPerson } from "../people/person.ts";
import { subscription_plans } from "../tables/plans.ts";
import { subscriptions } from "../tables/subscriptions.ts";

export const SUBSCRIPTION_NOT_FOUND = [404, "subscription_not_found", "There is no such subscription."] as const;

/** SQL for the id of a subscription's owner. Null unless the condition on `subscriptions` holds, if there is one. */
export const subscriptionOwner = (id: string | SQL, condition?: SQL): SQL =>
  sql`(select ${subscriptions.user_id} from ${subscriptions} where ${and(eq(subscriptions.id, id), condition)})`;

/** Locks a subscription and its owner, the owner first. 404 if there is no such subscription. */
export function lockSubscription(t: Plan, id: string): void {
  lockPerson(t, subscriptionOwner(id));
  t.guard(
    sql`(select ${subscriptions.id} from ${subscriptions} where ${eq(subscriptions.id, id)} for update) is not null`,
    ...SUBSCRIPTION_NOT_FOUND,
  );
}

/** Like {@link lockSubscription}, but does nothing if there is no such subscription. For ids that Stripe gives us. */
export function lockSubscriptionIfKnown(t: Plan, id: string | SQL): void {
  lockPerson(t, subscriptionOwner(id));
  t.effect(query.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.id, id)).for("update"));
}

/** Keeps a plan as it is: nobody edits or deletes it in the meantime. */
export const lockPlanForReading = (t: Plan, id: string): void =>
  t.effect(
    query
      .select({ id: subscription_plans.id })
      .from(subscription_plans)
      .where(eq(subscription_plans.id, id))
      .for("share"),
  );
