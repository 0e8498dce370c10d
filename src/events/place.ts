import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { events } from "../tables/events.ts";
import { users } from "../tables/people.ts";

/** Whether the place of a row of `events` is shown to an active member, or to somebody with a seat. */
const placeIsShown = (is_member: SQL, has_seat: SQL): SQL =>
  sql`(${events.place_audience} = 'everybody' or ${has_seat} or (${events.place_audience} = 'members' and ${is_member}))`;

/**
 * Where a row of `events` takes place, as far as this person may know it.
 *
 * @param viewer their id, or null for a stranger
 * @param rsvp_status what they answered
 */
export const placeFor = (viewer: SQLWrapper, rsvp_status: SQLWrapper) => {
  const is_member = sql`exists (select from ${users} as viewer where viewer.id = ${viewer} and viewer.status = 'active')`;
  const shown = placeIsShown(is_member, sql`coalesce(${rsvp_status} = 'yes', false)`);
  return {
    location: sql<string | null>`case when ${shown} then ${events.location} end`,
    online_url: sql<string | null>`case when ${shown} then ${events.online_url} end`,
  };
};
