import { sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageOf } from "../../http/pagination.ts";
import { FormBoolean, Id, Instant, Line, YesOrNo } from "../../http/schemas.ts";
import { Branding } from "../../organisation/organisation.ts";
import { door_links, event_rsvps, events } from "../../tables/events.ts";
import { fullNameOf, nameOf, users } from "../../tables/people.ts";
import { AlreadyAt, CheckInInput, eventCounts } from "../admin/check-in.ts";
import { eventTimeZone } from "../clock.ts";
import { type Door, doorClosesAt, doorOpensAt, isDoorLink } from "./window.ts";

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

const ScannedPerson = DoorPerson.omit({ attended: true }).extend({ already_at: AlreadyAt });
export type ScannedPerson = z.infer<typeof ScannedPerson>;

/** What helpers see at the door. */
export const DoorList = z
  .object({
    title: z.string(),
    start_at: Instant,
    time_zone: z.string(),
    present: z.int().describe("How many people are marked as present, with their guests. Without `walk_ins`"),
    expected: z.int().describe("How many people and guests have a seat"),
    walk_ins: z.int().describe("How many people without a seat were counted at the doors"),
    walk_ins_here: z.int().describe("How many of them were counted with this link"),
    just_checked_in: ScannedPerson.nullable().describe("Whose code was just scanned. Null after anything else"),
    people: z.array(DoorPerson).describe("Those who have a seat, by name"),
    organisation: Branding,
  })
  .meta({ id: "DoorList" });
export type DoorList = z.infer<typeof DoorList>;

/** The columns of {@link DoorList} that come from `events`: all but the people and the branding. */
export const doorColumns = (door: Door) => ({
  title: events.title,
  start_at: events.start_at,
  time_zone: eventTimeZone,
  ...eventCounts,
  walk_ins_here: sql<number>`(select ${door_links.walk_ins} from ${door_links} where ${isDoorLink(door)})`,
});

/** The columns of one of its people, from `event_rsvps` joined with `users`. */
export const doorPersonColumns = {
  name: fullNameOf(users),
  check_in_code: event_rsvps.check_in_code,
  guests: event_rsvps.guests,
  photo_preference: users.photo_preference,
  attended: event_rsvps.attended,
};

/** Where a page goes after a scan, to tell whose code it was. */
export const DoorScan = z.object({
  scanned: CheckInInput.shape.code.optional().describe("The code that was just scanned"),
  again: YesOrNo.default(false).describe("Whether it had been used before"),
});
export type DoorScan = z.infer<typeof DoorScan>;

export const WalkIn = z
  .strictObject({
    undo: FormBoolean.default(false).describe("Takes one from `walk_ins`, for pages, which cannot send DELETE"),
  })
  .meta({ id: "WalkIn" });
export type WalkIn = z.infer<typeof WalkIn>;

export const DoorCheckIn = z
  .strictObject({
    code: CheckInInput.shape.code,
    attended: FormBoolean.default(true).describe("`false` undoes it"),
  })
  .meta({ id: "DoorCheckIn" });
export type DoorCheckIn = z.infer<typeof DoorCheckIn>;
