import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { selectNewsletter, shown } from "./find.ts";
import { guardLocation, newsletterColumnsOf, requireWorkingLinks } from "./rules.ts";
import type { ManagedNewsletter, NewNewsletter } from "./schemas.ts";

/** Creates a draft. 400 for a link that would lead nowhere. */
export async function createNewsletter(ctx: SignedInContext, details: NewNewsletter): Promise<ManagedNewsletter> {
  await requireWorkingLinks(details);
  const id = crypto.randomUUID();
  const { recipient_statuses = ["active"], recipient_tag = null, ...others } = details;
  const { recipients: _, ...columns } = newsletterColumnsOf(others);
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
