import { addMonths, DAY } from "./stripe/calendar.ts";

/** At this hour of the day some days from now, in UTC. */
export const daysFromNow = (days: number, hour = 0) => {
  const day = new Date();
  day.setUTCHours(hour, 0, 0, 0);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString();
};

const HOUR = 3_600_000;

/** The zone of the organization's clock, unless somebody chooses another. */
const ZONE = "America/New_York";

/** This hour on the organization's clock, on the day that an instant has in UTC. Not for hours at night. */
export function onTheClock(instant: string, hour: number): string {
  const day = Date.parse(`${instant.slice(0, 10)}T12:00:00Z`);
  const noon = new Intl.DateTimeFormat("en-US", { hour: "numeric", hourCycle: "h23", timeZone: ZONE }).format(day);
  return new Date(day + (hour - Number(noon)) * HOUR).toISOString();
}

/** The evening some days from now, when events begin. */
export const eveningIn = (days: number): string => onTheClock(daysFromNow(days), 18);

/** The full hour this many days and hours from now. */
export const inDays = (days: number, hours = 0) =>
  new Date(Math.floor(Date.now() / HOUR) * HOUR + (days * 24 + hours) * HOUR).toISOString();

/** The beginning of this day some months from now; in shorter months the last day. */
export const monthsFromNow = (months: number): string =>
  instantOf(addMonths(Date.parse(daysFromNow(0)) / 1000, months));

export const hoursAfter = (instant: string, hours: number) =>
  new Date(Date.parse(instant) + hours * HOUR).toISOString();

/** The terms of a plan that ends with December, in New York, from one that began in the middle of a year until now. */
export function calendarYears(joined_at: string): { term_start: string; term_end: string }[] {
  const yearOf = (instant: number) => new Date(instant - 5 * 3_600_000).getUTCFullYear();
  const first = yearOf(Date.parse(joined_at));
  const begins = (year: number) => new Date(Date.UTC(year, 0, 1, 5)).toISOString();
  return Array.from({ length: yearOf(Date.now()) - first + 1 }, (_, index) => ({
    term_start: index === 0 ? joined_at : begins(first + index),
    term_end: begins(first + index + 1),
  }));
}

/** In Unix seconds, as the stand-in for Stripe counts time. */
export const daysAgo = (days: number): number => Math.floor(Date.now() / 1000) - days * DAY;

/** So many days ago, and so many months before that; in shorter months the last day. In Unix seconds, too. */
export const monthsAgo = ([months, days]: [months: number, days: number]): number => addMonths(daysAgo(days), -months);

export const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
