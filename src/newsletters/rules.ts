import { and, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { invalidInput } from "../http/errors.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { startOfGiven } from "../time/days.ts";
import { isNewsletter } from "./guards.ts";
import { newsletterStatuses, newsletterTag } from "./recipients.ts";
import type { NewsletterChange } from "./schemas.ts";

/** 400 for a link in the text that would lead nowhere in a mail. */
export async function requireWorkingLinks({ body }: NewsletterChange): Promise<void> {
  if (!body) return;
  const { brokenLinks } = await import("../mail/markdown.ts");
  const [broken] = brokenLinks(body);
  if (broken !== undefined)
    throw invalidInput([
      {
        path: "body",
        message: `must have only links that begin with https://, http:// or mailto:${broken && `, not ${broken}`}`,
      },
    ]);
}

/** The columns that a change sets. What is undefined stays. */
export const newsletterColumnsOf = ({
  recipient_statuses,
  recipient_tag,
  published_at,
  ...columns
}: NewsletterChange) => ({
  ...columns,
  ...(published_at !== undefined && { published_at: startOfGiven(published_at) }),
  ...((recipient_statuses !== undefined || recipient_tag !== undefined) && {
    recipients: sql`jsonb_build_object(
      'statuses', ${recipient_statuses ? sql`${JSON.stringify(recipient_statuses)}::jsonb` : newsletterStatuses},
      'tag', ${recipient_tag === undefined ? newsletterTag : sql`${recipient_tag}::text`})`,
  }),
});

/** 400 unless a link, and nothing else, says where it is. */
export const guardLocation = (t: Plan, newsletter_id: string): void =>
  t.valid(
    sql`exists (select from ${newsletter_archives} where ${and(
      isNewsletter(newsletter_id),
      sql`(${newsletter_archives.document_location} is not null) = (${newsletter_archives.document_type} is not distinct from 'link')`,
    )})`,
    "document_location",
    "is needed for a link, and only for that",
  );
