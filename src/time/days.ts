import { and, gte, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { organisation_settings } from "../tables/organisation.ts";

// Days begin and end in the organization's time zone. PostgreSQL reads the zone once per statement.
const timeZone = sql`(select ${organisation_settings.time_zone} from ${organisation_settings})`;

/** The `timestamp` that a clock in the organization's time zone shows at an instant. */
export const localTime = (instant: SQLWrapper): SQL => sql`((${instant}) at time zone ${timeZone})`;

/** The day of an instant in the organization's time zone, as a `date`. */
export const localDay = (instant: SQLWrapper): SQL<string> => sql<string>`(${localTime(instant)})::date`;

/** The `timestamptz` at which that clock shows a `timestamp`. A `date` means the midnight at which the day begins. */
export const instantOf = (local: SQLWrapper): SQL => sql`((${local})::timestamp at time zone ${timeZone})`;

/** The same time of day, an `interval` of days or months later. A day can have 23 or 25 hours. */
export const laterBy = (interval: SQLWrapper, instant: SQLWrapper): SQL =>
  instantOf(sql`${localTime(instant)} + ${interval}`);

/** The last moment before something ends. It is on the last day: what ends at midnight ends on the day before. */
export const lastMomentOf = (end: SQLWrapper): SQL => sql`((${end}) - interval '1 millisecond')`;

/** Days from the first to the last, as SQL that yields a `date`. */
export type Days = Record<"from" | "to", SQL>;

/** Whether an instant is on one of these days. */
export const isOnDays = (instant: SQLWrapper, { from, to }: Days): SQL =>
  sql`(${instant} >= ${instantOf(from)} and ${instant} < ${instantOf(sql`${to} + 1`)})`;

/** Whether something ends on one of these days. What ends at midnight ends on the day before. */
export const endsOnDays = (end: SQLWrapper, { from, to }: Days): SQL =>
  sql`(${end} > ${instantOf(from)} and ${end} <= ${instantOf(sql`${to} + 1`)})`;

/** Selects an instant that the database computes, as one row. */
export const selectInstant = (instant: SQL) =>
  query
    .select({ instant: sql<string | null>`${instant}`.mapWith(organisation_settings.updated_at) })
    .from(organisation_settings);

/** What a client gave: a day, an instant, or nothing. */
type Given = string | null | undefined;

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** The instant that a client means where something begins: a plain date is the beginning of that day. Null if not given. */
export const startOfGiven = (given: Given): SQL =>
  given && isDay(given) ? instantOf(sql`${given}::date`) : sql`${given ?? null}::timestamptz(3)`;

/** The instant that a client means where something ends: a plain date includes that day. Null if not given. */
export const endOfGiven = (given: Given): SQL =>
  given && isDay(given) ? instantOf(sql`${given}::date + 1`) : sql`${given ?? null}::timestamptz(3)`;

/**
 * When something happened, as a client says. For a plain date that is noon, so that it stays on that day if the organization
 * moves to another time zone. Null if nothing was given.
 */
export const timeOfGiven = (given: Given): SQL =>
  given && isDay(given) ? instantOf(sql`${given}::date + time '12:00'`) : sql`${given ?? null}::timestamptz(3)`;

/** The bounds of a filter: not before `from`, and before `to`. */
interface Bounds {
  from?: Given;
  to?: Given;
}

/** Whether an instant is within a filter's bounds. A plain date in `to` includes that day. */
export const isWithin = (instant: SQLWrapper, { from, to }: Bounds): SQL | undefined =>
  and(from ? gte(instant, startOfGiven(from)) : undefined, to ? lt(instant, endOfGiven(to)) : undefined);

/**
 * Whether something ends within a filter's bounds. What ends at midnight has the day before as its last day. So if a bound
 * is a plain date, midnight counts as part of the day that ends.
 */
export const endsWithin = (end: SQLWrapper, { from, to }: Bounds): SQL | undefined => {
  const midnightOf = (given: string) => (isDay(given) ? sql` + interval '1 millisecond'` : sql``);
  return and(
    from ? gte(end, sql`${startOfGiven(from)}${midnightOf(from)}`) : undefined,
    to ? lt(end, sql`${endOfGiven(to)}${midnightOf(to)}`) : undefined,
  );
};
