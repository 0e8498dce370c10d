import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { door_links, events } from "../../tables/events.ts";

/** How long before the start and after the end the door links of an event work. */
const HOURS_BEFORE = 2;
const HOURS_AFTER = 6;

/** From when until when the door links of a row of `events` work. */
export const doorOpensAt = sql<string>`(${events.start_at} - ${HOURS_BEFORE} * interval '1 hour')`;
export const doorClosesAt = sql<string>`(${events.end_at} + ${HOURS_AFTER} * interval '1 hour')`;

/** The same refusal for every reason, so that a link tells nothing about other links and events. */
export const DOOR_CLOSED = [
  404,
  "link_not_valid",
  "This link shows nothing now. Please ask whoever gave it to you.",
] as const;

/** What a token of a door link names. */
export interface Door {
  event_id: string;
  link_id: string;
}

/** The condition on `door_links` for one link. */
export const isDoorLink = ({ event_id, link_id }: Door): SQL =>
  sql`(${and(eq(door_links.id, link_id), eq(door_links.event_id, event_id))})`;

/** 404 unless the link was not revoked, the event is not canceled, and it is time. */
export const guardDoorOpen = (t: Plan, door: Door): void =>
  t.guard(
    sql`exists (select from ${door_links} join ${events} on ${events.id} = ${door_links.event_id}
      where ${isDoorLink(door)} and ${door_links.revoked_at} is null and ${events.cancelled_at} is null
        and now() >= ${doorOpensAt} and now() < ${doorClosesAt})`,
    ...DOOR_CLOSED,
  );
