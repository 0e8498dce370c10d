import { type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";

/** 400 for the field `path` if its instant is in the past or more than two years ahead: such a date is probably a typo. */
export function guardAhead(t: Plan, path: string, instant: SQL): void {
  t.valid(sql`coalesce(${instant} > now(), true)`, path, "must be in the future");
  t.valid(sql`coalesce(${instant} <= now() + interval '731 days', true)`, path, "must be no more than two years ahead");
}
