import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { events } from "../tables/events.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { knownZone } from "../time/zone.ts";

/** The zone of an event, from what its `time_zone` says. */
export const zoneOf = (time_zone: SQLWrapper): SQL<string> =>
  sql<string>`coalesce(${knownZone(time_zone)}, (select ${organisation_settings.time_zone} from ${organisation_settings}))`;

/** The zone of a row of `events`. */
export const eventTimeZone = zoneOf(events.time_zone);

/** What a clock shows at an instant, as a `timestamp`. That of a row of `events`, unless told otherwise. */
export const byClock = (instant: SQLWrapper, zone: SQL = eventTimeZone): SQL => sql`(${instant} at time zone ${zone})`;

/** The end of a time that `lasts` so long. Where clocks change, its end by the clock can come before its beginning. */
export const endAfter = (start: SQL, end: SQL, lasts: SQL): SQL =>
  sql`case when ${end} <= ${start} then ${start} + (${lasts}) else ${end} end`;
