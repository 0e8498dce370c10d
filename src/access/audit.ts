import { sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { audit_log } from "../tables/access.ts";
import type { Identity } from "./access.ts";

/** Records that somebody was denied a route. Triggers audit every change; a denial changes nothing. */
export const auditDenial = (
  t: Plan,
  { actor_id, request_id, route, code }: Record<"actor_id" | "request_id" | "route" | "code", string>,
): void =>
  t.effect(
    query.insert(audit_log).values({
      actor_id,
      request_id,
      action: "access.denied",
      subject_type: "route",
      subject_id: route,
      changes: { code: [null, code] },
    }),
  );

/**
 * Records that somebody exported rows of a table, and with which filters. Of a search, only that there was one: it
 * may be somebody's name. Each request leaves one entry, even when a lost answer makes us ask again.
 */
export function auditExport(
  t: Plan,
  { user_id, request_id }: Pick<Identity, "user_id"> & { request_id: string },
  table: string,
  filters: Record<string, unknown>,
): void {
  const action = `${table}.exported`;
  const changes = Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, name === "search" ? null : [null, value]]),
  );
  t.effect(
    query.execute(sql`
      insert into ${audit_log} (actor_id, request_id, action, subject_type, changes)
      select ${user_id}::uuid, ${request_id}, ${action}, ${table}, ${JSON.stringify(changes)}::jsonb
      where not exists (select from ${audit_log} where request_id = ${request_id} and action = ${action})`),
  );
}
