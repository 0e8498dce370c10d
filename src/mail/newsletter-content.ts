import { sql } from "drizzle-orm";
import * as z from "zod";
import { newsletter_archives } from "../tables/documents.ts";

/** An event that a newsletter lists: only what everybody may know. */
export const NewsletterEvent = z.object({
  title: z.string(),
  start_at: z.string(),
  /** Null: the organization's. */
  time_zone: z.string().nullable(),
  location: z.string().nullable(),
});
export type NewsletterEvent = z.infer<typeof NewsletterEvent>;

/** What a newsletter says, to everybody the same. */
export const NewsletterContent = z.object({
  title: z.string(),
  subject: z.string().nullable(),
  /** Markdown. */
  body: z.string(),
  events: z.array(NewsletterEvent),
});
export type NewsletterContent = z.infer<typeof NewsletterContent>;

/** The columns of {@link NewsletterContent}, with the events as they were when it went out. */
export const contentColumns = {
  title: newsletter_archives.title,
  subject: newsletter_archives.subject,
  body: newsletter_archives.body,
  events: sql<
    NewsletterEvent[]
  >`case when ${newsletter_archives.shows_events} then coalesce(${newsletter_archives.events}, '[]') else '[]' end`,
};
