import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";
import { instantOf, localDay } from "../time/days.ts";

/** Nobody asks what is due after so many days. */
export const HORIZON_DAYS = 90;

/** The midnight at which a day begins: so many days after the day of an instant, or before it. In the organization's zone. */
export const dayBegins = (instant: SQLWrapper, days: SQL): SQL =>
  instantOf(sql`${localDay(instant)} + (${days})::integer`);

/**
 * A setting that lists offsets: a join that makes a row for each, the offset in that row, and how much larger the next one is.
 * The largest has no gap: null.
 */
export function offsets(setting: SQLWrapper): { join: SQL; value: SQL; gap: SQL } {
  const all = sql`unnest((select ${setting} from ${organisation_settings}))`;
  return {
    join: sql`cross join ${all} as reminder_offset (value)`,
    value: sql`reminder_offset.value`,
    gap: sql`(select min(larger.value) - reminder_offset.value from ${all} as larger (value) where larger.value > reminder_offset.value)`,
  };
}
