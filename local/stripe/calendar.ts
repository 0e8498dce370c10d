export const DAY = 24 * 60 * 60;

export interface Interval {
  interval: string;
  interval_count: number;
}

/**
 * The end of the first full period after `start` (seconds, UTC). Counts from the anchor rather than the previous
 * period. A subscription that starts on January 31 renews on February 28 and then on March 31, as at Stripe.
 */
export function periodEnd(anchor: number, start: number, { interval, interval_count }: Interval): number {
  for (let periods = 1; ; periods += 1) {
    const end = add(anchor, interval, interval_count * periods);
    if (end > start) return end;
  }
}

function add(seconds: number, interval: string, count: number): number {
  switch (interval) {
    case "day":
      return seconds + count * DAY;
    case "week":
      return seconds + count * 7 * DAY;
    case "month":
      return addMonths(seconds, count);
    case "year":
      return addMonths(seconds, count * 12);
    default:
      throw new Error(`Unknown interval: ${interval}`);
  }
}

/** So many months later; in shorter months the last day. */
export function addMonths(seconds: number, months: number): number {
  const date = new Date(seconds * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return Math.floor(date.getTime() / 1000);
}
