import { eq } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPageWithTotal, Paging, pageWithTotalOf } from "../../http/pagination.ts";
import { event_rsvps } from "../../tables/events.ts";
import { fullNameOf, users } from "../../tables/people.ts";
import { Rsvp, rsvpFilters } from "./rsvp-schemas.ts";
import { guardEventExists, inLine, rsvpMatches } from "./rsvps.ts";

/** Somebody who answered an event or came: what marking them takes, and no answers to its questions. */
export const Attendee = Rsvp.pick({
  user_id: true,
  rsvp_status: true,
  guests: true,
  photo_preference: true,
  check_in_code: true,
  attended: true,
  attended_at: true,
})
  .extend({ name: z.string() })
  .meta({ id: "Attendee" });

export const AttendeePage = pageWithTotalOf(Attendee).meta({ id: "AttendeePage" });
export type AttendeePage = z.infer<typeof AttendeePage>;

const { rsvp_status, attended } = rsvpFilters;
export const AttendeeFilters = Paging.extend({ rsvp_status, attended });
export type AttendeeFilters = z.infer<typeof AttendeeFilters>;

/** The columns of {@link Attendee}, from `event_rsvps` joined with `users`. */
export const attendeeColumns = {
  user_id: event_rsvps.user_id,
  name: fullNameOf(users),
  rsvp_status: event_rsvps.rsvp_status,
  guests: event_rsvps.guests,
  photo_preference: users.photo_preference,
  check_in_code: event_rsvps.check_in_code,
  attended: event_rsvps.attended,
  attended_at: event_rsvps.attended_at,
};

const selectAttendees = () =>
  query
    .select({ ...attendeeColumns, line_number: event_rsvps.line_number })
    .from(event_rsvps)
    .innerJoin(users, eq(users.id, event_rsvps.user_id));

/** A page of those who can be marked, in the order of the answers. 404 without such an event. */
export async function listAttendance(
  ctx: SignedInContext,
  event_id: string,
  filters: AttendeeFilters,
): Promise<AttendeePage> {
  const { items, ...page } = await ctx.transact((t) => {
    guardEventExists(t, event_id);
    return listPageWithTotal(t, inLine, selectAttendees, filters, rsvpMatches(event_id, filters));
  });
  return { ...page, items: items.map(({ line_number: _, ...attendee }) => attendee) };
}
