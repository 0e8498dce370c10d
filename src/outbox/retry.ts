import { eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { hasDeadLink } from "../mail/withhold.ts";
import { emails } from "../tables/mail.ts";
import { selectMails } from "./list.ts";
import type { OutboxMail } from "./schemas.ts";
import { decideAnew, TRIED_ANEW } from "./tried-anew.ts";

/**
 * Sends a mail that we gave up on, or that we withheld. What is still in its way withholds it again. 404 if there is no
 * such mail, 409 if it was sent or waits to be sent, or if its link has expired.
 */
export const retryMail = (ctx: SignedInContext, id: string): Promise<OutboxMail> =>
  ctx.transact((t) => {
    const mail = eq(emails.id, id);
    t.effect(query.select({ id: emails.id }).from(emails).where(mail).for("update"));
    t.guard(sql`exists (select from ${emails} where ${mail})`, 404, "mail_not_found", "There is no such email.");
    t.guard(
      sql`exists (select from ${emails} where ${mail} and ${emails.status} <> 'pending')`,
      409,
      "already_waiting",
      "This email is waiting, and will go out by itself when it is due.",
    );
    t.guard(
      sql`exists (select from ${emails} where ${mail} and ${emails.status} <> 'sent')`,
      409,
      "already_sent",
      "This email was sent.",
    );
    t.guard(
      sql`exists (select from ${emails} where ${mail} and not ${hasDeadLink})`,
      409,
      "mail_link_expired",
      "The link in this email no longer works. The person has to ask for a new one.",
    );
    t.mailsDue(
      query.execute(sql`
        update ${emails} set ${TRIED_ANEW}
        where ${mail} and ${emails.status} in ('failed', 'withheld')`),
    );
    t.effect(query.execute(decideAnew(sql`${id}`)));
    return t.one(selectMails().where(mail), new Refusal(404, "mail_not_found", "There is no such email."));
  });
