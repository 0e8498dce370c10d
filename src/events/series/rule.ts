import { invalid } from "../../http/errors.ts";
import { DayOrMoment } from "../../http/schemas.ts";

/** How many occurrences a series may have, with the first. Each is a row. */
export const MOST_OCCURRENCES = 60;

/** As JavaScript counts them. */
export const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

const WEEKDAY = `(${WEEKDAYS.join("|")})`;
const WEEKDAY_OF_MONTH = `([+-]?[1-5])?${WEEKDAY}`;
const listOf = (item: string) => new RegExp(`^${item}(,${item})*$`);
const BYMONTHDAY = listOf("-?([1-9]|[12]\\d|3[01])");
const always = { COUNT: /^[1-9]\d{0,3}$/, UNTIL: /^\d{8}(T\d{6}Z?)?$/, INTERVAL: /^[1-9]\d?$/ };

/** For each frequency, the parts that we take. */
const PARTS: Record<(typeof FREQUENCIES)[number], Record<string, RegExp>> = {
  DAILY: { ...always, BYDAY: listOf(WEEKDAY) },
  WEEKLY: { ...always, BYDAY: listOf(WEEKDAY), WKST: new RegExp(`^${WEEKDAY}$`) },
  MONTHLY: { ...always, BYDAY: listOf(WEEKDAY_OF_MONTH), BYMONTHDAY, BYSETPOS: listOf("-?[1-4]") },
  YEARLY: { ...always, BYMONTH: listOf("([1-9]|1[0-2])"), BYDAY: listOf(WEEKDAY_OF_MONTH), BYMONTHDAY },
};

export const wrongRule = (message: string) => invalid("rrule", message);

/** A rule, with what it does not say as null. */
export interface Rule {
  frequency: (typeof FREQUENCIES)[number];
  interval: number;
  /** The weekday that weeks begin with. */
  week_start: string;
  /** From 1, in order. */
  months: number[] | null;
  /** Days of the month from 1, or from -1, which is the last. */
  month_days: number[] | null;
  /** Weekdays, such as `TU`, or the second from last in a month: `-2TU`. */
  weekdays: string[] | null;
  /** Which of the days of a month count: 1 is the first, -1 the last. */
  positions: number[] | null;
  count: number | null;
  /** A day, a time by the event's clock, or an instant. */
  until: string | null;
}

const until = (text: string): string => {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/, (_, year, month, day, ...time) =>
    time[0] ? `${year}-${month}-${day}T${time[0]}:${time[1]}:${time[2]}${time[3]}` : `${year}-${month}-${day}`,
  );
  const complete = iso.includes("T") && !iso.endsWith("Z") ? `${iso}Z` : iso;
  if (!DayOrMoment.safeParse(complete).success) throw wrongRule("must have an UNTIL that is a date");
  return iso;
};

/** Reads a rule of RFC 5545. 400 for one that is not valid, has no end, or uses what we do not take. */
export function readRule(rrule: string): Rule {
  const parts = rrule
    .toUpperCase()
    .split(";")
    .map((part) => part.split("="));
  const named = new Map(parts.map(([name = "", value = ""]) => [name, value]));
  const frequency = FREQUENCIES.find((one) => one === named.get("FREQ"));
  if (!frequency) throw wrongRule("must have FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
  if (named.size !== parts.length || parts.some(({ length }) => length !== 2))
    throw wrongRule("must be a rule of RFC 5545, such as FREQ=WEEKLY;COUNT=10");
  for (const [name, value] of named)
    if (name !== "FREQ" && !PARTS[frequency][name]?.test(value))
      throw wrongRule(`must not have ${name}=${value}`.slice(0, 100));
  const [count, end, days] = [named.get("COUNT"), named.get("UNTIL"), named.get("BYDAY")];
  if ((count === undefined) === (end === undefined)) throw wrongRule("must have either COUNT or UNTIL");
  if (named.has("BYMONTHDAY") && days) throw wrongRule("must not have both BYDAY and BYMONTHDAY");
  if (named.has("BYSETPOS") && (!days || /\d/.test(days)))
    throw wrongRule("must have BYSETPOS only with plain weekdays");
  // Without a month, these would count from the beginning of the year.
  if (frequency === "YEARLY" && (days || named.has("BYMONTHDAY")) && !named.has("BYMONTH"))
    throw wrongRule("must have BYMONTH with BYDAY or BYMONTHDAY");
  const numbers = (name: string) => named.get(name)?.split(",").map(Number) ?? null;
  const months = numbers("BYMONTH");
  return {
    frequency,
    interval: Number(named.get("INTERVAL") ?? 1),
    week_start: named.get("WKST") ?? "MO",
    months: months && [...new Set(months)].sort((one, other) => one - other),
    month_days: numbers("BYMONTHDAY"),
    weekdays: days?.replaceAll("+", "").split(",") ?? null,
    positions: numbers("BYSETPOS"),
    count: count ? Number(count) : null,
    until: end ? until(end) : null,
  };
}
