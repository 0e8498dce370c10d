import { and, eq, inArray, not, or, type SQL, sql } from "drizzle-orm";
import { roles, user_role_assignments } from "../access/tables.ts";
import { effect, query, type Silent } from "../database/statements.ts";
import { payments } from "../ledger/tables.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { subscriptions } from "./tables.ts";
import { beganNothing } from "./unbegun.ts";

/** What the status is of a subscription that runs. */
export const RUNNING = ["active", "past_due", "paused"] as const;

/** Whether a row of `subscriptions` is its person's running one; of those there is at most one. */
export const runs: SQL = inArray(subscriptions.status, [...RUNNING]);

/** Whether a row of `subscriptions` makes its person a member now: it runs, or its dues are late by no more than the grace. */
export const entitles: SQL = sql`(${or(
  inArray(subscriptions.status, ["active", "paused"]),
  and(eq(subscriptions.status, "past_due"), sql`${subscriptions.grace_ends_at} > now()`),
)})`;

/** Whether a row of `subscriptions` ever ran; a checkout that nobody paid, or too late, never did, however it ended. */
const ran: SQL = sql`(${or(
  runs,
  eq(subscriptions.status, "expired"),
  and(sql`exists (select from ${payments} where ${eq(payments.subscription_id, subscriptions.id)})`, not(beganNothing)),
)})`;

/** Whether a row of `users` has a subscription of which this holds. */
const has = (what: SQL): SQL =>
  sql`exists (select from ${subscriptions} where ${and(eq(subscriptions.user_id, users.id), what)})`;

const isSuperadmin: SQL = sql`exists (select from ${user_role_assignments} join ${roles} on ${eq(roles.id, user_role_assignments.role_id)}
  where ${and(eq(user_role_assignments.user_id, users.id), eq(roles.code, "superadmin"))})`;

/**
 * Makes one person's status follow from their subscriptions, as they stand by then in the transaction: whoever is entitled
 * and was waiting to pay, or had lapsed, becomes active; an active member whose last subscription ended, or whose grace is
 * over, becomes inactive. Superadmins are spared, and whoever never had a subscription that ran. Locks the person first.
 *
 * @param user_id an SQL expression that gives the person's id
 */
export function memberFollows(user_id: SQL): Silent[] {
  const person = eq(users.id, user_id);
  return [
    effect(query.select({ id: users.id }).from(users).where(person).for("no key update")),
    effect(
      query
        .update(users)
        .set({ status: moved("pay") })
        .where(and(person, may("pay"), has(entitles))),
    ),
    effect(
      query
        .update(users)
        .set({ status: moved("lapse") })
        .where(and(person, may("lapse"), has(ran), sql`not ${has(entitles)}`, sql`not ${isSuperadmin}`)),
    ),
  ];
}
