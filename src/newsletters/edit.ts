import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { selectNewsletter, shown } from "./find.ts";
import { isNewsletter, lockNewsletter } from "./guards.ts";
import { guardLocation, newsletterColumnsOf, requireWorkingLinks } from "./rules.ts";
import type { ManagedNewsletter, NewsletterChange } from "./schemas.ts";

/** 409 unless nobody was sent it: people must find in the archive what they got. Lock it first. */
const guardDraft = (t: Plan, newsletter_id: string): void =>
  t.guard(
    sql`exists (select from ${newsletter_archives} where ${and(isNewsletter(newsletter_id), eq(newsletter_archives.send_status, "draft"))})`,
    409,
    "newsletter_sent",
    "This newsletter was sent, so only `published_at` can still change.",
  );

/**
 * Edits a draft. Once it was sent, only when it is in the archive can change. 400 for a link that would lead nowhere, 404
 * without it, 409 for any other change to one that was sent.
 */
export async function editNewsletter(
  ctx: SignedInContext,
  newsletter_id: string,
  change: NewsletterChange,
): Promise<ManagedNewsletter> {
  await requireWorkingLinks(change);
  const row = await ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    const fields = Object.keys(change);
    if (fields.some((field) => field !== "published_at")) guardDraft(t, newsletter_id);
    const columns = {
      ...newsletterColumnsOf(change),
      // A PDF that is no longer meant goes.
      ...(change.document_type !== undefined && change.document_type !== "upload" && { file_id: null }),
    };
    if (fields.length > 0) t.effect(query.update(newsletter_archives).set(columns).where(isNewsletter(newsletter_id)));
    guardLocation(t, newsletter_id);
    return t.one(selectNewsletter(newsletter_id));
  });
  ctx.afterwards(removeUnneededFiles);
  return shown(ctx, row);
}
