import { sql } from "drizzle-orm";
import { boolean, date, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";
import { documenttype } from "../newsletters/tables.ts";

export const bylaws_documents = pgTable(
  "bylaws_documents",
  {
    id: id(),
    title: text().notNull(),
    version: text().notNull(),
    effective_on: date({ mode: "string" }).notNull(),
    document_type: documenttype().notNull(),
    document_location: text().notNull(),
    current: boolean().notNull().default(false),
    published_at: instant(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("bylaws_documents_one_current").on(t.current).where(sql`${t.current}`),
    index("bylaws_documents_effective").on(t.effective_on, t.id),
  ],
);
