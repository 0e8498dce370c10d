import { type Day, daysOfMonth, factsOf, LAST_DAY, readDay, span, writeDay } from "./calendar-days.ts";
import { MOST_OCCURRENCES, type Rule, WEEKDAYS, wrongRule } from "./rule.ts";

/** How many days, weeks, months or years of a rule we look at: some have hardly any day, such as a fifth Saturday in February. */
const MOST_PERIODS = 1000;

/** The days to choose from: those of the day, week, month or year that is so many `later` than that of `first`. */
function periodOf({ frequency, week_start, months }: Rule, first: Day, later: number): Day[] {
  const { year, month, weekday } = factsOf(first);
  switch (frequency) {
    case "DAILY":
      return [first + later];
    case "WEEKLY": {
      const start = first - ((weekday - WEEKDAYS.indexOf(week_start) + 7) % 7) + 7 * later;
      return span(start, start + 7);
    }
    case "MONTHLY":
      return daysOfMonth(year, month + later);
    case "YEARLY":
      return (months ?? [month]).flatMap((named) => daysOfMonth(year + later, named));
  }
}

/** Whether a rule names this day. Where it names none, it means days like the first. */
function names({ frequency, month_days, weekdays }: Rule, first: Day, day: Day): boolean {
  const { date, date_from_end, weekday } = factsOf(day);
  if (month_days) return month_days.includes(date) || month_days.includes(date_from_end);
  if (weekdays) {
    const name = WEEKDAYS[weekday] ?? "";
    const nth = [Math.ceil(date / 7), Math.floor(date_from_end / 7)];
    return [name, ...nth.map((position) => position + name)].some((spelling) => weekdays.includes(spelling));
  }
  const like = factsOf(first);
  if (frequency === "WEEKLY") return weekday === like.weekday;
  return frequency === "DAILY" || date === like.date;
}

/** The days of a rule, from `first` on. */
function* daysOf(rule: Rule, first: Day): Generator<Day> {
  for (let period = 0; period < MOST_PERIODS; period += 1) {
    const named = periodOf(rule, first, period * rule.interval).filter((day) => names(rule, first, day));
    for (const [index, day] of named.entries()) {
      const counts = rule.positions?.some((position) => position === index + 1 || position === index - named.length);
      if (counts !== false && day >= first && day <= LAST_DAY) yield day;
    }
  }
}

function guardRepeats(found: string[]): string[] {
  if (found.length < 2) throw wrongRule("must repeat the event at least once");
  return found;
}

/**
 * The times at which an event takes place, by its own clock, from the first on: `2027-03-01T18:30:00`.
 *
 * @param first when it starts
 * @param last the last time that counts, or null
 * @returns 400 if the rule leaves out the first, has only that one, too many, or days that hardly ever come
 */
export function occurrencesOf(rule: Rule, first: string, last: string | null): string[] {
  if (rule.frequency === "YEARLY" && !rule.months && first.includes("-02-29T"))
    throw wrongRule("must not repeat February 29 every year");
  const [date = "", time] = first.split("T");
  const found: string[] = [];
  for (const day of daysOf(rule, readDay(date))) {
    const next = `${writeDay(day)}T${time}`;
    if (found.length === 0 && next !== first) throw wrongRule("must include the day of the event itself");
    if (last !== null && next > last) return guardRepeats(found);
    found.push(next);
    if (found.length > MOST_OCCURRENCES) throw wrongRule(`must have at most ${MOST_OCCURRENCES} occurrences`);
    if (found.length === rule.count) return guardRepeats(found);
  }
  throw wrongRule("must have days that come more often");
}
