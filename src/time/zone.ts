import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";

function isKnown(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** Completes a sentence that begins with the field. */
export const NOT_A_ZONE = "must be a time zone such as America/New_York";

/** A time zone of the IANA database. Offsets such as +02:00 are refused: they know no daylight saving time. */
export const TimeZone = z
  .string()
  .max(100)
  .regex(/^(UTC|[A-Z][A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/, {
    error: NOT_A_ZONE,
    abort: true,
  })
  .refine(isKnown, NOT_A_ZONE)
  .meta({ example: "America/New_York" });

/**
 * A zone, or null if PostgreSQL does not know it. Statements about many people ask this of the zone of each, so that one
 * name that was dropped since stops none of them.
 */
export const knownZone = (zone: SQLWrapper): SQL<string | null> => sql<string | null>`known_time_zone(${zone})`;

/** 400 for a zone that PostgreSQL does not know: JavaScript knows some more. */
export function validTimeZone(t: Plan, time_zone: string | null | undefined): void {
  if (time_zone) t.valid(sql`${knownZone(sql`${time_zone}::text`)} is not null`, "time_zone", NOT_A_ZONE);
}
