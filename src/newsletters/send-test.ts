import { and, eq, sql } from "drizzle-orm";
import { toPerson } from "../accounts/address.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { guardWritten, isNewsletter, lockNewsletter } from "./guards.ts";
import { upcomingEvents } from "./upcoming-events.ts";

/** Mails a newsletter to the volunteer who asks, as it is now. 404 without it, 409 if nothing is written. */
export const sendTest = (ctx: SignedInContext, newsletter_id: string): Promise<Message> =>
  ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    guardWritten(t, newsletter_id);
    t.effect(
      query
        .update(newsletter_archives)
        .set({ events: upcomingEvents })
        .where(and(isNewsletter(newsletter_id), eq(newsletter_archives.send_status, "draft"))),
    );
    t.mail("newsletter_test", {
      ...toPerson(ctx.user_id),
      data: { newsletter_id: sql<string>`${newsletter_id}::text`, content: sql<null>`null` },
    });
    return { message: "The newsletter is on its way to you." };
  });
