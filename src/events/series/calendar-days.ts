const MILLISECONDS = 86_400_000;

/** A day without a time: how many days it comes after January 1, 1970. */
export type Day = number;

const dayOf = (year: number, month: number, date: number): Day => Date.UTC(year, month - 1, date) / MILLISECONDS;

/** After this, years have five digits. */
export const LAST_DAY = dayOf(9999, 12, 31);

/** The year, the month from 1, the date, and the weekday as JavaScript counts it. */
export function factsOf(day: Day) {
  const midnight = new Date(day * MILLISECONDS);
  const [year, month, date] = [midnight.getUTCFullYear(), midnight.getUTCMonth() + 1, midnight.getUTCDate()];
  /** Counted from the end of the month: its last day is -1. */
  const date_from_end = day - dayOf(year, month + 1, 1);
  return { year, month, date, date_from_end, weekday: midnight.getUTCDay() };
}

/** The days from one to another, without the latter. */
export const span = (from: Day, to: Day): Day[] => Array.from({ length: to - from }, (_, index) => from + index);

export const daysOfMonth = (year: number, month: number): Day[] =>
  span(dayOf(year, month, 1), dayOf(year, month + 1, 1));

/** Reads and writes `2027-03-01`. */
export const readDay = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / MILLISECONDS;
export const writeDay = (day: Day): string => new Date(day * MILLISECONDS).toISOString().slice(0, 10);
