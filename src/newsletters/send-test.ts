import { sql } from "drizzle-orm";
import { toPerson } from "../accounts/address.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import type { NewsletterContent } from "../mail/newsletter-content.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { guardWritten, isNewsletter, lockNewsletter } from "./guards.ts";
import { eventsIfSentNow } from "./upcoming-events.ts";

const { title, subject, body } = newsletter_archives;

/** Mails a newsletter to the volunteer who asks, as it is now. 404 without it, 409 if nothing is written. */
export const sendTest = (ctx: SignedInContext, newsletter_id: string): Promise<Message> =>
  ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    guardWritten(t, newsletter_id);
    const content = query
      .select({
        content: sql`jsonb_build_object('title', ${title}, 'subject', ${subject}, 'body', ${body}, 'events', ${eventsIfSentNow})`,
      })
      .from(newsletter_archives)
      .where(isNewsletter(newsletter_id));
    t.mail("newsletter_test", {
      ...toPerson(ctx.user_id),
      // The mail carries what it says: the newsletter itself keeps nothing of a test.
      data: { newsletter_id: sql<string>`${newsletter_id}::text`, content: sql<NewsletterContent>`(${content})` },
    });
    return { message: "The newsletter is on its way to you." };
  });
