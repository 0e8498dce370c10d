import { eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { auditOnce } from "../../access/audit.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { validTimeZone } from "../../time/zone.ts";
import { byClock, eventTimeZone, zoneOf } from "../clock.ts";
import { type Events, guardEvent, guardNotCancelled, isAmong, lockEvent } from "../find.ts";
import { mailAboutEvent } from "../mails.ts";
import { eventSeatsTaken, fillSeats } from "../seats.ts";
import { type EventTimes, eventsInScope, movedTimes, type SeriesScope } from "../series/following.ts";
import { updateMails } from "../update-mails.ts";
import { selectManagedEvent } from "./find.ts";
import { givenColumns, guardPublishing, publishingChanges, validateOpening, validateTimes } from "./input.ts";
import type { EditOptions, EventChange, ManagedEvent } from "./schemas.ts";
import { guardNobodyAnswered } from "./status.ts";

const COLUMNS = getTableColumns(events);

/** If one of these or the time zone changes, those who answered are told, and calendars must know. */
const TOLD = ["start_at", "end_at", "location", "online_url"] as const;

/**
 * Changes what is named; on demand, also of those events of its series that follow. New seats go to those who wait. Whoever
 * answered is mailed if the time or the place changed, unless `notify` is false. 400 if the times are out of order, 404 without such an event. 409 if it
 * is canceled, if more people are coming than would fit, and if it would become a draft although people answered.
 */
export async function editEvent(
  ctx: SignedInContext,
  id: string,
  change: EventChange,
  { notify, ...scope }: EditOptions,
): Promise<ManagedEvent> {
  const these = eventsInScope(id, scope);
  const is_one = isAmong(events.id, these);
  const set = columnsFor(id, change, scope);
  /** A column of a row of `events`, as it will be. */
  const next = (name: keyof EventTimes): SQL => set[name] ?? sql`${COLUMNS[name]}`;
  return ctx.transact((t) => {
    lockEvent(t, these);
    guardNotCancelled(t, id);
    if (change.published !== undefined) guardPublishing(t, ctx.user_id, publishingChanges(these, change.published));
    if (change.published === false) guardNobodyAnswered(t, these);
    validTimeZone(t, change.time_zone);
    const times = {
      start_at: next("start_at"),
      end_at: next("end_at"),
      answers_open_at: next("answers_open_at"),
      answers_close_at: next("answers_close_at"),
    };
    validateTimes(t, times, is_one);
    // An event from before this rule can still be changed otherwise.
    if (set.start_at ?? set.answers_open_at) validateOpening(t, times, is_one);
    if (typeof change.capacity === "number") guardCapacity(t, these, change.capacity);
    const differs = TOLD.flatMap((name) =>
      set[name] === undefined ? [] : [sql`${COLUMNS[name]} is distinct from ${set[name]}`],
    );
    // We answer the zone where it takes place, so a form sends it back to an event that named none.
    if (set.time_zone !== undefined)
      differs.push(sql`${eventTimeZone} is distinct from ${zoneOf(sql`${set.time_zone}::text`)}`);
    // Remembered, so that the mail knows whether the update below changed something that people must know.
    t.effect(
      query.execute(
        sql`select set_config('app.event_sequences', jsonb_object_agg(${events.id}, ${events.sequence})::text, true)
          from ${events} where ${is_one}`,
      ),
    );
    t.effect(
      query
        .update(events)
        .set({
          ...set,
          sequence: sql`${events.sequence} + (${differs.length > 0 ? sql.join(differs, sql` or `) : sql`false`})::int`,
        })
        .where(is_one),
    );
    updateMails(t, these);
    if (notify)
      mailAboutEvent(
        t,
        "event_changed",
        these,
        sql`${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted') and ${events.end_at} > now()
          and ${events.sequence} > (current_setting('app.event_sequences')::jsonb ->> ${events.id}::text)::int`,
      );
    else
      auditOnce(t, ctx, crypto.randomUUID(), {
        action: "events.edited_without_mail",
        subject_type: "events",
        subject_id: id,
        changes: { series: [null, scope.series] },
      });
    fillSeats(t, these);
    return t.one(selectManagedEvent(ctx, id));
  });
}

/** What the named columns become in each row. */
function columnsFor(id: string, change: EventChange, { series }: SeriesScope) {
  const set = givenColumns(change);
  if (series === "this") return set;
  const moved = movedTimes(id, set, change.time_zone);
  const its = (name: keyof EventTimes) =>
    set[name] && { [name]: sql`case when ${eq(events.id, id)} then ${set[name]} else ${moved[name]} end` };
  return { ...set, ...its("start_at"), ...its("end_at"), ...its("answers_open_at"), ...its("answers_close_at") };
}

/** 409 with the number of seats that are taken, and where it is not clear, the day. */
function guardCapacity(t: Plan, these: Events, capacity: number): void {
  const fits = sql`${eventSeatsTaken} <= ${capacity}`;
  const taken =
    typeof these === "string"
      ? sql`${eventSeatsTaken} || ' seats are taken'`
      : sql`string_agg(${eventSeatsTaken} || ' seats are taken on ' || to_char(${byClock(events.start_at)}, 'FMMonth FMDD, YYYY'),
          ', ' order by ${events.start_at})`;
  guardEvent(
    t,
    these,
    fits,
    "capacity_below_accepted",
    sql`(select ${taken} || '. Please remove people first, or choose a larger capacity.'
      from ${events} where ${isAmong(events.id, these)} and not ${fits})`,
  );
}
