import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";
import { documenttype } from "../newsletters/tables.ts";

export const financial_reports = pgTable(
  "financial_reports",
  {
    id: id(),
    title: text().notNull(),
    year: integer().notNull(),
    document_type: documenttype().notNull(),
    document_location: text().notNull(),
    published_at: instant(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("financial_reports_year").on(t.year, t.id),
    check("financial_reports_year", sql`${t.year} between 1900 and 2200`),
  ],
);
