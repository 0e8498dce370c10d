import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

/** Whether a document lives elsewhere (a link) or in R2 (an upload). */
export const documenttype = pgEnum("documenttype", ["link", "upload"]);

const document = {
  document_type: documenttype().notNull(),
  /** A URL for a link, an R2 key for an upload. */
  document_location: text().notNull(),
  /** Null while it is a draft. */
  published_at: instant(),
  created_by: uuid().references(() => users.id, { onDelete: "set null" }),
  ...timestamps,
};

export const newsletter_archives = pgTable(
  "newsletter_archives",
  {
    id: id(),
    title: text().notNull(),
    description: text().notNull().default(""),
    ...document,
  },
  (t) => [index("newsletter_archives_published").on(t.published_at, t.id)],
);

export const financial_reports = pgTable(
  "financial_reports",
  {
    id: id(),
    title: text().notNull(),
    year: integer().notNull(),
    ...document,
  },
  (t) => [
    index("financial_reports_year").on(t.year, t.id),
    check("financial_reports_year", sql`${t.year} between 1900 and 2200`),
  ],
);

export const bylaws_documents = pgTable(
  "bylaws_documents",
  {
    id: id(),
    title: text().notNull(),
    version: text().notNull(),
    effective_on: date({ mode: "string" }).notNull(),
    current: boolean().notNull().default(false),
    ...document,
  },
  (t) => [
    uniqueIndex("bylaws_documents_one_current").on(t.current).where(sql`${t.current}`),
    index("bylaws_documents_effective").on(t.effective_on, t.id),
  ],
);
