import { and, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { event_questions, event_series, events } from "../../tables/events.ts";
import { COPIED_COLUMNS, lockToCopy } from "../admin/duplicate.ts";
import { guardPublishing } from "../admin/input.ts";
import { byClock, endAfter, eventTimeZone } from "../clock.ts";
import { EVENT_NOT_FOUND, guardEvent, guardNotCancelled } from "../find.ts";
import { occurrencesOf } from "./occurrences.ts";
import { readRule } from "./rule.ts";
import type { Repeated, Repetition } from "./schemas.ts";

const asText = (local: SQL): SQL<string> => sql<string>`to_char(${local}, 'YYYY-MM-DD"T"HH24:MI:SS')`;

const localStart = byClock(events.start_at);

/** The last time that counts, by the event's clock. */
const lastTime = (until: string | null): SQL<string | null> => {
  if (until === null) return sql<null>`null::text`;
  if (!until.includes("T")) return sql<string>`${`${until}T23:59:59`}::text`;
  return until.endsWith("Z") ? asText(byClock(sql`${until}::timestamptz`)) : sql<string>`${until}::text`;
};

/** An instant of the original as it is at an occurrence: the same time by the event's clock, so many days later. */
const moved = (instant: SQL): SQL =>
  sql`((${byClock(instant)} + (occurrence.local_start - ${localStart})) at time zone ${eventTimeZone})`;

/** The same for the end of a time. */
const movedEnd = (from: SQL, to: SQL): SQL => endAfter(moved(from), moved(to), sql`${to} - ${from}`);

/**
 * Makes an event the first of a series, and each occurrence an event like it, with its cover and questions, without answers. The
 * clock at the event shows the same time at each. Two round trips: the days are found between them. 400 for a rule that
 * does not fit, 404 without such an event. 409 if it is canceled, already in a series, or was moved in between.
 */
export async function repeatEvent(ctx: SignedInContext, id: string, { rrule }: Repetition): Promise<Repeated> {
  const rule = readRule(rrule);
  const this_event = eq(events.id, id);
  const { first, last } = await ctx.transact((t) =>
    t.one(
      query
        .select({ first: asText(localStart), last: lastTime(rule.until) })
        .from(events)
        .where(this_event),
      new Refusal(...EVENT_NOT_FOUND),
    ),
  );
  const [, ...others] = occurrencesOf(rule, first, last);
  const series_id = crypto.randomUUID();
  const rows = others.map((local_start, index) => ({
    id: crypto.randomUUID(),
    local_start,
    series_position: index + 2,
  }));
  const occurrences = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as occurrence (id uuid, local_start timestamp, series_position int)`;
  const { start_at, end_at, answers_open_at, answers_close_at } = events;
  return ctx.transact((t) => {
    lockToCopy(t, id);
    guardNotCancelled(t, id);
    guardEvent(t, id, sql`${events.series_id} is null`, "event_in_series", "This event is already in a series.");
    guardEvent(t, id, sql`${asText(localStart)} = ${first}`, "event_moved", "This event was moved. Please try again.");
    guardPublishing(t, ctx.user_id, sql`(select ${events.published} from ${events} where ${this_event})`);
    t.effect(
      query.execute(sql`
        insert into ${event_series} (id, rrule, time_zone, created_by)
        select ${series_id}::uuid, ${rrule}, ${eventTimeZone}, ${ctx.user_id}::uuid from ${events} where ${this_event}`),
    );
    t.effect(query.update(events).set({ series_id, series_position: 1 }).where(this_event));
    t.effect(
      query.execute(sql`
        insert into ${events} (id, created_by, series_id, series_position, published, start_at, end_at, answers_open_at,
          answers_close_at, ${COPIED_COLUMNS})
        select occurrence.id, ${ctx.user_id}::uuid, ${series_id}::uuid, occurrence.series_position, published,
          ${moved(sql`${start_at}`)}, ${movedEnd(sql`${start_at}`, sql`${end_at}`)}, ${moved(sql`${answers_open_at}`)},
          ${movedEnd(sql`${answers_open_at}`, sql`${answers_close_at}`)}, ${COPIED_COLUMNS}
        from ${events} cross join ${occurrences} where ${this_event}`),
    );
    t.effect(
      query.execute(sql`
        insert into ${event_questions} (event_id, position, question, purpose, kind, choices, required)
        select occurrence.id, position, question, purpose, kind, choices, required
        from ${event_questions} cross join ${occurrences} where ${eq(event_questions.event_id, id)}`),
    );
    const made = t.many(
      query
        .select({
          id: events.id,
          series_position: sql<number>`${events.series_position}`,
          start_at: events.start_at,
          end_at: events.end_at,
        })
        .from(events)
        .where(and(eq(events.series_id, series_id)))
        .orderBy(events.series_position),
    );
    return t.combine(made, (found) => ({ series_id, events: found }));
  });
}
