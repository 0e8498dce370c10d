import { sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import type { Identity } from "./access.ts";
import { audit_log } from "./tables.ts";

/** Triggers audit what changes. This is what nothing changes by: somebody was denied a route. */
export const denial = ({
  actor_id,
  request_id,
  route,
  code,
}: {
  actor_id: string;
  request_id: string;
  route: string;
  code: string;
}): Silent =>
  effect(
    query.insert(audit_log).values({
      actor_id,
      request_id,
      action: "access.denied",
      subject_type: "route",
      subject_id: route,
      changes: { code: [null, code] },
    }),
  );

/** What people type into a search may be somebody's name. */
const PERSONAL_FILTERS = new Set(["search"]);

/**
 * Somebody took rows of a table with them: which, by the filters they asked for. Of a search only that there was one. One
 * entry for each request, however often its answer was lost and asked for again.
 */
export function exported(
  { user_id, request_id }: Pick<Identity, "user_id"> & { request_id: string },
  table: string,
  filters: Record<string, unknown>,
): Silent {
  const action = `${table}.exported`;
  const changes = Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, PERSONAL_FILTERS.has(name) ? null : [null, value]]),
  );
  return effect(
    query.execute(sql`
      insert into ${audit_log} (actor_id, request_id, action, subject_type, changes)
      select ${user_id}::uuid, ${request_id}, ${action}, ${table}, ${JSON.stringify(changes)}::jsonb
      where not exists (select from ${audit_log} where request_id = ${request_id} and action = ${action})`),
  );
}
