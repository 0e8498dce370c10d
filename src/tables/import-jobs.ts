import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, timestamps } from "./columns.ts";
import { users } from "./people.ts";

export const importjobstatus = pgEnum("importjobstatus", [
  "uploaded",
  "validating",
  "ready",
  "applying",
  "completed",
  "failed",
]);

export const import_jobs = pgTable(
  "import_jobs",
  {
    id: id(),
    status: importjobstatus().notNull().default("uploaded"),
    file_name: text().notNull(),
    file_key: text().notNull(),
    total_rows: integer().notNull().default(0),
    applied_rows: integer().notNull().default(0),
    failed_rows: integer().notNull().default(0),
    problems: jsonb().$type<{ row: number; path: string; message: string }[]>().notNull().default([]),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("import_jobs_newest").on(t.created_at, t.id),
    check("import_jobs_counts", sql`${t.applied_rows} + ${t.failed_rows} <= ${t.total_rows}`),
  ],
);
