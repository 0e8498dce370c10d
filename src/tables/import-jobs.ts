import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

export const importjobstatus = pgEnum("importjobstatus", [
  "uploaded",
  "validating",
  "ready",
  "applying",
  "completed",
  "failed",
]);

/** A file of people. It is read and checked first, and applied when a volunteer says so. */
export const import_jobs = pgTable(
  "import_jobs",
  {
    id: id(),
    status: importjobstatus().notNull().default("uploaded"),
    file_name: text().notNull(),
    /** What separates its cells: a comma, a semicolon or a tab. */
    separator: text(),
    /** The columns of the file in order, each with the field that it fills. Null for a column that is left out. */
    columns: jsonb().$type<{ header: string; field: string | null }[]>().notNull().default([]),
    total_rows: integer().notNull().default(0),
    checked_rows: integer().notNull().default(0),
    applied_rows: integer().notNull().default(0),
    failed_rows: integer().notNull().default(0),
    created_people: integer().notNull().default(0),
    updated_people: integer().notNull().default(0),
    /** Why it failed as a whole. */
    failure: text(),
    undone_at: instant(),
    undone_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** How many of its people are mailed a link to their account each day, once a volunteer starts that. */
    activations_per_day: integer(),
    activation_started_at: instant(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("import_jobs_newest").on(t.created_at, t.id),
    index("import_jobs_created_by").on(t.created_by),
    index("import_jobs_unfinished")
      .on(t.updated_at, t.id)
      .where(sql`${t.status} in ('uploaded', 'validating', 'applying')`),
    check(
      "import_jobs_counts",
      sql`${t.applied_rows} + ${t.failed_rows} <= ${t.total_rows} and ${t.checked_rows} <= ${t.total_rows}`,
    ),
    check("import_jobs_activations", sql`${t.activations_per_day} between 1 and 10000`),
  ],
);

interface Remark {
  field: string | null;
  message: string;
  /** Whom it speaks of. */
  people?: string[];
}

/** A row of an import: what the file says, what will happen, and whom it became. */
export const import_rows = pgTable(
  "import_rows",
  {
    job_id: belongsTo(() => import_jobs.id, "cascade"),
    /** Counted as a spreadsheet counts: the header is row 1. */
    row: integer().notNull(),
    /** The cells as they came, in the order of the columns. Emptied when the import is forgotten or its person erased. */
    cells: jsonb().$type<string[]>().notNull(),
    outcome: text({ enum: ["create", "update", "unchanged", "problem"] }),
    /** What is wrong, or worth a look. */
    problems: jsonb().$type<Remark[]>().notNull().default([]),
    warnings: jsonb().$type<Remark[]>().notNull().default([]),
    /** Whom it matches, and then whom it became. */
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    /** What the matched person's fields were before, so that the import can be undone. */
    before: jsonb().$type<Record<string, unknown>>(),
    applied_at: instant(),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.job_id, t.row] }),
    index("import_rows_user").on(t.user_id).where(sql`${t.user_id} is not null`),
    index("import_rows_waiting").on(t.job_id, t.row).where(sql`${t.applied_at} is null`),
    check("import_rows_outcome", sql`${t.outcome} in ('create', 'update', 'unchanged', 'problem')`),
  ],
);
