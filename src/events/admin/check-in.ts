import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { lockPerson } from "../../people/person.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
import { eventPresent } from "../schemas.ts";
import { eventSeatsTaken } from "../seats.ts";
import { Rsvp, rsvpColumns } from "./rsvp-schemas.ts";

export const CheckInInput = z
  .strictObject({
    code: z
      .string()
      .max(50)
      .transform((typed) => typed.replace(/[\s-]/g, "").toUpperCase())
      .pipe(z.string().regex(/^[0-9A-F]{8}$/, "must be a code of 8 letters and digits"))
      .meta({ example: "4F09A1C3" }),
    attended: z.boolean().default(true).describe("`false` undoes it"),
  })
  .meta({ id: "CheckInInput" });
export type CheckInInput = z.infer<typeof CheckInInput>;

const counts = {
  present: z.int().describe("How many people are marked as present"),
  expected: z.int().describe("How many people and guests have a seat"),
};

const Shown = Rsvp.omit({ answers: true });
const { answers: _, ...shownColumns } = rsvpColumns;

/** Without answers to questions, which are for holders of `events.rsvps`. */
export const CheckIn = z.object({ rsvp: Shown, ...counts }).meta({ id: "CheckIn" });
export type CheckIn = z.infer<typeof CheckIn>;

/** How many people are at a row of `events`, and how many have a seat. */
export const eventCounts = { present: sql<number>`${eventPresent}`, expected: sql<number>`${eventSeatsTaken}` };

/** Reads how many people are at an event, and how many have a seat. */
export const readCounts = (t: Plan, event_id: string) =>
  t.one(query.select(eventCounts).from(events).where(eq(events.id, event_id)));

/**
 * Marks people as present, also those without an answer. Coming makes somebody in validation pre-validated. Lock them first.
 *
 * @param who a condition on `users`
 * @param marked_by the volunteer, or null at a door link
 */
export function markPresent(t: Plan, event_id: string, who: SQL, marked_by: string | null): void {
  t.effect(
    query.execute(sql`
      insert into ${event_rsvps} (event_id, user_id, attended, attended_at, attended_by)
      select ${event_id}::uuid, ${users.id}, true, now(), ${marked_by}::uuid from ${users} where ${who} order by ${users.id}
      on conflict (event_id, user_id) do update
      set attended = true, attended_at = excluded.attended_at, attended_by = excluded.attended_by
      where not ${event_rsvps.attended}`),
  );
  changeStatusWhere(t, "pre_validate", who);
}

/** The condition on `event_rsvps` for whoever shows this code at an event. */
const showsCode = (event_id: string, code: string): SQL =>
  sql`(${and(eq(event_rsvps.event_id, event_id), eq(event_rsvps.check_in_code, code))})`;

/**
 * Marks whoever shows this code as present, or undoes it. Repeating changes nothing. 404 if the event has no such code, 409 if
 * the event is canceled, or if the person has no seat.
 *
 * @param marked_by the volunteer, or null at a door link
 */
export function markByCode(
  t: Plan,
  event_id: string,
  { code, attended }: CheckInInput,
  marked_by: string | null,
): void {
  const shown = showsCode(event_id, code);
  const person = sql`(select ${event_rsvps.user_id} from ${event_rsvps} where ${shown})`;
  lockPerson(t, person);
  lockEvent(t, event_id);
  guardNotCancelled(t, event_id);
  t.guard(sql`exists ${person}`, 404, "code_not_found", "Nobody has this code at this event.");
  if (attended) {
    t.guard(
      sql`exists (select from ${event_rsvps} where ${shown} and (${event_rsvps.rsvp_status} = 'yes' or ${event_rsvps.attended}))`,
      409,
      "no_seat",
      "This person has no seat. If there is room, mark them as present by name.",
    );
    markPresent(t, event_id, sql`${users.id} = ${person}`, marked_by);
  } else {
    t.effect(
      query
        .update(event_rsvps)
        .set({ attended: false, attended_at: null, attended_by: null })
        .where(and(shown, event_rsvps.attended, sql`${event_rsvps.rsvp_status} is not null`)),
    );
  }
}

/** Checks somebody in by their code, or undoes it: see {@link markByCode}. */
export async function checkIn(ctx: SignedInContext, event_id: string, input: CheckInInput): Promise<CheckIn> {
  return ctx.transact((t) => {
    markByCode(t, event_id, input, ctx.user_id);
    const rsvp = t.one(
      query
        .select(shownColumns)
        .from(event_rsvps)
        .innerJoin(users, eq(users.id, event_rsvps.user_id))
        .where(showsCode(event_id, input.code)),
    );
    return t.combine({ rsvp, counts: readCounts(t, event_id) }, ({ rsvp, counts }) => ({ rsvp, ...counts }));
  });
}
