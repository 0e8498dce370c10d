import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, timestamps } from "./columns.ts";
import { events } from "./events.ts";
import { users } from "./people.ts";

/** One photo of an event, stored in R2 under `image_key`. */
export const event_galleries = pgTable(
  "event_galleries",
  {
    id: id(),
    event_id: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    image_key: text().notNull().unique(),
    caption: text(),
    size_bytes: bigint({ mode: "number" }).notNull(),
    uploaded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("event_galleries_event").on(t.event_id, t.created_at, t.id),
    index("event_galleries_uploaded_by").on(t.uploaded_by),
    check("event_galleries_size", sql`${t.size_bytes} >= 0`),
  ],
);
