import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
import { eventPresent } from "../schemas.ts";
import { eventSeatsTaken } from "../seats.ts";
import type { Attendance, AttendanceInput } from "./schemas.ts";

/**
 * Marks who came and who did not, also people without an answer. Coming makes somebody in validation pre-validated.
 * Repeating changes nothing. 400 if somebody does not exist, 404 without such an event, 409 if it is canceled.
 */
export async function markAttendance(
  ctx: SignedInContext,
  event_id: string,
  { attendees }: AttendanceInput,
): Promise<Attendance> {
  const idsOf = (which: typeof attendees) => which.map(({ user_id }) => user_id);
  const ids = idsOf(attendees);
  const here = idsOf(attendees.filter(({ attended }) => attended));
  const absent = idsOf(attendees.filter(({ attended }) => !attended));
  const answers = eq(event_rsvps.event_id, event_id);
  const people = and(inArray(users.id, ids), isNull(users.erased_at));
  return ctx.transact((t) => {
    t.effect(query.select({ id: users.id }).from(users).where(people).orderBy(users.id).for("no key update"));
    lockEvent(t, event_id);
    guardNotCancelled(t, event_id);
    t.valid(
      sql`(select count(*) from ${users} where ${people}) = ${ids.length}`,
      "attendees",
      "must all be people whom we know",
    );
    if (here.length > 0) {
      t.effect(
        query.execute(sql`
          insert into ${event_rsvps} (event_id, user_id, attended, attended_at, attended_by)
          select ${event_id}::uuid, ${users.id}, true, now(), ${ctx.user_id}::uuid
          from ${users} where ${inArray(users.id, here)} order by ${users.id}
          on conflict (event_id, user_id) do update
          set attended = true, attended_at = excluded.attended_at, attended_by = excluded.attended_by
          where not ${event_rsvps.attended}`),
      );
      changeStatusWhere(t, "pre_validate", inArray(users.id, here));
    }
    if (absent.length > 0) {
      const theirs = and(answers, inArray(event_rsvps.user_id, absent), event_rsvps.attended);
      t.effect(query.delete(event_rsvps).where(and(theirs, isNull(event_rsvps.rsvp_status))));
      t.effect(query.update(event_rsvps).set({ attended: false, attended_at: null, attended_by: null }).where(theirs));
    }
    const counts = t.one(
      query
        .select({ present: sql<number>`${eventPresent}`, expected: sql<number>`${eventSeatsTaken}` })
        .from(events)
        .where(eq(events.id, event_id)),
    );
    const marked = t.many(
      query
        .select({
          user_id: users.id,
          attended: sql<boolean>`coalesce(${event_rsvps.attended}, false)`,
          attended_at: event_rsvps.attended_at,
          status: users.status,
        })
        .from(users)
        .leftJoin(event_rsvps, and(answers, eq(event_rsvps.user_id, users.id)))
        .where(people)
        .orderBy(users.id),
    );
    return t.combine({ counts, marked }, ({ counts, marked }) => ({ ...counts, attendees: marked }));
  });
}
