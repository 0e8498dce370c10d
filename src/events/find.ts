import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { event_rsvps, events } from "../tables/events.ts";

export const EVENT_NOT_FOUND = [404, "event_not_found", "There is no such event."] as const;

/** The condition on `events` for one event. */
const isEvent = (id: string): SQL => sql`${eq(events.id, id)}`;

/**
 * Locks an event: others who answer, promote or change it wait. What is counted after this sees what they left. 404 unless
 * there is such an event and `which` holds for it.
 */
export const lockEvent = (t: Plan, id: string, which?: SQL): void =>
  t.guard(
    sql`(select ${events.id} from ${events} where ${and(isEvent(id), which)} for no key update) is not null`,
    ...EVENT_NOT_FOUND,
  );

/** 404 unless there is such an event, and it is published. */
export const guardPublished = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${events} where ${isEvent(id)} and ${events.published})`, ...EVENT_NOT_FOUND);

/** A rule about the event itself: a condition on `events`. */
export const guardEvent = (t: Plan, id: string, holds: SQL, code: string, sentence: string): void =>
  t.guard(sql`exists (select from ${events} where ${isEvent(id)} and ${holds})`, 409, code, sentence);

export const guardNotCancelled = (t: Plan, id: string): void =>
  guardEvent(t, id, isNull(events.cancelled_at), "event_cancelled", "This event is canceled.");

export const guardNotStarted = (t: Plan, id: string): void =>
  guardEvent(t, id, sql`${events.start_at} > now()`, "event_started", "This event has already started.");

/** The condition on `event_rsvps` for somebody's answer. */
export const isAnswerOf = (event_id: string, user_id: string): SQL =>
  sql`(${and(eq(event_rsvps.event_id, event_id), eq(event_rsvps.user_id, user_id))})`;

/** Whether anybody answered a row of `events` with more than a no. */
export const eventHasAnswers = sql`exists (
  select from ${event_rsvps} where ${event_rsvps.event_id} = ${events.id}
    and ${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted'))`;
