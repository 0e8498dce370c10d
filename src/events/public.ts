import { and, eq, gt, lte, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { listPage, type Order } from "../http/pagination.ts";
import { events } from "../tables/events.ts";
import { type Event, type EventFilters, type EventPage, eventColumns } from "./schemas.ts";

const byStart = (name: string, descending: boolean): Order<Event> => ({
  name,
  descending,
  keys: [
    { expression: sql`${events.start_at}`, type: "timestamptz", of: (event) => event.start_at },
    { expression: sql`${events.id}`, type: "uuid", of: (event) => event.id },
  ],
});

const SELECTIONS = {
  upcoming: { filter: gt(events.end_at, sql`now()`), order: byStart("soonest", false) },
  past: { filter: lte(events.end_at, sql`now()`), order: byStart("latest", true) },
  all: { filter: undefined, order: byStart("soonest", false) },
};

/** A page of published events. */
export function listPublishedEvents(ctx: Context, { when, ...paging }: EventFilters): Promise<EventPage> {
  const { filter, order } = SELECTIONS[when];
  return ctx.transact((t) =>
    listPage(t, order, () => query.select(eventColumns).from(events), paging, and(events.published, filter)),
  );
}

/** One published event. 404 when there is none or it is a draft. */
export const getPublishedEvent = (ctx: Context, id: string): Promise<Event> =>
  ctx.transact((t) =>
    t.one(
      query
        .select(eventColumns)
        .from(events)
        .where(and(eq(events.id, id), events.published)),
      new Refusal(404, "event_not_found", "There is no such event."),
    ),
  );
