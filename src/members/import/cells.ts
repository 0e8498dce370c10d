import { asc, eq, type SQL, sql } from "drizzle-orm";
import { auditReadingOf } from "../../access/audit.ts";
import { personHolds } from "../../access/holds.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { IMPORT_FIELDS } from "./columns.ts";
import { SEALED_FIELDS } from "./withheld.ts";

/** The columns that everybody with `users.import` may read. What an unknown column holds, nobody knows. */
const OPEN = IMPORT_FIELDS.filter((field) => field !== "password_hash" && !SEALED_FIELDS.includes(field));

/**
 * One row about who reads an import, to join to its rows: `uploaded` the file themselves, and so or with
 * `users.view_sensitive` `sees_all` cells.
 */
export function readerOf(job_id: string, user_id: string): SQL {
  const uploaded = sql`${import_jobs.created_by} is not distinct from ${user_id}::uuid`;
  return sql`(
    select ${import_jobs.columns} as columns, ${uploaded} as uploaded,
      (${uploaded} or ${personHolds(user_id, "users.view_sensitive")}) as sees_all
    from ${import_jobs} where ${eq(import_jobs.id, job_id)}) as reader`;
}

const isOpen = (field: SQL): SQL => sql`${field} = any (${sql.param([...OPEN])}::text[])`;

/** Whether the reader sees every column of an import. */
export const seesAllColumns = (job_id: string, user_id: string): SQL => sql`(
  select sees_all or not exists (
    select from jsonb_array_elements(columns) as part where (${isOpen(sql`part ->> 'field'`)}) is not true)
  from ${readerOf(job_id, user_id)})`;

/** Whether the reader sees the cell of this field in a row. Cells are out of place where a row has too many or too few. */
const seesField = (field: SQL): SQL => sql`(reader.sees_all or (
  ${isOpen(field)} and jsonb_array_length(${import_rows.cells}) = jsonb_array_length(reader.columns)))`;

/** The cells of a row that the reader sees; the others are blank, and password hashes always. */
export const cellsSeen = sql<string[]>`(
  select coalesce(jsonb_agg(
    case when field is distinct from 'password_hash' and ${seesField(sql`field`)} then cell else '' end order by place), '[]')
  from jsonb_array_elements_text(${import_rows.cells}) with ordinality as uploaded_cells (cell, place),
    lateral (select reader.columns -> (place - 1)::int ->> 'field' as field) as filled)`;

const jobOfRow = eq(import_jobs.id, import_rows.job_id);

/** The cells of a row, for the person whom it is about, with a blank one in place of a password hash. */
export const cellsWithoutHash = sql<string[]>`(
  select coalesce(jsonb_agg(case when ${sql`${import_jobs.columns}`} -> (place - 1)::int ->> 'field' = 'password_hash'
    then '""' else cell end order by place), '[]')
  from ${import_jobs}, jsonb_array_elements(${sql`${import_rows.cells}`}) with ordinality as cells (cell, place)
  where ${sql`${jobOfRow}`})`;

/** One cell of a row, blank unless the reader sees it. Only whoever uploaded a password hash gets it back. */
export const cellSeen = (place: number, field: string | null): SQL<string> => sql<string>`case
  when ${field === "password_hash" ? sql`reader.uploaded` : seesField(sql`${field}::text`)}
  then ${import_rows.cells} ->> ${sql.raw(String(place))} else '' end`;

/**
 * Records that somebody read sensitive cells of a page of rows that another person uploaded. The people whom the rows match
 * find it in their access logs.
 */
export const auditCells = (
  t: Plan,
  ctx: SignedInContext,
  job_id: string,
  which: SQL | undefined,
  limit: number,
): void => {
  const page = query
    .select({ user_id: import_rows.user_id })
    .from(import_rows)
    .innerJoin(readerOf(job_id, ctx.user_id), sql`reader.sees_all and not reader.uploaded`)
    .where(which)
    .orderBy(asc(import_rows.row))
    .limit(limit);
  auditReadingOf(t, ctx, {
    action: "users.read_sensitive",
    subject_ids: sql`array(select distinct user_id from ${page} as page where user_id is not null order by user_id)`,
  });
};
