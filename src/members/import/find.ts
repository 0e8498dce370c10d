import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { after, listPage, listPageWithTotal, newestFirst, type Order } from "../../http/pagination.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { users } from "../../tables/people.ts";
import { auditCells, readerOf } from "./cells.ts";
import { type ImportColumns, placesOf, repeatedHeaders, unknownHeaders } from "./columns.ts";
import {
  type ImportFilters,
  type ImportJob,
  type ImportJobPage,
  type ImportRowFilters,
  type ImportRowPage,
  importJobSummaryColumns,
  importRowColumns,
  personIsDueActivation,
  personMissesActivation,
} from "./schemas.ts";

/** 404 unless there is such an import. */
export const guardJob = (t: Plan, job_id: string): void =>
  t.guard(
    sql`exists (select from ${import_jobs} where ${eq(import_jobs.id, job_id)})`,
    404,
    "import_not_found",
    "There is no such import.",
  );

/** 409 once the rows of an import were forgotten. Those of people who were erased are empty before that. */
export const guardNotForgotten = (t: Plan, job_id: string): void =>
  t.guard(
    sql`not exists (select from ${import_rows} where ${eq(import_rows.job_id, job_id)} and ${import_rows.cells} = '[]'
      and ${import_rows.created_at} < now() - interval '30 days')`,
    409,
    "import_forgotten",
    "Rows of this import have been deleted, so this is no longer possible. If you still need it, please upload the file again.",
  );

/** An import, with what its rows do. Guard first that it exists. */
export function selectImport(t: Plan, job_id: string): Handle<ImportJob> {
  const count = (which: SQL) => sql<number>`(count(*) filter (where ${which}))::int`;
  const outcome = (name: string) => count(sql`${import_rows.outcome} = ${name}`);
  const counts = query
    .select({
      create: outcome("create"),
      update: outcome("update"),
      unchanged: outcome("unchanged"),
      problem: outcome("problem"),
      warned: count(sql`${import_rows.warnings} <> '[]'`),
      sent: count(sql`${import_rows.outcome} = 'create' and ${users.activation_sent_at} is not null`),
      waiting: count(sql`${import_rows.outcome} = 'create' and ${personIsDueActivation}`),
      impossible: count(sql`${import_rows.outcome} = 'create' and ${personMissesActivation}`),
    })
    .from(import_rows)
    .leftJoin(users, eq(users.id, import_rows.user_id))
    .where(eq(import_rows.job_id, job_id));
  const job = query
    .select({ ...importJobSummaryColumns, columns: import_jobs.columns })
    .from(import_jobs)
    .where(eq(import_jobs.id, job_id));
  return t.combine({ job: t.one(job), counts: t.one(counts) }, ({ job: { columns, ...found }, counts: all }) => {
    const { sent, waiting, impossible, ...outcomes } = all;
    return {
      ...found,
      columns: shownColumns(columns),
      unknown_columns: unknownHeaders(columns),
      repeated_columns: repeatedHeaders(columns),
      outcomes,
      activations_sent: sent,
      activations_waiting: waiting,
      activations_impossible: impossible,
    };
  });
}

const shownColumns = (columns: ImportColumns): ImportJob["columns"] => {
  const places = new Map([...placesOf(columns)].map(([field, place]) => [place, field]));
  return columns.map(({ header }, place) => ({ header, field: places.get(place) ?? null }));
};

export const getImport = (ctx: SignedInContext, job_id: string): Promise<ImportJob> =>
  ctx.transact((t) => {
    guardJob(t, job_id);
    return selectImport(t, job_id);
  });

/** A page of imports, newest first. */
export const listImports = (ctx: SignedInContext, { status, ...paging }: ImportFilters): Promise<ImportJobPage> =>
  ctx.transact((t) =>
    listPageWithTotal(
      t,
      newestFirst(import_jobs),
      () => query.select(importJobSummaryColumns).from(import_jobs),
      paging,
      status && eq(import_jobs.status, status),
    ),
  );

/** The order of the file. */
export const BY_ROW: Order<{ row: number }> = {
  name: "row",
  descending: false,
  keys: [{ expression: sql`${import_rows.row}`, type: "integer", of: ({ row }) => String(row) }],
};

/** A page of an import's rows, in the order of the file, with the cells that the reader may see. */
export function listImportRows(
  ctx: SignedInContext,
  job_id: string,
  { outcome, warned, ...paging }: ImportRowFilters,
): Promise<ImportRowPage> {
  const which = and(
    eq(import_rows.job_id, job_id),
    outcome && eq(import_rows.outcome, outcome),
    warned === undefined ? undefined : sql`(${import_rows.warnings} <> '[]') = ${warned}`,
  );
  return ctx.transact((t) => {
    guardJob(t, job_id);
    auditCells(t, ctx, job_id, and(which, after(BY_ROW, paging.cursor)), paging.limit);
    return listPage(
      t,
      BY_ROW,
      () => query.select(importRowColumns).from(import_rows).innerJoin(readerOf(job_id, ctx.user_id), sql`true`),
      paging,
      which,
    );
  });
}
