import { eq, type SQL, sql } from "drizzle-orm";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import type { NewsletterStatistics } from "./schemas.ts";

const { id } = newsletter_archives;

const mailsThat = (which: SQL) => sql`count(*) filter (where ${which})`;

const mails = sql`(select case when count(*) > 0 then jsonb_build_object(
    'pending', ${mailsThat(sql`${emails.status} = 'pending'`)}, 'sent', ${mailsThat(sql`${emails.status} = 'sent'`)},
    'failed', ${mailsThat(sql`${emails.status} = 'failed'`)}, 'withheld', ${mailsThat(sql`${emails.status} = 'withheld'`)},
    'bounced', ${mailsThat(sql`${emails.feedback} = 'bounced'`)}, 'complained', ${mailsThat(sql`${emails.feedback} = 'complained'`)}) end
  from ${emails} where ${eq(emails.newsletter_id, id)})`;

/** What became of a row of `newsletter_archives`. */
export const newsletterStatistics = sql<NewsletterStatistics>`(
  select jsonb_build_object('recipients', count(*), 'queued', count(${newsletter_recipients.queued_at}),
    'unsubscribed', count(${newsletter_recipients.unsubscribed_at}), 'emails', ${mails})
  from ${newsletter_recipients} where ${eq(newsletter_recipients.newsletter_id, id)})`;
