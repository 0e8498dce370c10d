import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Instant } from "../../http/schemas.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { eventPresent, eventWalkIns } from "../schemas.ts";
import { eventSeatsTaken } from "../seats.ts";
import { Attendee, attendeeColumns } from "./attendance-list.ts";
import { markByCode, showsCode } from "./mark.ts";

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

/** Tells one person from two who show the same code. */
export const AlreadyAt = Instant.nullable().describe(
  "When the code was used before: ask who is there now. Null if it was not",
);

const counts = {
  present: z.int().describe("How many people are marked as present, with their guests. Without `walk_ins`"),
  walk_ins: z.int().describe("How many people without a seat were counted with door links"),
  expected: z.int().describe("How many people and guests have a seat"),
};

export const CheckIn = z.object({ rsvp: Attendee, already_at: AlreadyAt, ...counts }).meta({ id: "CheckIn" });
export type CheckIn = z.infer<typeof CheckIn>;

/** How many people and guests are at a row of `events`, with a seat and without, and how many have one. */
export const eventCounts = {
  present: sql<number>`${eventPresent}`,
  walk_ins: sql<number>`${eventWalkIns}`,
  expected: sql<number>`${eventSeatsTaken}`,
};

/** Reads how many people and guests are at an event, with a seat and without, and how many have one. */
export const readCounts = (t: Plan, event_id: string) =>
  t.one(query.select(eventCounts).from(events).where(eq(events.id, event_id)));

/** Checks somebody in by their code, or undoes it: see {@link markByCode}. */
export async function checkIn(ctx: SignedInContext, event_id: string, input: CheckInInput): Promise<CheckIn> {
  return ctx.transact((t) => {
    const before = markByCode(t, event_id, input, ctx.user_id);
    const rsvp = t.one(
      query
        .select(attendeeColumns)
        .from(event_rsvps)
        .innerJoin(users, eq(users.id, event_rsvps.user_id))
        .where(showsCode(event_id, input.code)),
    );
    return t.combine({ rsvp, before, counts: readCounts(t, event_id) }, ({ rsvp, before, counts }) => ({
      rsvp,
      already_at: input.attended ? (before?.already_at ?? null) : null,
      ...counts,
    }));
  });
}
