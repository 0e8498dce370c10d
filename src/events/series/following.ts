import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { events } from "../../tables/events.ts";
import { byClock, endAfter, eventTimeZone, zoneOf } from "../clock.ts";
import type { Events } from "../find.ts";

/** Which events of a series a change is about. */
export const SeriesScope = z.object({
  series: z
    .enum(["this", "following"])
    .default("this")
    .describe("`following`: this event and those of its series that come after it, but for those that are canceled"),
});
export type SeriesScope = z.infer<typeof SeriesScope>;

/** The events that a change of this one is about. */
export const eventsInScope = (id: string, { series }: SeriesScope): Events =>
  series === "this"
    ? id
    : sql`(
      select ${id}::uuid union all
      select later.id from ${events} as this join ${events} as later
        on later.series_id = this.series_id and later.series_position > this.series_position
      where this.id = ${id} and later.cancelled_at is null)`;

/** The times of an event. Null where there is none. */
export type EventTimes = Record<"start_at" | "end_at" | "answers_open_at" | "answers_close_at", SQL>;

/**
 * The times that a row of `events` gets when those of the event with this id become what is `given`. The start moves as far
 * as that of the event. The other times become as far from the start as they are there. All of this is by the clock, so that
 * 19:00 stays 19:00 when clocks change.
 *
 * @param time_zone what the `time_zone` of all of them becomes; undefined if it stays
 */
export function movedTimes(id: string, given: Partial<EventTimes>, time_zone?: string | null): Partial<EventTimes> {
  const original = (column: keyof EventTimes | "time_zone") =>
    sql`(select ${sql.identifier(column)} from ${events} as original where original.id = ${id})`;
  const zone_before = zoneOf(original("time_zone"));
  const given_zone = time_zone === undefined ? undefined : zoneOf(sql`${time_zone}::text`);
  const [zone, its_zone] = [given_zone ?? zone_before, given_zone ?? eventTimeZone];

  const start = byClock(given.start_at ?? original("start_at"), zone);
  const its_start = given.start_at
    ? sql`(${byClock(events.start_at)} + (${start} - ${byClock(original("start_at"), zone_before)}))`
    : byClock(events.start_at, its_zone);
  const its = (instant: SQL) => sql`((${its_start} + (${byClock(instant, zone)} - ${start})) at time zone ${its_zone})`;

  const { start_at, end_at, ...answers } = given;
  const moved: Partial<EventTimes> = {
    ...(start_at && { start_at: sql`(${its_start} at time zone ${its_zone})` }),
    ...(end_at && {
      end_at: endAfter(
        sql`(${its_start} at time zone ${its_zone})`,
        its(end_at),
        sql`${end_at} - ${start_at ?? original("start_at")}`,
      ),
    }),
    ...(answers.answers_open_at && { answers_open_at: its(answers.answers_open_at) }),
    ...(answers.answers_close_at && { answers_close_at: its(answers.answers_close_at) }),
  };
  return moved;
}
