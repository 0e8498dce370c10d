import * as z from "zod";
import type { Settings } from "../../env.ts";
import { Paging, pageWithTotalOf } from "../../http/pagination.ts";
import {
  DayOrMoment,
  Email,
  Id,
  Instant,
  inOrder,
  Line,
  OptionalLine,
  OptionalText,
  YesOrNo,
} from "../../http/schemas.ts";
import { UserStatus } from "../../people/schemas.ts";
import { events } from "../../tables/events.ts";
import { nameOf } from "../../tables/people.ts";
import { TimeZone } from "../../time/zone.ts";
import { Event, eventColumns, eventFilters, eventPresent, eventWalkIns, When } from "../schemas.ts";
import { SeriesScope } from "../series/following.ts";

/** An event as volunteers see it. */
export const ManagedEvent = Event.omit({ my_rsvp: true })
  .extend({
    location: z.string(),
    online_url: z.string().nullable(),
    published: z.boolean(),
    waiting_list_limit: z.int().nullable(),
    promote_until_hours: z.int(),
    present: z.int().describe("People who are marked as present, and their guests. Without `walk_ins`"),
    walk_ins: z.int().describe("People without a seat who were counted with door links"),
    series_id: z.uuid().nullable().describe("The series that it belongs to"),
    series_position: z.int().nullable().describe("Its place in the series, from 1"),
    created_by: z.uuid().nullable(),
    created_by_name: z.string().nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "ManagedEvent" });
export type ManagedEvent = z.infer<typeof ManagedEvent>;

/** The columns of {@link ManagedEvent}. */
export const managedEventColumns = (settings: Settings) => {
  const { my_rsvp: _, ...counted } = eventColumns(settings, null);
  return {
    ...counted,
    location: events.location,
    online_url: events.online_url,
    published: events.published,
    waiting_list_limit: events.waiting_list_limit,
    promote_until_hours: events.promote_until_hours,
    present: eventPresent,
    walk_ins: eventWalkIns,
    series_id: events.series_id,
    series_position: events.series_position,
    created_by: events.created_by,
    created_by_name: nameOf(events.created_by),
    created_at: events.created_at,
    updated_at: events.updated_at,
  };
};

const STATUSES = ["draft", "published", "cancelled"] as const;

export const ManagedEventFilters = inOrder(
  Paging.extend({
    when: When.default("all"),
    status: z.enum(STATUSES).optional(),
    series_id: Id.optional(),
    ...eventFilters,
  }),
);
export type ManagedEventFilters = z.infer<typeof ManagedEventFilters>;

export const ManagedEventPage = pageWithTotalOf(ManagedEvent).meta({ id: "ManagedEventPage" });
export type ManagedEventPage = z.infer<typeof ManagedEventPage>;

const distinct = <Item>(items: Item[]) => [...new Set(items)];
const seats = z.int().min(1).max(100_000);

const details = {
  title: Line(200),
  description: OptionalText(20_000).transform((text) => text ?? ""),
  location: Line(500),
  online_url: OptionalLine(500)
    .pipe(z.url({ protocol: /^https?$/ }).nullable())
    .meta({ example: "https://meet.example.org/picnic" }),
  place_audience: z
    .enum(events.place_audience.enumValues)
    .describe("Who sees the location and the online address: everybody, active members, or those who have a seat"),
  tags: z
    .array(Line(50).transform((tag) => tag.toLowerCase()))
    .max(20)
    .transform(distinct),
  start_at: DayOrMoment.describe("A day means its beginning"),
  end_at: DayOrMoment.describe("A day means its end"),
  time_zone: TimeZone.nullable().describe("Where it takes place. Null: the organization's"),
  capacity: seats.nullable().describe("Number of seats, or null if unlimited"),
  guests_limit: z.int().min(0).max(100).describe("How many guests a person may bring. Each takes a seat"),
  waiting_list: z.boolean(),
  waiting_list_limit: seats.nullable().describe("How many people may wait, or null if unlimited"),
  promote_until_hours: z
    .int()
    .min(0)
    .max(720)
    .describe("How many hours before the start the waiting list stops moving up by itself"),
  answers_open_at: DayOrMoment.nullable(),
  answers_close_at: DayOrMoment.nullable().describe("A day means its end"),
  welcome_statuses: z
    .array(UserStatus)
    .min(1)
    .max(UserStatus.options.length)
    .transform(distinct)
    .describe("People with these statuses may answer"),
  contact_email: Email.nullable(),
  published: z.boolean().describe("Needs `events.publish` where it changes something"),
};

/** What to change of an event; what is left out stays. Ignores unknown fields: the old frontend's forms send more. */
export const EventChange = z.object(details).partial().meta({ id: "EventChange" });
export type EventChange = z.infer<typeof EventChange>;

/** How to change it. */
export const EditOptions = SeriesScope.extend({
  notify: YesOrNo.default(true).describe(
    "`false` does not tell those who answered that the time or the place changed, for example when you corrected a typo",
  ),
});
export type EditOptions = z.infer<typeof EditOptions>;

/** A new event. Ignores unknown fields too. */
export const NewEvent = EventChange.required({ title: true, location: true, start_at: true, end_at: true }).meta({
  id: "NewEvent",
});
export type NewEvent = z.infer<typeof NewEvent>;

export const EventStatusChange = z.strictObject({ status: z.enum(STATUSES) }).meta({ id: "EventStatusChange" });
export type EventStatusChange = z.infer<typeof EventStatusChange>;

export const Duplication = z
  .strictObject({ start_at: DayOrMoment.describe("When the copy starts. It lasts as long as the original") })
  .meta({ id: "Duplication" });
export type Duplication = z.infer<typeof Duplication>;

/** Ignores unknown fields. */
export const AttendanceInput = z
  .object({
    attendees: z
      .array(z.object({ user_id: Id, attended: z.boolean() }))
      .min(1)
      .max(500)
      .refine((list) => new Set(list.map(({ user_id }) => user_id)).size === list.length, {
        error: "must name each person once",
      }),
  })
  .meta({ id: "AttendanceInput" });
export type AttendanceInput = z.infer<typeof AttendanceInput>;

export const Attendance = z
  .object({
    present: z.int().describe("How many people are marked as present, with their guests. Without `walk_ins`"),
    walk_ins: z.int().describe("How many people without a seat were counted with door links"),
    expected: z.int().describe("How many people and guests have a seat"),
    attendees: z.array(
      z.object({
        user_id: z.uuid(),
        attended: z.boolean(),
        attended_at: Instant.nullable(),
        status: UserStatus,
      }),
    ),
  })
  .meta({ id: "Attendance" });
export type Attendance = z.infer<typeof Attendance>;
