import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { invalid } from "../../http/errors.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { seesAllColumns } from "./cells.ts";
import { lockJob } from "./check.ts";
import { guardJob, guardNotForgotten, selectImport } from "./find.ts";
import type { ColumnMapping, ImportJob } from "./schemas.ts";

const READY = [
  "import_not_ready",
  "This is only possible after the dry run and before the import is applied.",
] as const;

const isReady = (job_id: string) =>
  sql`exists (select from ${import_jobs} where ${eq(import_jobs.id, job_id)} and status = 'ready')`;

/**
 * Maps the columns anew, and has every row checked again. 403 for somebody who does not see all columns; 409 unless the import
 * is ready.
 */
export async function mapColumns(ctx: SignedInContext, job_id: string, { columns }: ColumnMapping): Promise<ImportJob> {
  const fields = columns.flatMap(({ field }) => field ?? []);
  const twice = fields.find((field, index) => fields.indexOf(field) < index);
  if (twice) throw invalid("columns", `must fill ${twice} only once`);
  const headers = JSON.stringify(columns.map(({ header }) => header));
  const job = await ctx.transact((t) => {
    lockJob(t, job_id);
    guardJob(t, job_id);
    // Otherwise, a sealed column that counts as another one would show its cells.
    t.guard(
      seesAllColumns(job_id, ctx.user_id),
      403,
      "not_your_import",
      "Only whoever uploaded the file, or may see sensitive details, can say what its columns fill.",
    );
    t.valid(
      sql`(select jsonb_agg(part -> 'header' order by place) from ${import_jobs},
        jsonb_array_elements(columns) with ordinality as parts (part, place) where ${eq(import_jobs.id, job_id)}) = ${headers}::jsonb`,
      "columns",
      "must be the columns of the file, in their order",
    );
    t.guard(isReady(job_id), 409, ...READY);
    guardNotForgotten(t, job_id);
    t.effect(
      query
        .update(import_rows)
        .set({ outcome: null, problems: [], warnings: [], user_id: null })
        .where(eq(import_rows.job_id, job_id)),
    );
    t.effect(
      query
        .update(import_jobs)
        .set({ columns, status: "validating", checked_rows: 0 })
        .where(eq(import_jobs.id, job_id)),
    );
    return selectImport(t, job_id);
  });
  await ctx.ring("import");
  return job;
}

/**
 * Has an import applied, in parts that the queue drives. Rows with problems are left out. 409 unless it is ready, 403 for the
 * roles of somebody else.
 */
export async function applyImport(ctx: SignedInContext, job_id: string): Promise<ImportJob> {
  const job = await ctx.transact((t) => {
    lockJob(t, job_id);
    guardJob(t, job_id);
    t.guard(isReady(job_id), 409, ...READY);
    guardNotForgotten(t, job_id);
    guardRolesAreTheirs(t, ctx, job_id);
    t.effect(
      query
        .update(import_rows)
        .set({ applied_at: sql`now()` })
        .where(
          and(
            eq(import_rows.job_id, job_id),
            isNull(import_rows.applied_at),
            inArray(import_rows.outcome, ["unchanged", "problem"]),
          ),
        ),
    );
    t.effect(query.update(import_jobs).set({ status: "applying" }).where(eq(import_jobs.id, job_id)));
    return selectImport(t, job_id);
  });
  await ctx.ring("import");
  return job;
}

/** Roles are given with the powers of whoever uploaded the file. So nobody else applies a file that gives any. */
function guardRolesAreTheirs(t: Plan, { user_id }: SignedInContext, job_id: string): void {
  const role = sql`(select lower(trim(${import_rows.cells} ->> (place - 1)::int))
    from jsonb_array_elements(${import_jobs.columns}) with ordinality as parts (part, place) where part ->> 'field' = 'role')`;
  t.guard(
    sql`not exists (select from ${import_jobs} join ${import_rows} on ${eq(import_rows.job_id, import_jobs.id)}
      where ${eq(import_jobs.id, job_id)} and ${import_jobs.created_by} is distinct from ${user_id}::uuid
        and ${import_rows.outcome} = 'create' and ${role} not in ('', 'guest', 'member'))`,
    403,
    "roles_of_another",
    "This file gives people roles. Only whoever uploaded it can apply it: please upload it yourself.",
  );
}
