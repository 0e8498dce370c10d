import { and, eq, isNull, sql } from "drizzle-orm";
import { placeFor } from "../../events/place.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { reminders } from "../../tables/mail.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";

const hours_before = offsets(organisation_settings.event_reminder_hours);

/** Whoever said yes. An answer given after the due date needs no reminder. */
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
      sql`${event_rsvps.answered_at} <= ${events.start_at} - ${hours_before.value} * interval '1 hour'`,
    ),
  can_wait: sql`(${hours_before.value} >= 24)`,
  same_within: "0",
});

/** The next event to which somebody who is not validated yet may say yes, and which is not tomorrow already. */
const nextForNewcomers = sql`(select * from ${events}
  where ${and(
    events.published,
    isNull(events.cancelled_at),
    sql`'pending_validation' = any (${events.welcome_statuses})`,
  )}`;

/** Once per application: a sent invitation to another event stands in the way. */
export const eventForNewcomers = kind({
  name: "event_for_newcomers",
  who: "applicants whom nobody has met yet",
  when: "once, from the day after they confirmed their address, if an event welcomes newcomers in more than 2 days",
  template: "event_for_newcomers",
  data: {
    first_name: users.first_name,
    title: events.title,
    start_at: events.start_at,
    time_zone: events.time_zone,
  },
  from: (now) => sql`from ${users} cross join lateral ${nextForNewcomers}
      and ${events.start_at} > ${now} + interval '2 days'
      and coalesce(${events.answers_open_at} <= ${now}, true) and coalesce(${events.answers_close_at} > ${now}, true)
    order by ${events.start_at}, ${events.id} limit 1) as ${events}`,
  subject: events.id,
  due_at: () => dayBegins(users.status_since, sql`1`),
  until: () => sql`${events.start_at}`,
  holds: (now) =>
    and(
      eq(users.status, "pending_validation"),
      isNull(users.erased_at),
      sql`not exists (select from ${event_rsvps} as answer join ${events} as answered on answered.id = answer.event_id
        where answer.user_id = ${users.id} and answered.start_at > ${now})`,
      sql`not exists (select from ${reminders} as other where other.kind = 'event_for_newcomers' and other.outcome = 'sent'
        and other.user_id = ${users.id} and other.subject_id <> ${events.id} and other.due_at >= ${users.status_since})`,
    ),
  same_within: "0",
});
