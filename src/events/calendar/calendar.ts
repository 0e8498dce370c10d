import { etagOf } from "../../http/etag.ts";
import { Download } from "../../http/route.ts";
import type { events } from "../../tables/events.ts";

/** The type of file that calendars read. */
export const CALENDAR = { file_type: "text/calendar; charset=utf-8" } as const;

type Stored = Pick<
  typeof events.$inferSelect,
  "id" | "start_at" | "end_at" | "sequence" | "cancelled_at" | "updated_at"
>;

/** An event in a calendar, as its reader may know it. */
export interface CalendarEvent extends Stored {
  title: string;
  description: string | null;
  location: string | null;
  online_url: string | null;
  /** Whether the reader may not come. */
  tentative: boolean;
}

/**
 * A calendar as a file (RFC 5545), in UTC. An event keeps its UID, and says how often it changed. The same events make the
 * same file, so that the ETag names them.
 */
export async function calendarFile(name: string, found: readonly CalendarEvent[]): Promise<Download> {
  // Few requests need it, and loading it takes time.
  const { default: ical, ICalEventStatus } = await import("ical-generator");
  const calendar = ical({ name, prodId: { company: "LOAF", product: "Events", language: "EN" }, ttl: 3600 });
  for (const { id, start_at, end_at, title, updated_at, cancelled_at, tentative, ...event } of found)
    calendar.createEvent({
      id: `${id}@events.loaf`,
      sequence: event.sequence,
      start: new Date(start_at),
      end: new Date(end_at),
      stamp: new Date(updated_at),
      summary: title,
      description: event.description || null,
      location: event.location,
      url: event.online_url,
      status: cancelled_at
        ? ICalEventStatus.CANCELLED
        : tentative
          ? ICalEventStatus.TENTATIVE
          : ICalEventStatus.CONFIRMED,
    });
  const content = new Uint8Array(new TextEncoder().encode(calendar.toString()));
  return new Download("events.ics", content, await etagOf(content));
}
