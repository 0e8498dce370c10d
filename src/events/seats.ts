import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { users } from "../tables/people.ts";
import { type Events, isAmong } from "./find.ts";
import { mailAboutEvent } from "./mails.ts";

// All of this counts: lock the event first.

/** How many seats of a row of `events` are taken: by people who said yes, and their guests. */
export const eventSeatsTaken = sql<number>`(
  select coalesce(sum(1 + ${event_rsvps.guests}), 0)::int from ${event_rsvps}
  where ${event_rsvps.event_id} = ${events.id} and ${event_rsvps.rsvp_status} = 'yes')`;

/** How many seats of a row of `events` are free. Without a limit: more than anybody needs. */
const freeSeats = sql`coalesce(${events.capacity} - ${eventSeatsTaken}, 2147483647)`;

/** Whether one more yes to a row of `events` would get a seat, or a place on the waiting list. */
export const eventTakesMore: SQL = sql`(${freeSeats} > 0 or (${events.waiting_list} and coalesce(
  (select count(*) from ${event_rsvps} where ${event_rsvps.event_id} = ${events.id} and ${event_rsvps.rsvp_status} = 'waitlisted')
    < ${events.waiting_list_limit}, true)))`;

/** Whether a row of `events` takes answers at all. */
const isComing = sql`(${events.published} and ${events.cancelled_at} is null and ${events.start_at} > now())`;

/** Whether the waiting list of a row of `events` moves up by itself. */
const movesByItself = sql`(${isComing} and ${events.start_at} - ${events.promote_until_hours} * interval '1 hour' > now())`;

/**
 * What a yes of somebody with so many guests becomes: `yes` if there are seats, `waitlisted` if there is room on the waiting
 * list, null if there is neither. Somebody who waits keeps their place, and somebody with a seat does not lose it.
 */
export const outcomeOfYes = (event_id: string, user_id: string, guests: number | SQL): SQL => {
  const seats = sql`(1 + ${guests}::int)`;
  const mine = sql`r.user_id = ${user_id}`;
  return sql`(
    select (case
      when ${events.capacity} is null or ${seats} <= ${events.capacity}
        - coalesce(sum(1 + r.guests) filter (where r.rsvp_status = 'yes' and not ${mine}), 0) then 'yes'
      when ${seats} > ${events.capacity} or bool_or(${mine} and r.rsvp_status = 'yes') then null
      when bool_or(${mine} and r.rsvp_status = 'waitlisted') then 'waitlisted'
      when ${events.waiting_list} and (${events.waiting_list_limit} is null
        or count(*) filter (where r.rsvp_status = 'waitlisted') < ${events.waiting_list_limit}) then 'waitlisted'
    end)::rsvpstatus
    from ${events} left join ${event_rsvps} r on r.event_id = ${events.id} and r.rsvp_status in ('yes', 'waitlisted')
    where ${eq(events.id, event_id)} group by ${events.id})`;
};

/** Those who wait and fit into the free seats, first come, first served. A party that is too large is passed over. */
const firstWhoFit = (which: Events): SQL => sql`(
  with recursive waiting as materialized (
    select ${event_rsvps.event_id}, ${event_rsvps.user_id}, 1 + ${event_rsvps.guests} as seats,
      row_number() over (partition by ${event_rsvps.event_id} order by ${event_rsvps.line_number}) as place
    from ${event_rsvps} where ${isAmong(event_rsvps.event_id, which)} and ${event_rsvps.rsvp_status} = 'waitlisted'),
  line as (
    select ${events.id} as event_id, 0::bigint as place, null::uuid as user_id, false as fits, ${freeSeats} as free
    from ${events} where ${isAmong(events.id, which)} and ${movesByItself}
    union all
    select waiting.event_id, waiting.place, waiting.user_id, waiting.seats <= line.free,
      line.free - case when waiting.seats <= line.free then waiting.seats else 0 end
    from line join waiting on waiting.event_id = line.event_id and waiting.place = line.place + 1 where line.free > 0)
  select event_id, user_id from line where fits)`;

/** Those who wait, would fit, and were not told yet, when the list no longer moves up by itself. */
const toldOfSeat = (which: Events): SQL => sql`(
  select ${event_rsvps.event_id}, ${event_rsvps.user_id} from ${event_rsvps} join ${events} on ${events.id} = ${event_rsvps.event_id}
  where ${isAmong(event_rsvps.event_id, which)} and ${event_rsvps.rsvp_status} = 'waitlisted'
    and ${event_rsvps.told_at} is null and ${isComing} and not ${movesByItself} and 1 + ${event_rsvps.guests} <= ${freeSeats})`;

/** What becomes of the answer of somebody who waited and is mailed that they have a seat. */
export const PROMOTED = { rsvp_status: "yes", told_at: sql`now()` } as const;

/**
 * Gives free seats to those who wait, with a mail to each. Shortly before the event it tells them instead, once, and the
 * seats go to whoever answers first. Call it after whatever may have freed a seat.
 */
export function fillSeats(t: Plan, which: Events): void {
  const person = sql`(${events.id}, ${users.id})`;
  const answer = sql`(${event_rsvps.event_id}, ${event_rsvps.user_id})`;
  // The mail comes first: after the update, these people no longer wait.
  mailAboutEvent(t, "event_promoted", which, sql`${person} in ${firstWhoFit(which)}`, sql`'yes'`);
  t.effect(
    query
      .update(event_rsvps)
      .set(PROMOTED)
      .where(sql`${isAmong(event_rsvps.event_id, which)} and ${answer} in ${firstWhoFit(which)}`),
  );
  mailAboutEvent(t, "event_seat_free", which, sql`${person} in ${toldOfSeat(which)}`);
  t.effect(
    query
      .update(event_rsvps)
      .set({ told_at: sql`now()` })
      .where(sql`${isAmong(event_rsvps.event_id, which)} and ${answer} in ${toldOfSeat(which)}`),
  );
}
