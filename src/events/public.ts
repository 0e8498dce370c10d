import { and, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { listPage, type Order } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { event_rsvps, events, eventText } from "../tables/events.ts";
import { isWithin } from "../time/days.ts";
import { EVENT_NOT_FOUND } from "./find.ts";
import { type Event, type EventFilters, type EventPage, eventColumns, joinAnswer } from "./schemas.ts";

export const byStart = (name: string, descending: boolean): Order<{ start_at: string; id: string }> => ({
  name,
  descending,
  keys: [
    { expression: sql`${events.start_at}`, type: "timestamptz", of: (event) => event.start_at },
    { expression: sql`${events.id}`, type: "uuid", of: (event) => event.id },
  ],
});

export const SELECTIONS = {
  upcoming: { filter: gt(events.end_at, sql`now()`), order: byStart("soonest", false) },
  past: { filter: lte(events.end_at, sql`now()`), order: byStart("latest", true) },
  all: { filter: undefined, order: byStart("soonest", false) },
};

/** Whether a row of `events` matches the filters. A search never looks at the place, which may be hidden. */
export const eventMatches = ({ search, tag, from, to }: Partial<EventFilters>): SQL | undefined =>
  and(
    search ? contains(eventText(events), search) : undefined,
    tag ? sql`${events.tags} @> array[${tag.toLowerCase()}]` : undefined,
    isWithin(events.start_at, { from, to }),
  );

const selectEvents = (ctx: Context | SignedInContext) => {
  const viewer = "user_id" in ctx ? ctx.user_id : null;
  return query.select(eventColumns(ctx.settings, viewer)).from(events).leftJoin(event_rsvps, joinAnswer(viewer));
};

/** A page of published events. */
export function listPublishedEvents(
  ctx: Context | SignedInContext,
  { limit, cursor, ...filters }: EventFilters,
): Promise<EventPage> {
  const { from, to, when = from || to ? "all" : "upcoming" } = filters;
  const { filter, order } = SELECTIONS[when];
  const shown = and(events.published, filter, eventMatches(filters));
  return ctx.transact((t) => listPage(t, order, () => selectEvents(ctx), { limit, cursor }, shown));
}

/** One published event. 404 when there is none or it is a draft. */
export const getPublishedEvent = (ctx: Context | SignedInContext, id: string): Promise<Event> =>
  ctx.transact((t) =>
    t.one(selectEvents(ctx).where(and(eq(events.id, id), events.published)), new Refusal(...EVENT_NOT_FOUND)),
  );
