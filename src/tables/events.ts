import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { belongsTo, id, instant, searchKey, timestamps } from "./columns.ts";
import { stored_files } from "./files.ts";
import { users, userstatus } from "./people.ts";

export const rsvpstatus = pgEnum("rsvpstatus", ["yes", "no", "maybe", "waitlisted"]);

/** Events that repeat by a rule. Each occurrence is a row of `events`. */
export const event_series = pgTable(
  "event_series",
  {
    id: id(),
    /** RFC 5545, such as `FREQ=WEEKLY;COUNT=10`. */
    rrule: text().notNull(),
    /** The IANA zone whose clock the rule follows. */
    time_zone: text().notNull(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [index("event_series_created_by").on(t.created_by).where(sql`${t.created_by} is not null`)],
);

/** What a search of events looks at. The index has its search key. */
export const eventText = ({ title, description }: { title: SQLWrapper; description: SQLWrapper }): SQL =>
  sql`${title} || ' ' || ${description}`;

export const events = pgTable(
  "events",
  {
    id: id(),
    title: text().notNull(),
    description: text().notNull().default(""),
    location: text().notNull(),
    /** Where it takes place online. */
    online_url: text(),
    /** Who sees the location and the online address: everybody, active members, or those who have a seat. */
    place_audience: text({ enum: ["everybody", "members", "accepted"] })
      .notNull()
      .default("everybody"),
    tags: text().array().notNull().default(sql`'{}'`),
    start_at: instant().notNull(),
    end_at: instant().notNull(),
    /** An IANA zone. Null: the organization's. */
    time_zone: text(),
    /** Seats; null where there is no limit. */
    capacity: integer(),
    /** How many guests a person may bring. Each takes a seat. */
    guests_limit: integer().notNull().default(0),
    waiting_list: boolean().notNull().default(false),
    /** How many people may wait; null where there is no limit. */
    waiting_list_limit: integer(),
    /** How many hours before the start the waiting list stops moving up by itself. */
    promote_until_hours: integer().notNull().default(12),
    answers_open_at: instant(),
    answers_close_at: instant(),
    /** People with these statuses may answer. */
    welcome_statuses: userstatus().array().notNull().default(sql`'{active}'`),
    /** Whom people may ask about the event. */
    contact_email: text(),
    cover_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
    published: boolean().notNull().default(false),
    cancelled_at: instant(),
    cancelled_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** How often calendars must replace what they know of it (RFC 5545, SEQUENCE). */
    sequence: integer().notNull().default(0),
    series_id: uuid().references(() => event_series.id, { onDelete: "set null" }),
    series_position: integer(),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("events_published_start").on(t.start_at, t.id).where(sql`${t.published}`),
    index("events_start").on(t.start_at, t.id),
    index("events_end").on(t.end_at, t.id),
    // Counts the events of a status, to come or past, without their rows.
    index("events_counted").on(t.published, t.cancelled_at, t.end_at),
    index("events_tags").using("gin", t.tags),
    index("events_search").using("gin", sql`(${searchKey(eventText(t))}) gin_trgm_ops`),
    index("events_created_by").on(t.created_by),
    index("events_cancelled_by").on(t.cancelled_by).where(sql`${t.cancelled_by} is not null`),
    index("events_cover").on(t.cover_id).where(sql`${t.cover_id} is not null`),
    uniqueIndex("events_series").on(t.series_id, t.series_position).where(sql`${t.series_id} is not null`),
    check("events_end_after_start", sql`${t.end_at} > ${t.start_at}`),
    check("events_capacity_positive", sql`${t.capacity} > 0`),
    check("events_place_audience", sql`${t.place_audience} in ('everybody', 'members', 'accepted')`),
    check("events_guests", sql`${t.guests_limit} between 0 and 100`),
    check("events_waiting_list", sql`${t.waiting_list_limit} > 0`),
    check("events_promote_until", sql`${t.promote_until_hours} between 0 and 720`),
    check("events_answers", sql`${t.answers_close_at} > ${t.answers_open_at}`),
    check("events_series_position", sql`(${t.series_id} is null) or (${t.series_position} is not null)`),
    check("events_cancelled_was_published", sql`${t.cancelled_at} is null or ${t.published}`),
  ],
);

/** What a person answered, and whether they came. */
export const event_rsvps = pgTable(
  "event_rsvps",
  {
    event_id: belongsTo(() => events.id, "cascade"),
    user_id: belongsTo(() => users.id, "cascade"),
    /** Null for somebody who came without an answer. */
    rsvp_status: rsvpstatus(),
    /** How many people they bring. */
    guests: integer().notNull().default(0),
    /** The order of the answers, and of the waiting list. Whoever joins the list again goes to its end. */
    line_number: bigint({ mode: "number" }).generatedByDefaultAsIdentity(),
    /** What the person shows at the door. */
    check_in_code: text().notNull().default(sql`upper(left(gen_random_uuid()::text, 8))`),
    /** Whether active members may see the person among those who come. */
    show_name: boolean().notNull().default(false),
    /** When the person, who waited, was told that a seat is free, or that they have one. */
    told_at: instant(),
    /** The volunteer who answered for them. */
    recorded_by: uuid().references(() => users.id, { onDelete: "set null" }),
    answered_at: instant().notNull().default(sql`now()`),
    attended: boolean().notNull().default(false),
    attended_at: instant(),
    /** The volunteer who marked it. Null at a door link. */
    attended_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.event_id, t.user_id] }),
    index("event_rsvps_line").on(t.event_id, t.line_number),
    // With the guests, so that the seats taken are counted without the rows.
    index("event_rsvps_status_line").on(t.event_id, t.rsvp_status, t.line_number, t.guests),
    index("event_rsvps_user").on(t.user_id, t.created_at),
    uniqueIndex("event_rsvps_check_in_code").on(t.event_id, t.check_in_code),
    index("event_rsvps_recorded_by").on(t.recorded_by).where(sql`${t.recorded_by} is not null`),
    index("event_rsvps_attended_by").on(t.attended_by).where(sql`${t.attended_by} is not null`),
    check(
      "event_rsvps_guests",
      sql`${t.guests} >= 0 and (${t.guests} = 0 or ${t.rsvp_status} in ('yes', 'waitlisted'))`,
    ),
    check("event_rsvps_answered_or_came", sql`${t.rsvp_status} is not null or ${t.attended}`),
  ],
);

/** What an event asks those who come. */
export const event_questions = pgTable(
  "event_questions",
  {
    id: id(),
    event_id: belongsTo(() => events.id, "cascade"),
    position: integer().notNull(),
    question: text().notNull(),
    /** What the answer is for, so that people know before they give it. */
    purpose: text().notNull(),
    kind: text({ enum: ["text", "choice", "yes_no"] }).notNull(),
    /** What there is to choose from. */
    choices: text().array().notNull().default(sql`'{}'`),
    required: boolean().notNull().default(false),
    ...timestamps,
  },
  (t) => [
    index("event_questions_event").on(t.event_id, t.position, t.id),
    check("event_questions_kind", sql`${t.kind} in ('text', 'choice', 'yes_no')`),
    check("event_questions_choices", sql`(${t.kind} = 'choice') = (cardinality(${t.choices}) > 0)`),
  ],
);

/** What somebody answered to a question. It goes with their RSVP, and in any case soon after the event. */
export const event_answers = pgTable(
  "event_answers",
  {
    question_id: belongsTo(() => event_questions.id, "cascade"),
    event_id: uuid().notNull(),
    user_id: uuid().notNull(),
    answer: text().notNull(),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.question_id, t.user_id] }),
    index("event_answers_rsvp").on(t.event_id, t.user_id),
    foreignKey({
      name: "event_answers_rsvp",
      columns: [t.event_id, t.user_id],
      foreignColumns: [event_rsvps.event_id, event_rsvps.user_id],
    }).onDelete("cascade"),
  ],
);

/** A link for helpers without an account, who check people in at the door. Its token is derived from the id. */
export const door_links = pgTable(
  "door_links",
  {
    id: id(),
    event_id: belongsTo(() => events.id, "cascade"),
    /** Whom it was made for. */
    label: text().notNull(),
    /** People without a seat who were counted with it. */
    walk_ins: integer().notNull().default(0),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    revoked_at: instant(),
    revoked_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("door_links_event").on(t.event_id, t.created_at, t.id),
    index("door_links_created_by").on(t.created_by).where(sql`${t.created_by} is not null`),
    index("door_links_revoked_by").on(t.revoked_by).where(sql`${t.revoked_by} is not null`),
    check("door_links_walk_ins", sql`${t.walk_ins} >= 0`),
  ],
);

/** A person's calendar feed. Its token is derived from the id; a new row revokes the one before. */
export const calendar_tokens = pgTable("calendar_tokens", {
  id: id(),
  user_id: belongsTo(() => users.id, "cascade").unique(),
  /** Whether the feed names the events. By default, it reveals nothing to who looks over a shoulder. */
  show_titles: boolean().notNull().default(false),
  ...timestamps,
});
