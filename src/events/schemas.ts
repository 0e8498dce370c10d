import * as z from "zod";
import { Paging, pageOf } from "../http/pagination.ts";
import { Instant } from "../http/schemas.ts";
import { events } from "../tables/events.ts";

/** A published event, as everyone sees it. */
export const Event = z
  .object({
    id: z.uuid(),
    title: z.string(),
    description: z.string(),
    location: z.string(),
    start_at: Instant,
    end_at: Instant,
    capacity: z.int().nullable().describe("Number of seats, or null if unlimited"),
  })
  .meta({ id: "Event" });
export type Event = z.infer<typeof Event>;

export const eventColumns = {
  id: events.id,
  title: events.title,
  description: events.description,
  location: events.location,
  start_at: events.start_at,
  end_at: events.end_at,
  capacity: events.capacity,
};

export const EventFilters = Paging.extend({
  when: z
    .enum(["upcoming", "past", "all"])
    .default("upcoming")
    .describe(
      "`upcoming` includes events that are under way. `upcoming` and `all` are soonest first, `past` is latest first.",
    ),
});
export type EventFilters = z.infer<typeof EventFilters>;

export const EventPage = pageOf(Event).meta({ id: "EventPage" });
export type EventPage = z.infer<typeof EventPage>;
