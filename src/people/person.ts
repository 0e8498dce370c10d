import { and, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { fullNameOf, users } from "../tables/people.ts";
import type { NamedPerson } from "./schemas.ts";

export const USER_NOT_FOUND = [404, "user_not_found", "There is no such person."] as const;

/** Whether a row of `users` is a person, not the empty row of somebody who was erased. */
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

/** An array of ids, as SQL. */
export const idsOf = (...ids: string[]): SQL => sql`${sql.param(ids)}::uuid[]`;

/** Whether a row of `users` is one of these: an array of ids, as SQL. */
export const isOneOf = (ids: SQL): SQL => sql`${users.id} = any (${ids})`;

/** Locks many people, in the order of their ids, so that two who lock the same people do not deadlock. */
export const lockPeople = (t: Plan, ids: SQL): void =>
  t.effect(query.select({ id: users.id }).from(users).where(isOneOf(ids)).orderBy(users.id).for("no key update"));

const other = alias(users, "other_person");

/** The id and the name of the person whom a column refers to. Null if there is none, or if they were erased. */
export function namedPerson(id: SQLWrapper): SQL<NamedPerson | null> {
  // Nested, because Drizzle leaves out the table of a column in the select of a single table.
  const is_them = sql`${other.id} = ${id} and ${other.erased_at} is null`;
  return sql<NamedPerson | null>`(select jsonb_build_object('id', ${sql`${other.id}`}, 'name', ${fullNameOf(other)})
    from ${users} as ${sql.identifier("other_person")} where ${is_them})`;
}

/** 404 unless there is such a person. Somebody who was erased is no longer there. */
export const guardPerson = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${users} where ${isPerson(id)})`, ...USER_NOT_FOUND);
