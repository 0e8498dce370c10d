import { and, isNotNull, type SQL, sql } from "drizzle-orm";
import { users } from "../tables/people.ts";
import { namedPerson } from "./person.ts";
import type { NamedPerson, UserStatus } from "./schemas.ts";
import { personMay, STATUS_FLOW } from "./status.ts";

/** For how many days an application stays with the volunteer who took it on. */
export const TAKEN_ON_DAYS = 3;

/** Whether a row of `users` waits for volunteers to decide. */
export const personWaits: SQL = personMay("approve");

/** The statuses of people who wait for volunteers to decide. */
export const WAITING_STATUSES: readonly UserStatus[] = STATUS_FLOW.approve.from;

/** Whether a volunteer looks after the application of a row of `users` now. Computed when read: no job ends it. */
export const personIsTakenOn: SQL = sql`(${and(
  personWaits,
  isNotNull(users.taken_on_by),
  sql`${users.taken_on_at} > now() - ${TAKEN_ON_DAYS} * interval '1 day'`,
)})`;

const volunteer = namedPerson(users.taken_on_by);

/** Who looks after the application of a row of `users`, since when, and since when it waits for the next decision. */
export const takenOn = {
  taken_on_by: sql<NamedPerson | null>`case when ${personIsTakenOn} then ${volunteer} end`,
  taken_on_at: sql<string | null>`case when ${personIsTakenOn} then ${users.taken_on_at} end`.mapWith(
    users.taken_on_at,
  ),
  waiting_since: sql<string | null>`case when ${personWaits} then ${users.status_since} end`.mapWith(
    users.status_since,
  ),
};
