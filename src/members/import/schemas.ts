import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { personAwaitsActivation, personCannotBeActivated } from "../../accounts/activation.ts";
import { ExportOptions } from "../../http/export.ts";
import { Paging, pageOf, pageWithTotalOf } from "../../http/pagination.ts";
import { Id, Instant, Line, STORABLE, YesOrNo } from "../../http/schemas.ts";
import { import_jobs, import_rows, importjobstatus } from "../../tables/import-jobs.ts";
import { users } from "../../tables/people.ts";
import { cellsSeen } from "./cells.ts";
import { IMPORT_FIELDS } from "./columns.ts";
import { OUTCOMES } from "./judge.ts";

const Column = z.object({
  header: z.string(),
  field: z.enum(IMPORT_FIELDS).nullable().describe("The field that the column fills. Null: none"),
});

const Count = z.int().min(0);

/** A file of people: what is in it, and how far it is. */
export const ImportJob = z
  .object({
    id: Id,
    status: z
      .enum(importjobstatus.enumValues)
      .describe(
        "`uploaded`: the file is coming in. `validating`: its rows are being checked. `ready`: the dry run is done, and the import can be applied. `applying`: it is being applied. `completed`: it was applied. `failed`: see `failure`",
      ),
    file_name: z.string(),
    separator: z.string().nullable(),
    columns: z.array(Column),
    unknown_columns: z.array(z.string()).describe("Headers that we do not know. Map them, or leave them out"),
    repeated_columns: z
      .array(z.string())
      .describe("Headers of columns that are left out, because another column fills the same field"),
    total_rows: Count,
    checked_rows: Count,
    applied_rows: Count,
    failed_rows: Count.describe("Rows that were not applied because they have problems"),
    created_people: Count,
    updated_people: Count,
    outcomes: z
      .object({ create: Count, update: Count, unchanged: Count, problem: Count, warned: Count })
      .describe("How many of the checked rows have each outcome, and how many have warnings (`warned`)"),
    failure: z.string().nullable(),
    undone_at: Instant.nullable(),
    undone_by: Id.nullable(),
    activations_per_day: z
      .int()
      .nullable()
      .describe("The most people who are emailed a link to their account each day. Null: none"),
    activation_started_at: Instant.nullable(),
    activations_sent: Count,
    activations_waiting: Count.describe(
      "People of this import who were not yet sent a link to their account, and could be",
    ),
    activations_impossible: Count.describe(
      "People of this import who cannot be sent a link: they have no address, or it was confirmed for another account, which `twins` of the person shows. Rejected and inactive people are not counted",
    ),
    created_by: Id.nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "ImportJob" });
export type ImportJob = z.infer<typeof ImportJob>;

export const ImportJobSummary = ImportJob.omit({
  columns: true,
  unknown_columns: true,
  repeated_columns: true,
  outcomes: true,
  activations_sent: true,
  activations_waiting: true,
  activations_impossible: true,
}).meta({ id: "ImportJobSummary" });
export type ImportJobSummary = z.infer<typeof ImportJobSummary>;

/** The columns of {@link ImportJobSummary}. */
export const importJobSummaryColumns = {
  id: import_jobs.id,
  status: import_jobs.status,
  file_name: import_jobs.file_name,
  separator: import_jobs.separator,
  total_rows: import_jobs.total_rows,
  checked_rows: import_jobs.checked_rows,
  applied_rows: import_jobs.applied_rows,
  failed_rows: import_jobs.failed_rows,
  created_people: import_jobs.created_people,
  updated_people: import_jobs.updated_people,
  failure: import_jobs.failure,
  undone_at: import_jobs.undone_at,
  undone_by: import_jobs.undone_by,
  activations_per_day: import_jobs.activations_per_day,
  activation_started_at: import_jobs.activation_started_at,
  created_by: import_jobs.created_by,
  created_at: import_jobs.created_at,
  updated_at: import_jobs.updated_at,
};

/** Nobody mails a link to whoever was rejected, left, or is about to be erased. */
const mayBeWrittenTo: SQL = sql`(${users.status} not in ('rejected', 'inactive') and ${users.erase_at} is null)`;

/** Whether a row of `users` is due the link that opens their account, and was never sent one. */
export const personIsDueActivation: SQL = sql`(${personAwaitsActivation} and ${mayBeWrittenTo} and ${users.activation_sent_at} is null)`;

/** Whether a row of `users` would be due it, if it had an address of its own. */
export const personMissesActivation: SQL = sql`(${personCannotBeActivated} and ${mayBeWrittenTo})`;

export const FileName = Line(200);

export const ImportFile = z.object({
  file_name: FileName.optional().describe(
    "A name by which volunteers recognize the import. By default, the file's name in the form, or people.csv",
  ),
});
export type ImportFile = z.infer<typeof ImportFile>;

export const ImportFilters = Paging.extend({ status: z.enum(importjobstatus.enumValues).optional() });
export type ImportFilters = z.infer<typeof ImportFilters>;

export const ImportJobPage = pageWithTotalOf(ImportJobSummary).meta({ id: "ImportJobPage" });
export type ImportJobPage = z.infer<typeof ImportJobPage>;

const Remark = z.object({
  field: z.enum(IMPORT_FIELDS).nullable(),
  message: z.string().describe("Completes a sentence that begins with the field, or with the row"),
  people: z.array(Id).optional().describe("Up to three people whom it speaks of"),
});

/** A row of the file. */
export const ImportRow = z
  .object({
    row: z.int().describe("As a spreadsheet counts: the header is row 1"),
    outcome: z.enum(OUTCOMES).nullable().describe("What the import does with the row. Null while it is not checked"),
    cells: z
      .array(z.string())
      .describe(
        "As uploaded, without password hashes. Of a file that somebody else uploaded, only holders of `users.view_sensitive` see columns that are sealed, that people can hide, or that fill nothing; they are blank for others. Empty after 30 days",
      ),
    problems: z.array(Remark),
    warnings: z.array(Remark),
    user_id: Id.nullable().describe("The person whom the row matches or created"),
    applied_at: Instant.nullable(),
  })
  .meta({ id: "ImportRow" });
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportRowFilters = Paging.extend({
  outcome: z.enum(OUTCOMES).optional(),
  warned: YesOrNo.optional().describe("Whether the row has warnings"),
});
export type ImportRowFilters = z.infer<typeof ImportRowFilters>;

export const ImportRowPage = pageOf(ImportRow).meta({ id: "ImportRowPage" });
export type ImportRowPage = z.infer<typeof ImportRowPage>;

/** The columns of {@link ImportRow}, from rows joined with their reader. */
export const importRowColumns = {
  row: import_rows.row,
  outcome: import_rows.outcome,
  cells: cellsSeen,
  problems: sql<ImportRow["problems"]>`${import_rows.problems}`,
  warnings: sql<ImportRow["warnings"]>`${import_rows.warnings}`,
  user_id: import_rows.user_id,
  applied_at: import_rows.applied_at,
};

export const ColumnMapping = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        header: z.string().max(10_000).regex(STORABLE, "must be text"),
        field: z.enum(IMPORT_FIELDS).nullable(),
      }),
    )
    .min(1)
    .max(200)
    .describe("All columns of the file in their order, each with the field that it fills, or null")
    .meta({ example: [{ header: "Given name", field: "first_name" }] }),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const ActivationWaves = z.strictObject({
  per_day: z
    .int()
    .min(1)
    .max(10_000)
    .describe("The most people who are sent a link each day. Fewer if `mails_per_day` leaves less room")
    .meta({ example: 200 }),
});
export type ActivationWaves = z.infer<typeof ActivationWaves>;

export const ProblemFile = ExportOptions.pick({ bom: true });
export type ProblemFile = z.infer<typeof ProblemFile>;
