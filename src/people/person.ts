import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { users } from "../tables/people.ts";

export const USER_NOT_FOUND = [404, "user_not_found", "There is no such person."] as const;

/**
 * Locks a person, so that other transactions about them wait. Lock the person before their subscriptions and payments:
 * in one order nobody waits in a circle. Rows that only refer to the person do not wait.
 *
 * @param id their id, or SQL that yields it
 */
export const lockPerson = (t: Plan, id: string | SQL): void =>
  t.effect(query.select({ id: users.id }).from(users).where(eq(users.id, id)).for("no key update"));

/** An array of ids, as SQL. */
export const idsOf = (...ids: string[]): SQL => sql`${sql.param(ids)}::uuid[]`;

/** Locks many people, in the order of their ids, so that two who lock the same people do not wait in a circle. */
export const lockPeople = (t: Plan, ids: SQL): void =>
  t.effect(
    query
      .select({ id: users.id })
      .from(users)
      .where(sql`${users.id} = any(${ids})`)
      .orderBy(users.id)
      .for("no key update"),
  );

/** 404 unless there is such a person. */
export const guardPerson = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${users} where ${eq(users.id, id)})`, ...USER_NOT_FOUND);
