import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";
import { instantOf, localDay } from "../time/days.ts";

/** The midnight at which a day begins: so many days after the day of an instant, or before it. In the organization's zone. */
export const dayBegins = (instant: SQLWrapper, days: SQL): SQL =>
  instantOf(sql`${localDay(instant)} + (${days})::integer`);

/** A setting that lists offsets: a join that makes a row for each, and the offset in that row. */
export const offsets = (setting: SQLWrapper): { join: SQL; value: SQL } => ({
  join: sql`cross join unnest((select ${setting} from ${organisation_settings})) as reminder_offset (value)`,
  value: sql`reminder_offset.value`,
});
