import { eq, type SQL, sql } from "drizzle-orm";
import { type NewsletterOutcome, recipientOutcome, recipientsWithMails } from "../mail/newsletter-outcome.ts";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import type { NewsletterStatistics } from "./schemas.ts";

const { newsletter_id, queued_at, unsubscribed_at } = newsletter_recipients;

const recipients: SQL = sql`(select ${queued_at}, ${unsubscribed_at}, ${recipientOutcome} as outcome
  from ${recipientsWithMails} where ${eq(newsletter_id, newsletter_archives.id)})`;

const mails = (...outcomes: NewsletterOutcome[]): SQL => sql`count(*) filter (where outcome in ${outcomes})`;

/** What became of a row of `newsletter_archives`. A mail that bounced, or that somebody complained about, was sent. */
export const newsletterStatistics = sql<NewsletterStatistics>`(
  select jsonb_build_object('recipients', count(*), 'queued', count(queued_at), 'unsubscribed', count(unsubscribed_at),
    'emails', case when count(outcome) > 0 then jsonb_build_object(
      'pending', ${mails("pending")}, 'sent', ${mails("sent", "bounced", "complained")}, 'failed', ${mails("failed")},
      'withheld', ${mails("withheld")}, 'bounced', ${mails("bounced")}, 'complained', ${mails("complained")}) end)
  from ${recipients} as recipient)`;
