import { sql } from "drizzle-orm";
import { placeFor } from "../events/place.ts";
import type { NewsletterEvent } from "../mail/newsletter-content.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { events } from "../tables/events.ts";

const MOST_EVENTS = 10;

/** The place, as a stranger may know it. */
const { location } = placeFor(sql`null::uuid`, sql`null::rsvpstatus`);

/** The events that are coming up, as a JSON array: only what everybody may know. */
const upcomingEvents = sql<NewsletterEvent[]>`(
  select coalesce(jsonb_agg(event.facts order by event.start_at, event.id), '[]')
  from (select ${events.id}, ${events.start_at}, jsonb_build_object(
      'title', ${events.title}, 'start_at', ${events.start_at}, 'time_zone', ${events.time_zone}, 'location', ${location}) as facts
    from ${events} where ${events.published} and ${events.cancelled_at} is null and ${events.start_at} > now()
    order by ${events.start_at}, ${events.id} limit ${MOST_EVENTS}) as event)`;

/**
 * The events of a row of `newsletter_archives` as its mail would list them now: those that it went out with, so that
 * those who get it later read the same, and before that those that are coming up.
 */
export const eventsIfSentNow = sql<NewsletterEvent[]>`(case when ${newsletter_archives.shows_events} then
  coalesce(case when ${newsletter_archives.send_status} <> 'draft' then ${newsletter_archives.events} end, ${upcomingEvents}) else '[]' end)`;
