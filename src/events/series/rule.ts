import { invalid } from "../../http/errors.ts";
import { DayOrMoment } from "../../http/schemas.ts";

/** How many occurrences a series may have, with the first. Each is a row. */
export const MOST_OCCURRENCES = 60;

const WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)";
const listOf = (item: string) => new RegExp(`^${item}(,${item})*$`);
const anyTime = { COUNT: /^[1-9]\d{0,3}$/, UNTIL: /^\d{8}(T\d{6}Z?)?$/ };
const INTERVAL = /^[1-9]\d?$/;

/** For each frequency, the parts that we take. With these, every rule that goes on has another day within a few years. */
const PARTS: Record<string, Record<string, RegExp>> = {
  DAILY: { ...anyTime, INTERVAL },
  WEEKLY: { ...anyTime, INTERVAL, BYDAY: listOf(WEEKDAY), WKST: new RegExp(`^${WEEKDAY}$`) },
  MONTHLY: {
    ...anyTime,
    INTERVAL: /^([1-9]|1[01])$/,
    BYDAY: listOf(`([+-]?[1-5])?${WEEKDAY}`),
    BYMONTHDAY: listOf("-?([1-9]|[12]\\d|3[01])"),
    BYSETPOS: listOf("-?[1-4]"),
  },
  YEARLY: { ...anyTime, INTERVAL },
};

const wrong = (message: string) => invalid("rrule", message);

/** A rule, with its end set apart. */
export interface Rule {
  /** What repeats, without an end. */
  pattern: string;
  count: number | null;
  /** A day, a time by the event's clock, or an instant. */
  until: string | null;
}

const until = (text: string): string => {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/, (_, year, month, day, ...time) =>
    time[0] ? `${year}-${month}-${day}T${time[0]}:${time[1]}:${time[2]}${time[3]}` : `${year}-${month}-${day}`,
  );
  const complete = iso.includes("T") && !iso.endsWith("Z") ? `${iso}Z` : iso;
  if (!DayOrMoment.safeParse(complete).success) throw wrong("must have an UNTIL that is a date");
  return iso;
};

/** Reads a rule of RFC 5545. 400 for one that is not valid, has no end, or uses what we do not take. */
export function readRule(rrule: string): Rule {
  const parts = rrule
    .trim()
    .toUpperCase()
    .split(";")
    .map((part) => part.split("="));
  const named = new Map(parts.map(([name = "", value = ""]) => [name, value]));
  const known = PARTS[named.get("FREQ") ?? ""];
  if (!known) throw wrong("must have FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
  if (named.size !== parts.length || parts.some(({ length }) => length !== 2))
    throw wrong("must be a rule of RFC 5545, such as FREQ=WEEKLY;COUNT=10");
  for (const [name, value] of named)
    if (name !== "FREQ" && !known[name]?.test(value)) throw wrong(`must not have ${name}=${value}`.slice(0, 100));
  const [count, end, days] = [named.get("COUNT"), named.get("UNTIL"), named.get("BYDAY")];
  if ((count === undefined) === (end === undefined)) throw wrong("must have either COUNT or UNTIL");
  if (named.has("BYMONTHDAY") && days) throw wrong("must not have both BYDAY and BYMONTHDAY");
  if (named.has("BYSETPOS") && (!days || /\d/.test(days))) throw wrong("must have BYSETPOS only with plain weekdays");
  const pattern = parts.filter(([name]) => name !== "COUNT" && name !== "UNTIL").map((part) => part.join("="));
  return { pattern: pattern.join(";"), count: count ? Number(count) : null, until: end ? until(end) : null };
}

/**
 * The times at which an event takes place, by its own clock, from the first on: `2027-03-01T18:30:00`.
 *
 * @param first when it starts
 * @param last the last time that counts, or null
 * @returns 400 if the rule leaves out the first, or has only that one, or too many
 */
export async function occurrencesOf({ pattern, count }: Rule, first: string, last: string | null): Promise<string[]> {
  // ical.js would go on with March 1.
  if (/FREQ=YEARLY/.test(pattern) && first.includes("-02-29T")) throw wrong("must not repeat February 29 every year");
  // Few requests need it, and loading it takes time.
  const { default: ICAL } = await import("ical.js");
  const iterator = ICAL.Recur.fromString(pattern).iterator(ICAL.Time.fromDateTimeString(first));
  const found: string[] = [];
  while (found.length <= MOST_OCCURRENCES && found.length !== count) {
    const next = iterator.next()?.toString();
    if (!next || (last !== null && next > last)) break;
    found.push(next);
  }
  if (found.length > 0 && found[0] !== first) throw wrong("must include the day of the event itself");
  if (found.length < 2) throw wrong("must repeat the event at least once");
  if (found.length > MOST_OCCURRENCES) throw wrong(`must have at most ${MOST_OCCURRENCES} occurrences`);
  return found;
}
