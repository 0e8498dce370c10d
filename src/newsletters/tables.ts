import { index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";

/** Whether a document lives elsewhere (a link) or in R2 (an upload). */
export const documenttype = pgEnum("documenttype", ["link", "upload"]);

export const newsletter_archives = pgTable(
  "newsletter_archives",
  {
    id: id(),
    title: text().notNull(),
    description: text().notNull().default(""),
    document_type: documenttype().notNull(),
    /** A URL for a link, an R2 key for an upload. */
    document_location: text().notNull(),
    /** Null while it is a draft. */
    published_at: instant(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [index("newsletter_archives_published").on(t.published_at, t.id)],
);
