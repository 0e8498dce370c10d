/** An instant as a day in a time zone: `March 1, 2027`. */
export const day = (instant: string, timeZone: string, locale = "en-US"): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(new Date(instant));

/** An instant to the minute, with the zone's name at that time: `March 1, 2027 at 6:30 PM EST`. */
export const moment = (instant: string, timeZone: string, locale = "en-US"): string =>
  new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(instant));

/** The last day of what ends at this instant. If it ends at midnight, that is the day before. */
export const lastDay = (instant: string, timeZone: string, locale?: string): string =>
  day(new Date(Date.parse(instant) - 1).toISOString(), timeZone, locale);
