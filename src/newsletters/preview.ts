import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { type ChangedWords, selectChangedWords } from "../mail/changed-words.ts";
import { contentColumns, type NewsletterContent } from "../mail/newsletter-content.ts";
import { type MailSender, selectMailSender } from "../organisation/organisation.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { email_templates } from "../tables/mail.ts";
import { guardNewsletter, isNewsletter } from "./guards.ts";
import { selectRecipients } from "./recipients.ts";
import type { NewsletterPreview } from "./schemas.ts";
import { eventsIfSentNow } from "./upcoming-events.ts";

/** A newsletter as its mail would look if it went out now, and how many people would get it. 404 without it. */
export async function previewNewsletter(ctx: SignedInContext, newsletter_id: string): Promise<NewsletterPreview> {
  const { content, changed, organisation, recipients } = await ctx.transact((t) => {
    guardNewsletter(t, newsletter_id);
    return {
      content: t.one(
        query
          .select({
            ...contentColumns,
            events: eventsIfSentNow,
          })
          .from(newsletter_archives)
          .where(isNewsletter(newsletter_id)),
      ),
      changed: t.maybe(selectChangedWords().where(eq(email_templates.key, "newsletter"))),
      organisation: t.one(selectMailSender(ctx.settings)),
      recipients: t.one(selectRecipients(ctx.settings, newsletter_id)),
    };
  });
  const mail = await asMail(ctx, { newsletter_id, content }, { organisation, changed: changed ?? undefined });
  return { ...mail, recipients: recipients.count };
}

/** The words of all mails are loaded only for that. */
async function asMail(
  { settings }: SignedInContext,
  data: { newsletter_id: string; content: NewsletterContent },
  around: { organisation: MailSender; changed: ChangedWords | undefined },
) {
  const [{ newsletter }, { composeMail }, { render }] = await Promise.all([
    import("../mail/templates/newsletters.ts"),
    import("../mail/compose.ts"),
    import("../mail/render.ts"),
  ]);
  const letter = composeMail(newsletter, data, { settings, ...around });
  return { subject: letter.subject, ...render(letter, around.organisation) };
}
