import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { around } from "../database/prepared.ts";
import { query, type Rows } from "../database/query.ts";
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

/** Keeps whoever acts out of the entries of all that follows in this transaction. */
export const hideActor = (t: Plan): void => t.effect(query.execute(sql`select set_config('app.actor_id', '', true)`));

type Actor = Pick<Identity, "user_id"> & { request_id: string };

/**
 * Records that somebody exported rows of a table, and with which filters. Of a search, it records only that there was
 * one: the text may be somebody's name.
 */
export const auditExport = (t: Plan, actor: Actor, table: string, filters: Record<string, unknown>): void =>
  auditReading(t, actor, {
    action: `${table}.exported`,
    subject_type: table,
    subject_id: sql`null`,
    changes: changesOf(filters),
  });

/** Filters, as an entry records them. Of what may be somebody's name or address, it records only that it was there. */
export const changesOf = (filters: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, [null, unknown] | null] => [
        name,
        name === "search" || name === "email" ? null : [null, value],
      ]),
  );

/**
 * The same for a page of an export of people, whose access logs show it. `candidates` selects one id more than the `limit`
 * of the page. Returns SQL that yields the recorded ids, and whether there are more. When a lost answer makes us ask again,
 * the entry is already there.
 *
 * @param filters of the first page only, which is recorded even if it is empty
 */
export function auditExportOf(
  t: Plan,
  { user_id, request_id }: Actor,
  table: string,
  filters: Record<string, unknown> | undefined,
  candidates: SQLWrapper,
  limit: number,
): { ids: SQL; more: Handle<{ more: boolean }> } {
  const id = crypto.randomUUID();
  const more = t.one(
    query.execute<{ more: boolean }>(sql`
      with page as materialized (select array(${candidates}) as ids),
      entry as (
        insert into ${audit_log} (id, actor_id, request_id, action, subject_type, subject_ids, changes)
        select ${id}::uuid, ${user_id}::uuid, ${request_id}, ${`${table}.exported`}, ${table}, ids[:${limit}::int],
          ${JSON.stringify(changesOf(filters ?? {}))}::jsonb
        from page where ${filters !== undefined}::boolean or cardinality(ids) > 0
        on conflict (id) do nothing)
      select cardinality(ids) > ${limit}::int as more from page`),
  );
  const recorded = sql`(select ${audit_log.subject_ids} from ${audit_log} where ${eq(audit_log.id, id)})`;
  return { ids: sql`${recorded}::uuid[]`, more };
}

/**
 * The same for a page of which each row may be about a person. The select yields one row more than the `limit` of the page, and
 * its first column is the person's id, or null. All is one statement, so the entry names just the people on the page. The rows
 * keep the select's order: PostgreSQL reads a materialized result as it was written.
 */
export function auditExportWith<Row>(
  t: Plan,
  { user_id, request_id }: Actor,
  table: string,
  filters: Record<string, unknown> | undefined,
  rows: Rows<Row>,
  limit: number,
): Handle<Row[]> {
  const id = crypto.randomUUID();
  return t.many(
    around(
      rows,
      (select) => sql`
        with page (person_id) as materialized ${select},
        shown as (select person_id from page limit ${limit}::int),
        people as materialized (
          select array(select distinct person_id from shown where person_id is not null) as ids),
        entry as (
          insert into ${audit_log} (id, actor_id, request_id, action, subject_type, subject_ids, changes)
          select ${id}::uuid, ${user_id}::uuid, ${request_id}, ${`${table}.exported`}, ${table}, ids,
            ${JSON.stringify(changesOf(filters ?? {}))}::jsonb
          from people where ${filters !== undefined}::boolean or cardinality(ids) > 0
          on conflict (id) do nothing)
        select * from page`,
    ),
  );
}

interface Reading {
  action: string;
  subject_type: string;
  subject_id: SQL;
  changes: Record<string, [unknown, unknown] | null>;
  /** Records only if this holds. Always, if left out. */
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

/** Records something that is done once for each id, which is that of the entry. With that, the entry tells whether it was done. */
export const auditOnce = (
  t: Plan,
  { user_id, request_id }: Actor,
  id: string,
  entry: Pick<typeof audit_log.$inferInsert, "action" | "subject_type" | "subject_id" | "changes">,
): void =>
  t.effect(
    query
      .insert(audit_log)
      .values({ id, actor_id: user_id, request_id, ...entry })
      .onConflictDoNothing(),
  );

/**
 * Records that somebody read sensitive data of many people: one entry that names them all, so that each of them finds it in
 * their access log. If there is nobody, it records nothing.
 *
 * @param of.subject_ids SQL that yields the ids as `uuid[]`
 */
export const auditReadingOf = (
  t: Plan,
  { user_id, request_id }: Actor,
  { action, subject_ids }: { action: string; subject_ids: SQL },
): void =>
  t.effect(
    query.execute(sql`
      insert into ${audit_log} (actor_id, request_id, action, subject_type, subject_ids)
      select ${user_id}::uuid, ${request_id}, ${action}, 'users', ids from (select ${subject_ids} as ids) as read_people
      where cardinality(ids) > 0 and not exists (
        select from ${audit_log} where request_id = ${request_id} and action = ${action} and subject_ids = ids)`),
  );
