import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { lockPerson } from "../../people/person.ts";
import { changeStatusWhere, personMay } from "../../people/status.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { guardEvent, guardNotCancelled, lockEvent } from "../find.ts";

/** How long before the start people can be marked as present. */
const HOURS_BEFORE = 12;

/** Coming to an event changes what somebody may do here, so nobody can have come to one that is far off. */
const guardNotTooEarly = (t: Plan, event_id: string): void =>
  guardEvent(
    t,
    event_id,
    sql`now() >= ${events.start_at} - ${HOURS_BEFORE} * interval '1 hour'`,
    "too_early",
    `People can be marked as present from ${HOURS_BEFORE} hours before the start of an event.`,
  );

/** The mark that made a person pre-validated has the time of that change: both happened in one transaction. */
const madeByMark = sql`${event_rsvps.attended_at} = ${users.status_since}`;

/**
 * Marks people as present, also those without an answer. Coming makes somebody in validation pre-validated. Lock them first.
 * 409 long before the event.
 *
 * @param who a condition on `users`
 * @param marked_by the volunteer, or null at a door link
 */
export function markPresent(t: Plan, event_id: string, who: SQL, marked_by: string | null): void {
  guardNotTooEarly(t, event_id);
  const makesPreValidated = sql`exists (
    select from ${users} where ${users.id} = ${event_rsvps.user_id} and ${personMay("pre_validate")})`;
  t.effect(
    query.execute(sql`
      insert into ${event_rsvps} (event_id, user_id, attended, attended_at, attended_by)
      select ${event_id}::uuid, ${users.id}, true, now(), ${marked_by}::uuid from ${users} where ${who} order by ${users.id}
      on conflict (event_id, user_id) do update
      set attended = true, attended_at = excluded.attended_at, attended_by = excluded.attended_by
      where not ${event_rsvps.attended} or ${makesPreValidated}`),
  );
  changeStatusWhere(t, "pre_validate", who);
}

/**
 * Takes marks back. Who came without an answer leaves no trace. Somebody whom the mark made pre-validated is in validation
 * again, unless something else happened to them since, or they came to another event. Lock them first.
 *
 * @param who a condition on `users`
 */
export function markAbsent(t: Plan, event_id: string, who: SQL): void {
  const isMarked = sql`${event_rsvps.user_id} = ${users.id} and ${event_rsvps.attended}`;
  const atEvent = sql`${event_rsvps.event_id} = ${event_id}`;
  changeStatusWhere(
    t,
    "undo_pre_validation",
    who,
    sql`exists (select from ${event_rsvps} where ${isMarked} and ${atEvent} and ${madeByMark})`,
    sql`not exists (select from ${event_rsvps} where ${isMarked} and not ${atEvent})`,
  );
  const theirs = and(
    eq(event_rsvps.event_id, event_id),
    event_rsvps.attended,
    sql`${event_rsvps.user_id} in (select ${users.id} from ${users} where ${who})`,
  );
  t.effect(query.delete(event_rsvps).where(and(theirs, isNull(event_rsvps.rsvp_status))));
  t.effect(query.update(event_rsvps).set({ attended: false, attended_at: null, attended_by: null }).where(theirs));
}

/** The condition on `event_rsvps` for whoever shows this code at an event. */
export const showsCode = (event_id: string, code: string): SQL =>
  sql`(${and(eq(event_rsvps.event_id, event_id), eq(event_rsvps.check_in_code, code))})`;

/** When the person of a row of `event_rsvps` was marked as present. Rows from before this platform do not say it. */
export const markedAt = sql<string>`coalesce(${event_rsvps.attended_at}, ${event_rsvps.updated_at})`.mapWith(
  event_rsvps.updated_at,
);

/**
 * Marks whoever shows this code as present, or undoes it. Yields since when they were marked before, or null. 404 if the event
 * has no such code, 409 if the event is canceled or far off, or if the person has no seat.
 *
 * @param marked_by the volunteer, or null at a door link
 */
export function markByCode(
  t: Plan,
  event_id: string,
  { code, attended }: { code: string; attended: boolean },
  marked_by: string | null,
): Handle<{ already_at: string } | null> {
  const shown = showsCode(event_id, code);
  const person = sql`(select ${event_rsvps.user_id} from ${event_rsvps} where ${shown})`;
  const isThem = sql`${users.id} = ${person}`;
  lockPerson(t, person);
  lockEvent(t, event_id);
  guardNotCancelled(t, event_id);
  t.guard(sql`exists ${person}`, 404, "code_not_found", "Nobody has this code at this event.");
  const before = t.maybe(
    query.select({ already_at: markedAt }).from(event_rsvps).where(and(shown, event_rsvps.attended)),
  );
  const guardAnswer = (holds: SQL | undefined, sentence: string) =>
    t.guard(sql`exists (select from ${event_rsvps} where ${and(shown, holds)})`, 409, "no_seat", sentence);
  if (attended) {
    guardAnswer(
      sql`(${event_rsvps.rsvp_status} = 'yes' or ${event_rsvps.attended})`,
      "This person has no seat. If there is room, mark them as present by name.",
    );
    markPresent(t, event_id, isThem, marked_by);
  } else {
    guardAnswer(
      isNotNull(event_rsvps.rsvp_status),
      "This person came without an answer. Please take that back by name.",
    );
    markAbsent(t, event_id, isThem);
  }
  return before;
}
