import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

export const rsvpstatus = pgEnum("rsvpstatus", ["yes", "no", "maybe", "waitlisted"]);

export const events = pgTable(
  "events",
  {
    id: id(),
    title: text().notNull(),
    description: text().notNull().default(""),
    location: text().notNull(),
    start_at: instant().notNull(),
    end_at: instant().notNull(),
    /** Seats; null where there is no limit. */
    capacity: integer(),
    published: boolean().notNull().default(false),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("events_published_start").on(t.start_at, t.id).where(sql`${t.published}`),
    index("events_start").on(t.start_at, t.id),
    index("events_created_by").on(t.created_by),
    check("events_end_after_start", sql`${t.end_at} > ${t.start_at}`),
    check("events_capacity_positive", sql`${t.capacity} > 0`),
  ],
);

export const event_rsvps = pgTable(
  "event_rsvps",
  {
    event_id: belongsTo(() => events.id, "cascade"),
    user_id: belongsTo(() => users.id, "cascade"),
    rsvp_status: rsvpstatus().notNull(),
    attended: boolean().notNull().default(false),
    attended_at: instant(),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.event_id, t.user_id] }),
    index("event_rsvps_status").on(t.event_id, t.rsvp_status, t.created_at),
    index("event_rsvps_user").on(t.user_id, t.created_at),
  ],
);

/** One photo of an event, stored in R2 under `image_key`. */
export const event_galleries = pgTable(
  "event_galleries",
  {
    id: id(),
    event_id: belongsTo(() => events.id, "cascade"),
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
