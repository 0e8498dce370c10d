import { and, eq, isNull, sql } from "drizzle-orm";
import { placeFor } from "../../events/place.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { offsets } from "../due.ts";
import { kind } from "../kind.ts";

const hours_before = offsets(organisation_settings.event_reminder_hours);

/** An event that moves by less than this is not announced again: that it moved, its guests were told at once. */
const SMALL_MOVE_HOURS = 6;

/** When somebody last heard that they have a seat: by the mail about their answer, or about moving up from the waiting list. */
const last_heard = sql`greatest(${event_rsvps.answered_at}, ${event_rsvps.told_at})`;

/** Whoever said yes. Somebody who heard of their seat after the due date needs no reminder. */
export const eventReminder = kind({
  name: "event_reminder",
  who: "people who said yes to an event",
  when: "48 and 3 hours before it starts (`event_reminder_hours`)",
  template: "event_reminder",
  data: {
    first_name: users.first_name,
    user_id: users.id,
    event_id: events.id,
    title: events.title,
    start_at: events.start_at,
    end_at: events.end_at,
    time_zone: events.time_zone,
    ...placeFor(users.id, event_rsvps.rsvp_status),
  },
  from: () => sql`from ${events} join ${event_rsvps} on ${eq(event_rsvps.event_id, events.id)}
    join ${users} on ${eq(users.id, event_rsvps.user_id)} ${hours_before.join}`,
  subject: events.id,
  due_at: () => sql`${events.start_at} - ${hours_before.value} * interval '1 hour'`,
  until: () => sql`${events.start_at}`,
  holds: () =>
    and(
      events.published,
      isNull(events.cancelled_at),
      eq(event_rsvps.rsvp_status, "yes"),
      isNull(users.erased_at),
      sql`${last_heard} <= ${events.start_at} - ${hours_before.value} * interval '1 hour'`,
    ),
  can_wait: sql`(${hours_before.value} >= 24)`,
  same_within: sql`least(${SMALL_MOVE_HOURS}, ${hours_before.value} / 2.0, ${hours_before.gap}) * interval '1 hour'`,
});
