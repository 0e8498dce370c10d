import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { remember, remembered } from "../database/remember.ts";
import { lockPeople } from "../people/person.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { removeAnswers } from "./answer.ts";
import { isAmong, lockEvents } from "./find.ts";
import { fillSeats } from "./seats.ts";

const holdsSomething = sql`${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted')`;

const isAnswerOfOneOf = (people: SQL): SQL => sql`(${event_rsvps.user_id} = any (${people}) and ${holdsSomething})`;

/** Selects the events that are not over, and that one of these people said yes or maybe to, or waits for. */
const eventsToLeave = (people: SQL): SQL => sql`
  select distinct ${event_rsvps.event_id} as id from ${event_rsvps} join ${events} on ${eq(events.id, event_rsvps.event_id)}
  where ${isAnswerOfOneOf(people)} and ${events.end_at} > now()`;

/**
 * Locks people who are about to leave their events: first the events, then the people, as whoever answers an event does.
 *
 * @param people an array of their ids, as SQL
 */
export function lockToLeave(t: Plan, people: SQL): void {
  lockEvents(t, sql`(${eventsToLeave(people)})`);
  lockPeople(t, people);
  // They may have answered others while we waited. From now on, they cannot. If this deadlocks, we are tried again.
  lockEvents(t, sql`(${eventsToLeave(people)})`);
}

/**
 * Takes back what these people answered to events that are not over, and gives their seats to those who wait. Whoever already
 * came stays as somebody who came. {@link lockToLeave} comes first.
 */
export function leaveEvents(t: Plan, people: SQL): void {
  remember(t, "app.left_events", eventsToLeave(people));
  const left = sql`(select unnest(${remembered("app.left_events")}))`;
  removeAnswers(t, sql`${and(isAmong(event_rsvps.event_id, left), isAnswerOfOneOf(people))}`);
  fillSeats(t, left);
}
