import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { invalidInput } from "../http/errors.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { startOfGiven } from "../time/days.ts";
import { selectNewsletter, shown } from "./find.ts";
import { isNewsletter, lockNewsletter } from "./guards.ts";
import { newsletterStatuses, newsletterTag } from "./recipients.ts";
import type { ManagedNewsletter, NewNewsletter, NewsletterChange } from "./schemas.ts";

/** 400 for a link in the text that would lead nowhere in a mail. */
async function requireWorkingLinks({ body }: NewsletterChange): Promise<void> {
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
const columnsOf = ({ recipient_statuses, recipient_tag, published_at, ...columns }: NewsletterChange) => ({
  ...columns,
  ...(published_at !== undefined && { published_at: startOfGiven(published_at) }),
  ...((recipient_statuses !== undefined || recipient_tag !== undefined) && {
    recipients: sql`jsonb_build_object(
      'statuses', ${recipient_statuses ? sql`${JSON.stringify(recipient_statuses)}::jsonb` : newsletterStatuses},
      'tag', ${recipient_tag === undefined ? newsletterTag : sql`${recipient_tag}::text`})`,
  }),
});

/** 400 unless a link, and nothing else, says where it is. */
const guardLocation = (t: Plan, newsletter_id: string): void =>
  t.valid(
    sql`exists (select from ${newsletter_archives} where ${and(
      isNewsletter(newsletter_id),
      sql`(${newsletter_archives.document_location} is not null) = (${newsletter_archives.document_type} is not distinct from 'link')`,
    )})`,
    "document_location",
    "is needed for a link, and only for that",
  );

/** Creates a draft. 400 for a link that would lead nowhere. */
export async function createNewsletter(ctx: SignedInContext, details: NewNewsletter): Promise<ManagedNewsletter> {
  await requireWorkingLinks(details);
  const id = crypto.randomUUID();
  const { recipient_statuses = ["active"], recipient_tag = null, ...others } = details;
  const { recipients: _, ...columns } = columnsOf(others);
  const row = await ctx.transact((t) => {
    t.effect(
      query.insert(newsletter_archives).values({
        ...columns,
        title: details.title,
        id,
        created_by: ctx.user_id,
        recipients: { statuses: recipient_statuses, tag: recipient_tag },
      }),
    );
    guardLocation(t, id);
    return t.one(selectNewsletter(id));
  });
  return shown(ctx, row);
}

/** 409 unless nobody was sent it: people must find in the archive what they got. Lock it first. */
export const guardDraft = (t: Plan, newsletter_id: string): void =>
  t.guard(
    sql`exists (select from ${newsletter_archives} where ${and(isNewsletter(newsletter_id), eq(newsletter_archives.send_status, "draft"))})`,
    409,
    "newsletter_sent",
    "This newsletter was sent, so it can no longer change.",
  );

/** Edits a draft. 400 for a link that would lead nowhere, 404 without it, 409 once it was sent. */
export async function editNewsletter(
  ctx: SignedInContext,
  newsletter_id: string,
  change: NewsletterChange,
): Promise<ManagedNewsletter> {
  await requireWorkingLinks(change);
  const row = await ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    guardDraft(t, newsletter_id);
    t.effect(
      query
        .update(newsletter_archives)
        .set({
          ...columnsOf(change),
          // A PDF that is no longer meant goes. The events were those of a test.
          ...(change.document_type !== undefined && change.document_type !== "upload" && { file_id: null }),
          events: null,
        })
        .where(isNewsletter(newsletter_id)),
    );
    guardLocation(t, newsletter_id);
    return t.one(selectNewsletter(newsletter_id));
  });
  return shown(ctx, row);
}
