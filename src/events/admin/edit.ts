import { eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
import { mailAboutEvent } from "../mails.ts";
import { eventSeatsTaken, fillSeats } from "../seats.ts";
import { selectManagedEvent } from "./find.ts";
import { givenColumns, guardPublishing, publishingChanges, validateTimes } from "./input.ts";
import type { EventChange, ManagedEvent } from "./schemas.ts";
import { guardNobodyAnswered } from "./status.ts";

const COLUMNS = getTableColumns(events);

/** If one of these changes, those who answered are told, and calendars must know. */
const TOLD = ["start_at", "end_at", "time_zone", "location", "online_url"] as const;

/**
 * Changes what is named. New seats go to those who wait. Whoever answered is mailed if the time or the place changed. 400 if
 * the times are out of order, 404 without such an event. 409 if it is canceled, if more people are coming than would fit,
 * and if it would become a draft although people answered.
 */
export async function editEvent(ctx: SignedInContext, id: string, change: EventChange): Promise<ManagedEvent> {
  const set = givenColumns(change);
  const this_event = eq(events.id, id);
  /** A column of the event, as it will be. */
  const next = (name: keyof typeof set): SQL =>
    set[name] === undefined ? sql`(select ${COLUMNS[name]} from ${events} where ${this_event})` : sql`(${set[name]})`;
  return ctx.transact((t) => {
    lockEvent(t, id);
    guardNotCancelled(t, id);
    if (change.published !== undefined) guardPublishing(t, ctx.user_id, publishingChanges(id, change.published));
    if (change.published === false) guardNobodyAnswered(t, id);
    validateTimes(t, {
      start_at: next("start_at"),
      end_at: next("end_at"),
      answers_open_at: next("answers_open_at"),
      answers_close_at: next("answers_close_at"),
    });
    if (typeof change.capacity === "number") {
      const taken = sql`(select ${eventSeatsTaken} from ${events} where ${this_event})`;
      t.guard(
        sql`${taken} <= ${change.capacity}`,
        409,
        "capacity_below_accepted",
        sql`${taken} || ' seats are taken. Please remove people first, or choose a larger capacity.'`,
      );
    }
    const differs = TOLD.flatMap((name) =>
      set[name] === undefined ? [] : [sql`${COLUMNS[name]} is distinct from ${set[name]}`],
    );
    // Remembered, so that the mail knows whether the update below changed something that people must know.
    t.effect(
      query.execute(
        sql`select set_config('app.event_sequence', ${events.sequence}::text, true) from ${events} where ${this_event}`,
      ),
    );
    t.effect(
      query
        .update(events)
        .set({
          ...set,
          sequence: sql`${events.sequence} + (${differs.length > 0 ? sql.join(differs, sql` or `) : sql`false`})::int`,
        })
        .where(this_event),
    );
    mailAboutEvent(
      t,
      "event_changed",
      id,
      sql`${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted') and ${events.end_at} > now()
        and ${events.sequence} > current_setting('app.event_sequence')::int`,
    );
    fillSeats(t, id);
    return t.one(selectManagedEvent(ctx, id));
  });
}
