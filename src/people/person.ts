import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { users } from "../tables/people.ts";

export const USER_NOT_FOUND = [404, "user_not_found", "There is no such person."] as const;

/** Whether a row of `users` is a person, and not what erasing one left. */
export const personIsKnown: SQL = isNull(users.erased_at);

/** Whether a row of `users` is the person with this id. */
export const isPerson = (id: string): SQL => sql`(${and(eq(users.id, id), personIsKnown)})`;

/**
 * Locks a person, so that other transactions about them wait. Lock the person before their subscriptions and payments:
 * in one order nobody waits in a circle. Rows that only refer to the person do not wait.
 *
 * @param id their id, or SQL that yields it
 */
export const lockPerson = (t: Plan, id: string | SQL): void =>
  t.effect(query.select({ id: users.id }).from(users).where(eq(users.id, id)).for("no key update"));

/** 404 unless there is such a person. */
export const guardPerson = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${users} where ${isPerson(id)})`, ...USER_NOT_FOUND);
