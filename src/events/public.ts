import { and, eq, gt, lte, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { after, by, type Order, toPage } from "../http/pagination.ts";
import type { Event, EventFilters, EventPage } from "./schemas.ts";
import { events } from "./tables.ts";

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

const columns = {
  id: events.id,
  title: events.title,
  description: events.description,
  location: events.location,
  start_at: events.start_at,
  end_at: events.end_at,
  capacity: events.capacity,
};

/** A page of published events. */
export async function listPublishedEvents(ctx: Context, { when, limit, cursor }: EventFilters): Promise<EventPage> {
  const { filter, order } = SELECTIONS[when];
  const [rows] = await ctx.transact(
    many(
      query
        .select(columns)
        .from(events)
        .where(and(events.published, filter, after(order, cursor)))
        .orderBy(...by(order))
        .limit(limit + 1),
    ),
  );
  return toPage(order, rows, limit);
}

/** One published event; a draft is as good as none. */
export async function findPublishedEvent(ctx: Context, id: string): Promise<Event> {
  const [event] = await ctx.transact(
    one(
      query
        .select(columns)
        .from(events)
        .where(and(eq(events.id, id), events.published)),
      new Refusal(404, "event_not_found", "There is no such event."),
    ),
  );
  return event;
}
