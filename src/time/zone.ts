import * as z from "zod";

function isKnown(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** A time zone of the IANA database. Offsets such as +02:00 are refused: they know no daylight saving time. */
export const TimeZone = z
  .string()
  .max(100)
  .regex(/^(UTC|[A-Z][A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/, {
    error: "must be a time zone such as America/New_York",
    abort: true,
  })
  .refine(isKnown, "must be a time zone such as America/New_York")
  .meta({ example: "America/New_York" });
