/** Where the organization is, unless a test says otherwise. */
export const ZONE = "America/New_York";

/** The day of an instant in a zone, such as `2027-03-01`. */
export const dayIn = (instant: Date | number | string, timeZone = ZONE): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(instant),
  );

/** When a day begins in a zone: its first millisecond, found by halving. */
export function beginningOf(day: string, timeZone = ZONE): Date {
  let before = Date.parse(`${day}T00:00:00Z`) - 15 * 3_600_000;
  let within = Date.parse(`${day}T00:00:00Z`) + 15 * 3_600_000;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayIn(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return new Date(within);
}

/** The day so many days after another. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
