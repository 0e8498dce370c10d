import { type SQL, sql } from "drizzle-orm";
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

type Actor = Pick<Identity, "user_id"> & { request_id: string };

/**
 * Records that somebody exported rows of a table, and with which filters. Of a search, it records only that there was
 * one: the text may be somebody's name.
 */
export function auditExport(t: Plan, actor: Actor, table: string, filters: Record<string, unknown>): void {
  const changes = Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, [null, unknown] | null] => [name, name === "search" ? null : [null, value]]),
  );
  auditReading(t, actor, { action: `${table}.exported`, subject_type: table, subject_id: sql`null`, changes });
}

interface Reading {
  action: string;
  subject_type: string;
  subject_id: SQL;
  changes: Record<string, [unknown, unknown] | null>;
  /** Whether anything was read that is worth an entry. Always, if left out. */
  when?: SQL;
}

/**
 * Records that somebody read sensitive data. Each request leaves one entry, even when a lost answer makes us ask again.
 */
export const auditReading = (
  t: Plan,
  { user_id, request_id }: Actor,
  { action, subject_type, subject_id, changes, when = sql`true` }: Reading,
): void =>
  t.effect(
    query.execute(sql`
      insert into ${audit_log} (actor_id, request_id, action, subject_type, subject_id, changes)
      select ${user_id}::uuid, ${request_id}, ${action}, ${subject_type}, ${subject_id}, ${JSON.stringify(changes)}::jsonb
      where ${when} and not exists (select from ${audit_log} where request_id = ${request_id} and action = ${action})`),
  );
