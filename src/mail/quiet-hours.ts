import { type SQL, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";
import { knownZone } from "../time/zone.ts";

/** Hours of the day, by the recipient's clock, at which nothing goes out that can wait. */
const EVENING = 21;
const MORNING = 8;

const organisations_zone = sql`(select ${organisation_settings.time_zone} from ${organisation_settings})`;
/** The clock of a row of `users`: their own zone, or else the organization's. */
const recipients_zone = sql`coalesce(${knownZone(users.time_zone)}, ${organisations_zone})`;

const isQuiet = (now: SQL, zone: SQL): SQL => {
  const hour = sql`extract(hour from (${now}) at time zone ${zone})`;
  return sql`(${hour} >= ${EVENING} or ${hour} < ${MORNING})`;
};

const afterQuiet = (now: SQL, zone: SQL): SQL => {
  const local = sql`((${now}) at time zone ${zone})`;
  const morning = sql`((date_trunc('day', ${local} + ${24 - EVENING} * interval '1 hour') + ${MORNING} * interval '1 hour') at time zone ${zone})`;
  return sql`(case when ${isQuiet(now, zone)} then ${morning} else ${now} end)`;
};

/** Whether it is evening or night where a row of `users` is. */
export const inQuietHours = (now: SQL): SQL => isQuiet(now, recipients_zone);

/** When mail that can wait goes out to a row of `users`: now, or in the morning. */
export const outsideQuietHours = (now: SQL): SQL => afterQuiet(now, recipients_zone);

/** The same by the organization's clock, for what begins for everybody at once. */
export const outsideQuietHoursAtHome = (now: SQL): SQL => afterQuiet(now, organisations_zone);
