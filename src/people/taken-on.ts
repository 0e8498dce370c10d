import { and, isNotNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { fullNameOf, users } from "../tables/people.ts";
import { personMay } from "./status.ts";

/** For how many days an application stays with the volunteer who took it on. */
export const TAKEN_ON_DAYS = 3;

/** Whether a row of `users` waits for volunteers to decide. */
const personWaits: SQL = personMay("approve");

/** Whether a volunteer looks after the application of a row of `users` now. Computed when read: no job ends it. */
export const personIsTakenOn: SQL = sql`(${and(
  personWaits,
  isNotNull(users.taken_on_by),
  sql`${users.taken_on_at} > now() - ${TAKEN_ON_DAYS} * interval '1 day'`,
)})`;

const volunteer = alias(users, "volunteer");

/** A volunteer as others see them. */
type Volunteer = { id: string; name: string };

const takenOnBy = sql`(select jsonb_build_object('id', ${volunteer.id}, 'name', ${fullNameOf(volunteer)})
  from ${users} as volunteer where volunteer.id = ${users.taken_on_by})`;

/** Who looks after the application of a row of `users`, since when, and since when it waits. */
export const takenOn = {
  taken_on_by: sql<Volunteer | null>`case when ${personIsTakenOn} then ${takenOnBy} end`,
  taken_on_at: sql<string | null>`case when ${personIsTakenOn} then ${users.taken_on_at} end`.mapWith(
    users.taken_on_at,
  ),
  waiting_since: sql<string | null>`case when ${personWaits} then ${users.created_at} end`.mapWith(users.created_at),
};
