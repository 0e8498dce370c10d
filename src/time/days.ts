import { and, gte, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { organisation_settings } from "../tables/organisation.ts";

// Days begin and end in the organization's time zone. PostgreSQL reads the zone once per statement.
const timeZone = sql`(select ${organisation_settings.time_zone} from ${organisation_settings})`;

/** What a clock shows at an instant where the organization is: a `timestamp`. */
export const localTime = (instant: SQLWrapper): SQL => sql`((${instant}) at time zone ${timeZone})`;

/** The day of an instant: a `date`. */
export const localDay = (instant: SQLWrapper): SQL<string> => sql<string>`(${localTime(instant)})::date`;

/** When a clock there shows a `timestamp`: a `timestamptz`. Midnight of a `date` is the beginning of that day. */
export const instantOf = (local: SQLWrapper): SQL => sql`((${local})::timestamp at time zone ${timeZone})`;

/** The same time of day there, an `interval` of days or months later. Such a day can have 23 or 25 hours. */
export const laterBy = (interval: SQLWrapper, instant: SQLWrapper): SQL =>
  instantOf(sql`${localTime(instant)} + ${interval}`);

/** The last moment before something ends. It is on the last day: what ends at midnight ends on the day before. */
export const lastMomentOf = (end: SQLWrapper): SQL => sql`((${end}) - interval '1 millisecond')`;

/** Days from the first to the last, as SQL that yields a `date`. */
export type Days = Record<"from" | "to", SQL>;

/** Whether an instant is on one of these days. */
export const isOnDays = (instant: SQLWrapper, { from, to }: Days): SQL =>
  sql`(${instant} >= ${instantOf(from)} and ${instant} < ${instantOf(sql`${to} + 1`)})`;

/** Selects today's date, as one row. */
export const selectToday = () =>
  query.select({ today: sql<string>`${localDay(sql`now()`)}::text` }).from(organisation_settings);

/** Selects an instant that the database computes, as one row. */
export const selectInstant = (instant: SQL) =>
  query
    .select({ instant: sql<string | null>`${instant}`.mapWith(organisation_settings.updated_at) })
    .from(organisation_settings);

/** What a client gave: a day, an instant, or nothing. */
type Given = string | null | undefined;

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** The instant that a client means where something begins: a plain date is the beginning of that day. Null if nothing was given. */
export const startOfGiven = (given: Given): SQL =>
  given && isDay(given) ? instantOf(sql`${given}::date`) : sql`${given ?? null}::timestamptz(3)`;

/** The instant that a client means where something ends: a plain date includes that day. Null if nothing was given. */
export const endOfGiven = (given: Given): SQL =>
  given && isDay(given) ? instantOf(sql`${given}::date + 1`) : sql`${given ?? null}::timestamptz(3)`;

/** The bounds of a filter: not before `from`, and before `to`. */
interface Bounds {
  from?: Given;
  to?: Given;
}

/** Whether an instant is within a filter's bounds. A plain date in `to` includes that day. */
export const isWithin = (instant: SQLWrapper, { from, to }: Bounds): SQL | undefined =>
  and(from ? gte(instant, startOfGiven(from)) : undefined, to ? lt(instant, endOfGiven(to)) : undefined);

/**
 * Whether something ends within a filter's bounds. What ends at midnight has the day before as its last day, so for plain
 * dates midnight counts as a part of that day.
 */
export const endsWithin = (end: SQLWrapper, { from, to }: Bounds): SQL | undefined => {
  const midnightOf = (given: string) => (isDay(given) ? sql` + interval '1 millisecond'` : sql``);
  return and(
    from ? gte(end, sql`${startOfGiven(from)}${midnightOf(from)}`) : undefined,
    to ? lt(end, sql`${endOfGiven(to)}${midnightOf(to)}`) : undefined,
  );
};
