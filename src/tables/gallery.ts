import { and, isNull, type SQL, sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { events } from "./events.ts";
import { stored_files } from "./files.ts";
import { users } from "./people.ts";

/** One photo of an event. */
export const event_galleries = pgTable(
  "event_galleries",
  {
    id: id(),
    event_id: belongsTo(() => events.id, "cascade"),
    file_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
    /** The key in R2 of a photo from before `file_id`. */
    image_key: text().unique(),
    caption: text(),
    size_bytes: bigint({ mode: "number" }).notNull().default(0),
    /** Where somebody put it. Without a position, photos follow the time at which they were taken. */
    position: integer(),
    taken_at: instant(),
    visibility: text({ enum: ["members", "public"] })
      .notNull()
      .default("members"),
    /** Whether those who are in the picture agreed to be shown. */
    consent: boolean().notNull().default(false),
    uploaded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Null while a photo that a member offers waits for a volunteer. */
    accepted_at: instant().default(sql`now()`),
    accepted_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Since when it is hidden because somebody asked. Who asked is in `photo_takedowns`. */
    takedown_at: instant(),
    /** For the last release, which reads it while both run: one of those who asked. */
    takedown_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("event_galleries_event").on(t.event_id, t.created_at, t.id),
    index("event_galleries_order").on(t.event_id, t.position, t.taken_at, t.id),
    index("event_galleries_newest").on(t.created_at, t.id),
    index("event_galleries_latest").on(sql`coalesce(${t.taken_at}, ${t.created_at})`, t.id),
    uniqueIndex("event_galleries_file").on(t.file_id),
    index("event_galleries_offered").on(t.created_at, t.id).where(sql`${t.accepted_at} is null`),
    index("event_galleries_uploaded_by").on(t.uploaded_by),
    index("event_galleries_accepted_by").on(t.accepted_by).where(sql`${t.accepted_by} is not null`),
    index("event_galleries_takedown_by").on(t.takedown_by).where(sql`${t.takedown_by} is not null`),
    check("event_galleries_size", sql`${t.size_bytes} >= 0`),
    check("event_galleries_visibility", sql`${t.visibility} in ('members', 'public')`),
  ],
);

/** Whether a row of `event_galleries` is an offer that waits for a volunteer. */
export const offerWaits: SQL = sql`(${and(isNull(event_galleries.accepted_at), isNull(event_galleries.takedown_at))})`;

/**
 * What somebody asked to take down, by its bytes: a row for each photo and asker. It outlives the photo, so that another upload
 * of the same bytes does not bring it back, whatever became of the photo. The photo is shown again once no row is left.
 */
export const photo_takedowns = pgTable(
  "photo_takedowns",
  {
    id: id(),
    /** The photo, which may be gone. */
    photo_id: uuid().notNull(),
    /** Null for a photo of the old platform whose file is not here yet. */
    sha256: text(),
    /** Who may take it back. Null once they were erased: then it stays. */
    asked_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("photo_takedowns_asker").on(t.photo_id, t.asked_by),
    index("photo_takedowns_sha256").on(t.sha256),
    index("photo_takedowns_asked_by").on(t.asked_by, t.created_at, t.photo_id).where(sql`${t.asked_by} is not null`),
  ],
);
