import { LINK_LIFETIME } from "../access/link-lifetime.ts";
import type { LinkPurpose } from "../access/signatures.ts";
import { formatCents } from "../money/format.ts";
import { day, lastDay, moment } from "../time/format.ts";
import { LOCALES, type Locale } from "./words.ts";

/** How a mail writes days, times and amounts: in the reader's language. */
export interface Formats {
  /** A day on the organization's calendar, as on receipts. */
  day(instant: string): string;
  /** The last day of what ends at this instant, on the organization's calendar. */
  lastDay(instant: string): string;
  /** A time, on the reader's clock unless another zone is given. */
  moment(instant: string, time_zone?: string | null): string;
  /** Integer cents. */
  money(cents: number): string;
  /** For how long a link works. */
  lifetime(purpose: LinkPurpose): string;
  /** A day of every year. */
  dayOfTheYear(month: number, day: number): string;
}

interface Reader {
  locale: Locale;
  currency: string;
  /** The organization's zone, and the reader's own if they chose one. */
  time_zone: string;
  own_time_zone: string | null;
}

export function formatsFor({ locale, currency, time_zone, own_time_zone }: Reader): Formats {
  const language = LOCALES[locale];
  const lasting = (unit: "hour" | "day", count: number) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return {
    day: (instant) => day(instant, time_zone, language),
    lastDay: (instant) => lastDay(instant, time_zone, language),
    moment: (instant, zone) => moment(instant, zone ?? own_time_zone ?? time_zone, language),
    money: (cents) => formatCents(cents, currency, language),
    lifetime(purpose) {
      const hours = LINK_LIFETIME[purpose];
      return hours > 24 && hours % 24 === 0 ? lasting("day", hours / 24) : lasting("hour", hours);
    },
    dayOfTheYear: (month, date) =>
      new Intl.DateTimeFormat(language, { month: "long", day: "numeric", timeZone: "UTC" }).format(
        Date.UTC(2001, month - 1, date),
      ),
  };
}
