import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { invalidInput } from "../../http/errors.ts";
import { STORABLE } from "../../http/schemas.ts";
import type { Upload } from "../../http/upload.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { lockJob } from "./check.ts";
import { ADDED_COLUMNS, importColumnsOf } from "./columns.ts";
import { selectImport } from "./find.ts";
import { readCsv } from "./read-file.ts";
import { FileName, type ImportFile, type ImportJob } from "./schemas.ts";

/** How many rows, or how much text, one round trip stores. */
const BATCH_ROWS = 1000;
const BATCH_CHARACTERS = 1_000_000;

interface UploadedRow {
  row: number;
  cells: string[];
}

/**
 * Stores the rows of a file while it comes in; the file itself is not kept. Then the queue has them checked. An upload that
 * breaks off leaves an import that never leaves `uploaded`, and is given up after an hour.
 */
export async function uploadImport(
  ctx: SignedInContext,
  { file_name }: ImportFile,
  file: Pick<Upload, "chunks" | "name">,
): Promise<ImportJob> {
  const { separator, rows } = await readCsv(file.chunks);
  const first = await rows.next();
  if (first.done) throw emptyFile("must have a header and rows");
  const header = first.value.cells.map((cell) => storable(cell.trim()));
  const kept = header.flatMap((name, place) => (ADDED_COLUMNS.includes(name.toLowerCase()) ? [] : [place]));
  const columns = importColumnsOf(kept.map((place) => header[place] ?? ""));
  assertHeader(columns);
  const job_id = crypto.randomUUID();
  let made = false;

  const store = (batch: UploadedRow[], complete: boolean) =>
    ctx.transact((t) => {
      if (!made)
        t.effect(
          query.insert(import_jobs).values({
            id: job_id,
            file_name: file_name ?? FileName.safeParse(file.name).data ?? "people.csv",
            separator,
            columns,
            created_by: ctx.user_id,
          }),
        );
      else guardNotGivenUp(t, job_id);
      t.effect(
        query.execute(sql`
          insert into ${import_rows} (job_id, row, cells)
          select ${job_id}::uuid, (uploaded ->> 0)::int, uploaded -> 1
          from jsonb_array_elements(${JSON.stringify(batch.map(({ row, cells }) => [row, cells]))}::jsonb) as uploaded`),
      );
      t.effect(
        query
          .update(import_jobs)
          .set({
            total_rows: sql`${import_jobs.total_rows} + ${batch.length}`,
            ...(complete && { status: "validating" as const }),
          })
          .where(eq(import_jobs.id, job_id)),
      );
      return { job: selectImport(t, job_id) };
    });

  let batch: UploadedRow[] = [];
  let characters = 0;
  for await (const { row, cells } of rows) {
    const text = cells.filter((_, place) => place >= header.length || kept.includes(place)).map(storable);
    batch.push({ row, cells: text });
    characters += text.reduce((sum, { length }) => sum + length, 0);
    if (batch.length < BATCH_ROWS && characters < BATCH_CHARACTERS) continue;
    await store(batch, false);
    made = true;
    batch = [];
    characters = 0;
  }
  if (!made && batch.length === 0) throw emptyFile("must have rows besides the header");
  const { job } = await store(batch, true);
  await ctx.ring("import");
  return job;
}

const emptyFile = (message: string) => invalidInput([{ path: "file", message }], "The file is empty.");

/** 409 if a part took so long that the upload was given up: the rows before it are gone. */
function guardNotGivenUp(t: Plan, job_id: string): void {
  lockJob(t, job_id);
  t.guard(
    sql`exists (select from ${import_jobs} where ${and(eq(import_jobs.id, job_id), eq(import_jobs.status, "uploaded"))})`,
    409,
    "upload_too_slow",
    "The upload took too long. Please try again.",
  );
}

/** PostgreSQL stores no NUL and no half of a character. The check makes a problem of what stands for them in a row. */
const storable = (cell: string): string => (STORABLE.test(cell) ? cell : cell.replaceAll(/[\0\p{Cs}]/gu, "\ufffd"));

function assertHeader(columns: ReturnType<typeof importColumnsOf>): void {
  if (columns.some(({ field }) => field !== null)) return;
  throw invalidInput(
    [{ path: "file", message: "must have a header that names at least one known column, such as first_name" }],
    "We do not know any column of this file.",
  );
}
