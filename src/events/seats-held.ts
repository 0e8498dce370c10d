import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { event_rsvps, events } from "../tables/events.ts";

const selectEventsWithSeat = (user_id: SQLWrapper | string) =>
  query
    .select({ event_id: event_rsvps.event_id })
    .from(event_rsvps)
    .innerJoin(events, eq(events.id, event_rsvps.event_id))
    .where(and(eq(event_rsvps.user_id, user_id), eq(event_rsvps.rsvp_status, "yes"), sql`${events.start_at} > now()`));

/** The ids of the coming events where somebody has a seat, as a JSON array, in the order in which to lock them. */
export const seatsHeldBy = (user_id: SQLWrapper): SQL<string[]> =>
  sql<string[]>`to_json(array(${selectEventsWithSeat(user_id).orderBy(event_rsvps.event_id)}))`;

/** Whether somebody has a seat at another coming event than these. */
export const personHoldsOtherSeats = (user_id: string, known: string[]): SQL =>
  sql`exists (select from (${selectEventsWithSeat(user_id)}) as held
    where held.event_id <> all (${sql.param(known)}::uuid[]))`;
