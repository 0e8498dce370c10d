import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type NEWSLETTER_OUTCOMES, newsletter_recipients } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";

/** What becomes of a newsletter's mail. */
export type NewsletterOutcome = "pending" | (typeof NEWSLETTER_OUTCOMES)[number];

/** A person gets one mail of a newsletter, however often it is sent: a mail that never went out is sent after all. */
export const newsletterMailKey = (newsletter_id: SQLWrapper, user_id: SQLWrapper): SQL =>
  sql`'newsletter:' || ${newsletter_id} || ':' || ${user_id}`;

/** Whether a row of `emails` is that of a row of `newsletter_recipients`. */
export const isMailOfRecipient: SQL = sql`(${emails.newsletter_id} = ${newsletter_recipients.newsletter_id}
  and ${emails.dedupe_key} = ${newsletterMailKey(newsletter_recipients.newsletter_id, newsletter_recipients.user_id)})`;

/** What became of a row of `emails`. The provider knows better than we do: it may have sent what we gave up on. */
export const mailOutcome = sql<NewsletterOutcome>`(case
  when ${emails.status} = 'pending' then 'pending'
  when ${emails.feedback} = 'delivered' then 'sent'
  else coalesce(${emails.feedback}, ${emails.status}) end)`;

/** Whether a row of `emails` will not go out by itself, and did not. */
export const mailDidNotGoOut: SQL = sql`(${mailOutcome} in ('failed', 'withheld'))`;

/** Rows of `newsletter_recipients`, each with its row of `emails` as long as the outbox keeps that. */
export const recipientsWithMails: SQL = sql`${newsletter_recipients} left join ${emails} on ${isMailOfRecipient}`;

/** What became of the mail of a row of {@link recipientsWithMails}. Null before it is written, and where nobody knows. */
export const recipientOutcome = sql<NewsletterOutcome | null>`coalesce(${mailOutcome}, ${newsletter_recipients.outcome})`;
