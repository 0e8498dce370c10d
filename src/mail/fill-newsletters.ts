import { inArray } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { contentColumns, type NewsletterContent } from "./newsletter-content.ts";

/** What has its content already is a test. */
const Carries = z.object({ newsletter_id: z.uuid(), content: z.null() });

/**
 * Adds its content to each mail that carries a newsletter, whose row in the outbox holds only the id: 50,000 mails do not
 * store 50,000 copies. One round trip for each newsletter that is not among the `known`.
 */
export async function fillNewsletters(
  ctx: Context,
  mails: { data: Record<string, unknown> }[],
  known: Map<string, NewsletterContent>,
): Promise<void> {
  const idOf = (data: unknown) => Carries.safeParse(data).data?.newsletter_id;
  const ids = [...new Set(mails.flatMap(({ data }) => idOf(data) ?? []))].filter((id) => !known.has(id));
  if (ids.length > 0) {
    const { found } = await ctx.transact((t) => ({
      found: t.many(
        query
          .select({ id: newsletter_archives.id, ...contentColumns })
          .from(newsletter_archives)
          .where(inArray(newsletter_archives.id, ids)),
      ),
    }));
    for (const { id, ...content } of found) known.set(id, content);
  }
  for (const mail of mails) {
    const content = known.get(idOf(mail.data) ?? "");
    if (content) mail.data = { ...mail.data, content };
  }
}
