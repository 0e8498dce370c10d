import { and, eq, inArray, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import { isNewsletter, lockNewsletter } from "./guards.ts";
import { newsletterHasMailsToGo } from "./stop.ts";

/**
 * Deletes a newsletter, its file and its statistics, also one that was sent: what should not have been written must be gone
 * from the archive. Mails that stopping left, because the provider may have them, are not tried again. 404 without it, 409
 * while it goes out.
 */
export async function deleteNewsletter(ctx: SignedInContext, newsletter_id: string): Promise<Message> {
  await ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    t.guard(
      sql`exists (select from ${newsletter_archives} where ${isNewsletter(newsletter_id)}
        and not ${inArray(newsletter_archives.send_status, ["scheduled", "sending"])}
        and (${eq(newsletter_archives.send_status, "stopped")} or not ${newsletterHasMailsToGo}))`,
      409,
      "newsletter_under_way",
      "This newsletter is going out. Stop it first.",
    );
    t.effect(
      query
        .update(emails)
        .set({ status: "withheld", last_error: "newsletter_deleted" })
        .where(and(eq(emails.newsletter_id, newsletter_id), eq(emails.status, "pending"))),
    );
    t.effect(query.delete(newsletter_archives).where(isNewsletter(newsletter_id)));
  });
  ctx.afterwards(removeUnneededFiles);
  return { message: "The newsletter is deleted." };
}
