import { and, eq, isNull, sql } from "drizzle-orm";
import { placeFor } from "../../events/place.ts";
import { eventTakesMore } from "../../events/seats.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { reminders } from "../../tables/mail.ts";
import { users } from "../../tables/people.ts";
import { dayBegins } from "../due.ts";
import { kind } from "../kind.ts";

/** The next event to which somebody who is not validated yet may say yes and come, or wait, and which is not tomorrow already. */
const nextForNewcomers = sql`(select * from ${events}
  where ${and(
    events.published,
    isNull(events.cancelled_at),
    sql`'pending_validation' = any (${events.welcome_statuses})`,
    eventTakesMore,
  )}`;

const invited_at = dayBegins(users.status_since, sql`1`);

/** Once per application: a sent invitation to another event stands in the way. */
export const eventForNewcomers = kind({
  name: "event_for_newcomers",
  who: "applicants whom nobody has met yet",
  when: "once, from the day after they confirmed their address, if an event in more than 2 days welcomes newcomers and is not full",
  template: "event_for_newcomers",
  data: {
    first_name: users.first_name,
    event_id: events.id,
    title: events.title,
    start_at: events.start_at,
    time_zone: events.time_zone,
    answers_close_at: events.answers_close_at,
    ...placeFor(users.id, sql`null::rsvpstatus`),
  },
  from: (now) => sql`from ${users} cross join lateral (select greatest(${now}, ${invited_at}) as asked_at) as asked
    cross join lateral ${nextForNewcomers}
      and ${events.start_at} > asked.asked_at + interval '2 days'
      and coalesce(${events.answers_open_at} <= asked.asked_at, true)
      and coalesce(${events.answers_close_at} > asked.asked_at, true)
    order by ${events.start_at}, ${events.id} limit 1) as ${events}`,
  subject: events.id,
  due_at: () => invited_at,
  until: () => sql`${events.start_at}`,
  holds: () =>
    and(
      eq(users.status, "pending_validation"),
      isNull(users.erased_at),
      sql`not exists (select from ${event_rsvps} as answer join ${events} as answered on answered.id = answer.event_id
        where answer.user_id = ${users.id} and answered.start_at > asked.asked_at)`,
      sql`not exists (select from ${reminders} as other where other.kind = 'event_for_newcomers' and other.outcome = 'sent'
        and other.user_id = ${users.id} and other.subject_id <> ${events.id} and other.due_at >= ${users.status_since})`,
    ),
  same_within: sql`interval '0'`,
});
