import * as z from "zod";
import { Paging, pageOf } from "../http/pagination.ts";
import { Instant } from "../http/schemas.ts";

/** A published event, as anybody sees it. */
export const Event = z
  .object({
    id: z.uuid(),
    title: z.string(),
    description: z.string(),
    location: z.string(),
    start_at: Instant,
    end_at: Instant,
    capacity: z.int().nullable().describe("Seats; null where there is no limit"),
  })
  .meta({ id: "Event" });
export type Event = z.infer<typeof Event>;

export const EventFilters = Paging.extend({
  when: z
    .enum(["upcoming", "past", "all"])
    .default("upcoming")
    .describe("Upcoming (running ones too) and all: soonest first. Past: latest first."),
});
export type EventFilters = z.infer<typeof EventFilters>;

export const EventPage = pageOf(Event).meta({ id: "EventPage" });
export type EventPage = z.infer<typeof EventPage>;
