import { type SQL, sql } from "drizzle-orm";
import { users } from "../tables/people.ts";

/** After so many days an application that somebody took on is free again. */
export const TAKEN_ON_DAYS = 3;

/** Whether somebody looks after the application of a row of `users`. Never null. */
export const personIsTakenOn: SQL<boolean> = sql<boolean>`coalesce(${users.taken_on_by} is not null and ${users.taken_on_at} > now() - ${sql.raw(`interval '${TAKEN_ON_DAYS} days'`)}, false)`;

/** A column of who looks after an application, or null if nobody does any more. */
export const whileTakenOn = <T>(column: SQL<T>): SQL<T | null> =>
  sql<T | null>`case when ${personIsTakenOn} then ${column} end`;
