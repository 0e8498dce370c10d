import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { event_rsvps } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
import { readCounts } from "./check-in.ts";
import { markAbsent, markPresent } from "./mark.ts";
import type { Attendance, AttendanceInput } from "./schemas.ts";

/**
 * Marks who came and who did not, also people without an answer. Coming makes somebody in validation pre-validated, and
 * taking that back undoes it. Repeating changes nothing. 400 if somebody does not exist, 404 without such an event, 409 if it
 * is canceled, or far off.
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
    if (here.length > 0) markPresent(t, event_id, inArray(users.id, here), ctx.user_id);
    if (absent.length > 0) markAbsent(t, event_id, inArray(users.id, absent));
    const counts = readCounts(t, event_id);
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
