import fc from "fast-check";

const DAY = 86_400_000;
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

const listOf = (item: fc.Arbitrary<string | number>, most: number) =>
  fc.uniqueArray(item, { minLength: 1, maxLength: most }).map((items) => items.join(","));
const part = (name: string, value: fc.Arbitrary<string | number>) => value.map((text) => [`${name}=${text}`]);
const none = fc.constant<string[]>([]);
const parts = (...some: fc.Arbitrary<string[]>[]) => fc.tuple(...some).map((lists) => lists.flat());

const weekday = fc.constantFrom(...WEEKDAYS);
const nth = fc
  .tuple(fc.constantFrom("", "1", "2", "+3", "4", "5", "-1", "-2", "-5"), weekday)
  .map((both) => both.join(""));
const byDay = part("BYDAY", listOf(weekday, 5));
const byNthDay = part("BYDAY", listOf(nth, 3));
const byMonthDay = part(
  "BYMONTHDAY",
  listOf(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -31, max: -1 })), 3),
);
const byPosition = part("BYSETPOS", listOf(fc.constantFrom(1, 2, 3, 4, -1, -2, -3, -4), 3));
const byMonth = part("BYMONTH", listOf(fc.integer({ min: 1, max: 12 }), 3));
const interval = fc.oneof(none, part("INTERVAL", fc.integer({ min: 1, max: 4 })));

/** A rule that we take, without its end. */
export const anyRule = fc
  .oneof(
    parts(fc.constant(["FREQ=DAILY"]), interval, fc.oneof(none, byDay)),
    parts(fc.constant(["FREQ=WEEKLY"]), interval, fc.oneof(none, byDay), fc.oneof(none, part("WKST", weekday))),
    parts(fc.constant(["FREQ=MONTHLY"]), interval, fc.oneof(none, byNthDay, byMonthDay, parts(byDay, byPosition))),
    parts(fc.constant(["FREQ=YEARLY"]), interval, byMonth, fc.oneof(none, byNthDay, byMonthDay)),
  )
  .map((rule) => rule.join(";"));

const written = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Not February 29, which nobody repeats every year. */
export const anyDay = fc
  .integer({ min: Date.UTC(2026, 0, 1) / DAY, max: Date.UTC(2033, 0, 1) / DAY })
  .map((day) => written(day * DAY))
  .filter((day) => !day.endsWith("-02-29"));

function factsOf(time: number) {
  const day = new Date(time);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  return { year, month, date, length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(), weekday: day.getUTCDay() };
}

/**
 * The first days of a rule of RFC 5545, found by asking of each day after the other whether the rule has it, for 400 years. None if it leaves out
 * the first.
 */
export function daysByCalendar(rule: string, first: string, most: number): string[] {
  const named = new Map(rule.split(";").map((text) => text.split("=") as [string, string]));
  const numbers = (name: string) => named.get(name)?.split(",").map(Number);
  const [months, dates, positions] = [numbers("BYMONTH"), numbers("BYMONTHDAY"), numbers("BYSETPOS")];
  const weekdays = named.get("BYDAY")?.split(",");
  const [start, frequency] = [Date.parse(`${first}T00:00:00Z`), named.get("FREQ")];
  const like = factsOf(start);
  const weekOf = (time: number) =>
    Math.floor((time / DAY - WEEKDAYS.indexOf(named.get("WKST") ?? "MO") + factsOf(0).weekday) / 7);

  /** How many days, weeks, months or years after the first. */
  function later(time: number): number {
    const { year, month } = factsOf(time);
    if (frequency === "DAILY") return (time - start) / DAY;
    if (frequency === "WEEKLY") return weekOf(time) - weekOf(start);
    return frequency === "YEARLY" ? year - like.year : (year - like.year) * 12 + month - like.month;
  }

  function fits(time: number): boolean {
    const { month, date, length, weekday } = factsOf(time);
    if (later(time) % Number(named.get("INTERVAL") ?? 1) !== 0) return false;
    if (months && !months.includes(month + 1)) return false;
    if (dates) return dates.some((one) => (one > 0 ? one : length + 1 + one) === date);
    if (weekdays)
      return weekdays.some((text) => {
        const position = Number(text.slice(0, -2));
        const counted = position < 0 ? -Math.ceil((length - date + 1) / 7) : Math.ceil(date / 7);
        return text.endsWith(WEEKDAYS[weekday] ?? "-") && (position === 0 || position === counted);
      });
    if (frequency === "WEEKLY") return weekday === like.weekday;
    return frequency === "DAILY" || date === like.date;
  }

  function hasPosition(time: number): boolean {
    if (!positions) return true;
    const { year, month, length } = factsOf(time);
    const month_days = Array.from({ length }, (_, index) => Date.UTC(year, month, index + 1)).filter(fits);
    return positions.some((position) => month_days.at(position > 0 ? position - 1 : position) === time);
  }

  const found: string[] = [];
  if (!fits(start) || !hasPosition(start)) return found;
  for (let time = start; found.length < most && time < start + 400 * 366 * DAY; time += DAY)
    if (fits(time) && hasPosition(time)) found.push(written(time));
  return found;
}
