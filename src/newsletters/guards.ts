import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { newsletter_archives } from "../tables/documents.ts";

export const NEWSLETTER_NOT_FOUND = [404, "newsletter_not_found", "There is no such newsletter."] as const;

export const isNewsletter = (newsletter_id: string): SQL => eq(newsletter_archives.id, newsletter_id);

/** Locks a newsletter: whoever sends, stops, edits or deletes it, and the job, wait for each other. 404 without it. */
export const lockNewsletter = (t: Plan, newsletter_id: string): void =>
  t.guard(
    sql`(select ${newsletter_archives.id} from ${newsletter_archives} where ${isNewsletter(newsletter_id)} for no key update) is not null`,
    ...NEWSLETTER_NOT_FOUND,
  );

/** 404 without such a newsletter. */
export const guardNewsletter = (t: Plan, newsletter_id: string): void =>
  t.guard(
    sql`exists (select from ${newsletter_archives} where ${isNewsletter(newsletter_id)})`,
    ...NEWSLETTER_NOT_FOUND,
  );

/** 409 unless there is something written here that can be mailed. */
export const guardWritten = (t: Plan, newsletter_id: string): void =>
  t.guard(
    sql`exists (select from ${newsletter_archives} where ${and(isNewsletter(newsletter_id), isNull(newsletter_archives.document_type), sql`${newsletter_archives.body} <> ''`)})`,
    409,
    "newsletter_not_written",
    "Only a newsletter that is written here can be emailed, and this one is not.",
  );
