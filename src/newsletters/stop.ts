import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { recipientOutcome, recipientsWithMails } from "../mail/newsletter-outcome.ts";
import { lockPace } from "../mail/pace.ts";
import { providerLacksIt } from "../mail/refused.ts";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import { isNewsletter, lockNewsletter } from "./guards.ts";
import { isRecipientOf } from "./recipients.ts";
import type { StoppedNewsletter } from "./schemas.ts";

/** Whether a row of `newsletter_archives` has mails in the outbox that have not gone out. */
export const newsletterHasMailsToGo: SQL = sql`exists (
  select from ${emails} where ${emails.newsletter_id} = ${newsletter_archives.id} and ${emails.status} = 'pending')`;

/**
 * Stops a newsletter for everybody whose mail the provider certainly does not have. If that is everybody, it is a draft
 * again. Otherwise it leaves the archive: whoever stops what is going out does not want it read. 404 without it, 409 if
 * nothing is left to stop.
 */
export const stopNewsletter = (ctx: SignedInContext, newsletter_id: string): Promise<StoppedNewsletter> => {
  const mails = eq(emails.newsletter_id, newsletter_id);
  const waiting = and(mails, eq(emails.status, "pending"), providerLacksIt);
  const was_reached = sql`(exists (select from ${emails} where ${mails})
    or exists (select from ${newsletter_recipients} where ${and(isRecipientOf(newsletter_id), or(isNotNull(newsletter_recipients.queued_at), isNotNull(newsletter_recipients.outcome)))}))`;
  return ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    // No delivery claims or settles meanwhile, so a batch is withdrawn as a whole.
    t.effect(lockPace());
    t.guard(
      sql`exists (select from ${newsletter_archives} where ${and(
        isNewsletter(newsletter_id),
        or(inArray(newsletter_archives.send_status, ["scheduled", "sending"]), newsletterHasMailsToGo),
      )})`,
      409,
      "newsletter_not_under_way",
      "Nothing of this newsletter is still to go out.",
    );
    const withdrawn = t.one(
      query.execute<{ count: number }>(sql`
        with withdrawn as (delete from ${emails} where ${waiting} returning user_id),
        waiting_again as (
          update ${newsletter_recipients} set queued_at = null
          where ${isRecipientOf(newsletter_id)} and user_id in (select user_id from withdrawn))
        select count(*)::int as count from withdrawn`),
    );
    t.effect(
      query.execute(sql`
        update ${newsletter_archives} set
          send_status = case when reached then 'stopped' else 'draft' end,
          send_at = case when reached then send_at end,
          stopped_at = case when reached then now() end,
          -- Sending put it into the archive, or is about to.
          published_at = case when send_status = 'scheduled' or (not reached and published_at < send_at) then published_at end,
          events = case when reached then events end
        from (select ${was_reached} as reached) as outcome
        where ${isNewsletter(newsletter_id)}`),
    );
    // Nobody has it, so it may become another one, for others.
    t.effect(
      query.execute(sql`
        delete from ${newsletter_recipients} where ${isRecipientOf(newsletter_id)} and exists (
          select from ${newsletter_archives} where ${isNewsletter(newsletter_id)} and ${newsletter_archives.send_status} = 'draft')`),
    );
    const now = t.one(
      query
        .select({
          send_status: newsletter_archives.send_status,
          handed_over: sql<number>`(select count(*)::int from ${recipientsWithMails}
            where ${isRecipientOf(newsletter_id)} and ${recipientOutcome} not in ('failed', 'withheld'))`,
        })
        .from(newsletter_archives)
        .where(isNewsletter(newsletter_id)),
    );
    return t.combine({ now, withdrawn }, ({ now, withdrawn }) => ({ ...now, withdrawn: withdrawn.count }));
  });
};
