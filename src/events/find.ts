import { and, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { ErrorCode } from "../http/error-codes.ts";
import { event_rsvps, events } from "../tables/events.ts";

export const EVENT_NOT_FOUND = [404, "event_not_found", "There is no such event."] as const;

/** One event by its id, or several by SQL that yields their ids. */
export type Events = string | SQL;

/** Whether a column with the id of an event names one of these. */
export const isAmong = (column: SQLWrapper, which: Events): SQL =>
  typeof which === "string" ? sql`${column} = ${which}::uuid` : sql`${column} in ${which}`;

const isEvent = (which: Events): SQL => isAmong(events.id, which);

/**
 * Locks events: others who answer, promote or change them wait. What is counted after this sees what they left. 404 unless
 * there is such an event for which `holds`. The order of the ids keeps two who lock several from waiting for each other.
 */
export const lockEvent = (t: Plan, which: Events, holds?: SQL): void =>
  t.guard(
    sql`(select count(*) from (
      select from ${events} where ${and(isEvent(which), holds)} order by ${events.id} for no key update) as locked) > 0`,
    ...EVENT_NOT_FOUND,
  );

/** Locks events in the same way, if there are any. */
export const lockEvents = (t: Plan, which: SQL): void =>
  t.effect(query.select({ id: events.id }).from(events).where(isEvent(which)).orderBy(events.id).for("no key update"));

/** 404 unless there is such an event, and it is published. */
export const guardPublished = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${events} where ${isEvent(id)} and ${events.published})`, ...EVENT_NOT_FOUND);

/** A rule about events themselves: a condition on `events`, which must hold for each of them. */
export const guardEvent = (t: Plan, which: Events, holds: SQL, code: ErrorCode, sentence: string | SQL): void =>
  t.guard(
    sql`(select coalesce(bool_and(coalesce(${holds}, false)), false) from ${events} where ${isEvent(which)})`,
    409,
    code,
    sentence,
  );

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
