import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";

// Days begin and end in the organization's time zone. PostgreSQL reads the zone once per statement.
const timeZone = sql`(select ${organisation_settings.time_zone} from ${organisation_settings})`;

/** What a clock shows at an instant where the organization is: a `timestamp`. */
export const localTime = (instant: SQLWrapper): SQL => sql`(${instant} at time zone ${timeZone})`;

/** The day of an instant: a `date`. */
export const localDay = (instant: SQLWrapper): SQL<string> => sql<string>`(${localTime(instant)})::date`;

/** When a clock there shows a `timestamp`: a `timestamptz`. Midnight of a `date` is the beginning of that day. */
export const instantOf = (local: SQLWrapper): SQL => sql`((${local})::timestamp at time zone ${timeZone})`;

/** Whether a client gave a day and not an instant. */
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** The instant that a client means where something begins: a plain date is the beginning of that day. */
export const startOfGiven = (given: string): SQL =>
  isDay(given) ? instantOf(sql`${given}::date`) : sql`${given}::timestamptz(3)`;

/** The instant that a client means where something ends: a plain date includes that day. */
export const endOfGiven = (given: string): SQL =>
  isDay(given) ? instantOf(sql`${given}::date + 1`) : sql`${given}::timestamptz(3)`;
