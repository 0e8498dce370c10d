import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { cellsOf, column } from "../../http/csv-columns.ts";
import { exportCsv } from "../../http/export.ts";
import type { Download } from "../../http/route.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { auditCells, cellSeen, readerOf } from "./cells.ts";
import { ADDED_COLUMNS } from "./columns.ts";
import { BY_ROW, guardJob } from "./find.ts";
import type { ProblemFile } from "./schemas.ts";

/**
 * The rows of an import that have problems, as they were uploaded, with what is wrong. Cells that the reader may not see are
 * blank. Without its last two columns, which
 * an upload ignores, it is a file to correct and upload again. Its first round trip reads the columns.
 */
export async function exportProblems(ctx: SignedInContext, job_id: string, { bom }: ProblemFile): Promise<Download> {
  const job = await ctx.transact((t) => {
    guardJob(t, job_id);
    return t.one(query.select({ columns: import_jobs.columns }).from(import_jobs).where(eq(import_jobs.id, job_id)));
  });
  const [row_header = "", problem_header = ""] = ADDED_COLUMNS;
  const uploaded = job.columns.map(
    ({ header, field }, place) => [`cell_${place}`, column(header, cellSeen(place, field))] as const,
  );
  const which = and(eq(import_rows.job_id, job_id), eq(import_rows.outcome, "problem"));
  const columns = {
    ...Object.fromEntries(uploaded),
    row: column(row_header, import_rows.row),
    problem: column(problem_header, PROBLEM),
  };
  return exportCsv(ctx, {
    table: "import_problems",
    filters: { import: job_id },
    options: { bom, headers: "human", amounts: "decimal" },
    columns,
    order: BY_ROW,
    audit: (t, from, limit) => auditCells(t, ctx, job_id, and(which, from), limit),
    select: (from: SQL, limit: number) =>
      query
        .select({ row: import_rows.row, cells: cellsOf(columns) })
        .from(import_rows)
        .innerJoin(readerOf(job_id, ctx.user_id), sql`true`)
        .where(and(which, from))
        .orderBy(asc(import_rows.row))
        .limit(limit),
  });
}

const PROBLEM = sql`(
  select string_agg(concat_ws(' ', problem ->> 'field', problem ->> 'message'), '; ' order by place)
  from jsonb_array_elements(${import_rows.problems}) with ordinality as problems (problem, place))`;
