import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageOf } from "../../http/pagination.ts";
import { Id, Instant, Line } from "../../http/schemas.ts";
import { Branding } from "../../organisation/organisation.ts";
import { door_links, event_rsvps, events } from "../../tables/events.ts";
import { fullNameOf, nameOf, users } from "../../tables/people.ts";
import { CheckInInput, eventCounts } from "../admin/check-in.ts";
import { eventTimeZone } from "../clock.ts";
import { doorClosesAt, doorOpensAt } from "./window.ts";

/** A link for helpers without an account. */
export const DoorLink = z
  .object({
    id: z.uuid(),
    label: z.string().describe("Whom it is for"),
    url: z
      .string()
      .nullable()
      .describe("Whoever knows it sees who has a seat, while it works. Null once it was revoked"),
    opens_at: Instant.describe("From when it works"),
    closes_at: Instant.describe("Until when it works"),
    walk_ins: z.int().describe("How many people without a seat were counted with it"),
    created_by_name: z.string().nullable(),
    created_at: Instant,
    revoked_at: Instant.nullable(),
  })
  .meta({ id: "DoorLink" });
export type DoorLink = z.infer<typeof DoorLink>;

/** The columns of {@link DoorLink} but for the URL, from `door_links` joined with `events`. */
export const doorLinkColumns = {
  id: door_links.id,
  label: door_links.label,
  opens_at: doorOpensAt.mapWith(events.start_at),
  closes_at: doorClosesAt.mapWith(events.end_at),
  walk_ins: door_links.walk_ins,
  created_by_name: nameOf(door_links.created_by),
  created_at: door_links.created_at,
  revoked_at: door_links.revoked_at,
};

export const DoorLinkPage = pageOf(DoorLink).meta({ id: "DoorLinkPage" });
export type DoorLinkPage = z.infer<typeof DoorLinkPage>;

export const DoorLinkFilters = Paging;

export const NewDoorLink = z
  .strictObject({ label: Line(100).describe("Whom it is for, so that you know which one to revoke") })
  .meta({ id: "NewDoorLink" });
export type NewDoorLink = z.infer<typeof NewDoorLink>;

export const DoorLinkOf = z.object({ id: Id, link_id: Id });
export type DoorLinkOf = z.infer<typeof DoorLinkOf>;

export const ByDoorToken = z.object({ token: z.string().max(200) });
export type ByDoorToken = z.infer<typeof ByDoorToken>;

const DoorPerson = z.object({
  name: z.string(),
  check_in_code: z.string(),
  guests: z.int(),
  photo_preference: z.enum(users.photo_preference.enumValues),
  attended: z.boolean(),
});

/** What helpers see at the door. */
export const DoorList = z
  .object({
    title: z.string(),
    start_at: Instant,
    time_zone: z.string(),
    present: z.int().describe("How many people are marked as present"),
    expected: z.int().describe("How many people and guests have a seat"),
    walk_ins: z.int().describe("How many people without a seat were counted at the doors"),
    people: z.array(DoorPerson).describe("Those who have a seat, by name"),
    organisation: Branding,
  })
  .meta({ id: "DoorList" });
export type DoorList = z.infer<typeof DoorList>;

/** The columns of {@link DoorList} that come from `events`: all but the people and the branding. */
export const doorColumns = {
  title: events.title,
  start_at: events.start_at,
  time_zone: eventTimeZone,
  ...eventCounts,
  walk_ins: sql<number>`(select coalesce(sum(${door_links.walk_ins}), 0)::int from ${door_links} where ${eq(door_links.event_id, events.id)})`,
};

/** The columns of one of its people, from `event_rsvps` joined with `users`. */
export const doorPersonColumns = {
  name: fullNameOf(users),
  check_in_code: event_rsvps.check_in_code,
  guests: event_rsvps.guests,
  photo_preference: users.photo_preference,
  attended: event_rsvps.attended,
};

/** A plain form sends words. */
const asBoolean = (sent: unknown) => (sent === "true" || sent === "false" ? sent === "true" : sent);

/** One button, without fields. */
export const WalkIn = z.strictObject({}).meta({ id: "WalkIn" });
export type WalkIn = z.infer<typeof WalkIn>;

export const DoorCheckIn = z
  .strictObject({
    code: CheckInInput.shape.code,
    attended: z.preprocess(asBoolean, z.boolean()).default(true).describe("`false` undoes it"),
  })
  .meta({ id: "DoorCheckIn" });
export type DoorCheckIn = z.infer<typeof DoorCheckIn>;
