import { and, eq, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** Whether there is a subscription for which all of these hold: conditions on `subscriptions`. */
export const someSubscription = (...conditions: (SQL | undefined)[]): SQL =>
  sql`exists (select from ${subscriptions} where ${and(...conditions)})`;

/** Changes the subscriptions that `which` finds: a condition on `subscriptions`. */
export const updateSubscriptions = (
  t: Plan,
  which: SQL | undefined,
  values: PgUpdateSetSource<typeof subscriptions>,
): void => t.effect(query.update(subscriptions).set(values).where(which));

/** Addresses a mail to the owner of each subscription for which all of these hold: conditions on `subscriptions` and `users`. */
export const toOwners = (...conditions: (SQL | undefined)[]) => ({
  to: mailableAddress,
  user_id: users.id,
  from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)} where ${and(...conditions)}`,
});
