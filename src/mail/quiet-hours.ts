import { type SQL, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";

/** Hours of the day, by the recipient's clock, at which nothing goes out that can wait. */
const EVENING = 21;
const MORNING = 8;

/** The clock of a row of `users`: their own zone, or else the organization's. */
const zone = sql`coalesce(${users.time_zone}, (select ${organisation_settings.time_zone} from ${organisation_settings}))`;
const localTimeOf = (instant: SQL): SQL => sql`((${instant}) at time zone ${zone})`;
const hourOf = (instant: SQL): SQL => sql`extract(hour from ${localTimeOf(instant)})`;

/** Whether it is evening or night where a row of `users` is. */
export const inQuietHours = (now: SQL): SQL => sql`(${hourOf(now)} >= ${EVENING} or ${hourOf(now)} < ${MORNING})`;

/** The end of those quiet hours. */
const morningAfter = (now: SQL): SQL =>
  sql`((date_trunc('day', ${localTimeOf(now)} + ${24 - EVENING} * interval '1 hour') + ${MORNING} * interval '1 hour') at time zone ${zone})`;

/** When mail that can wait goes out to a row of `users`: now, or in the morning. */
export const outsideQuietHours = (now: SQL): SQL =>
  sql`(case when ${inQuietHours(now)} then ${morningAfter(now)} else ${now} end)`;
