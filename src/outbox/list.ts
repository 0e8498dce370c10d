import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst } from "../http/pagination.ts";
import { type MailHealth, selectMailDays, selectMailPace, selectWaitingMails } from "../mail/health.ts";
import { emails } from "../tables/mail.ts";
import { matching } from "./matching.ts";
import type { OutboxFilters, OutboxPage } from "./schemas.ts";

/** Mails as {@link OutboxMail} shows them. */
export const selectMails = () =>
  query
    .select({
      id: emails.id,
      template: emails.template,
      lane: emails.lane,
      to_email: emails.to_email,
      user_id: emails.user_id,
      status: emails.status,
      attempts: emails.attempts,
      next_attempt_at: sql<
        string | null
      >`case when ${emails.status} = 'pending' then ${emails.next_attempt_at} end`.mapWith(emails.next_attempt_at),
      last_error: emails.last_error,
      sent_at: emails.sent_at,
      feedback: emails.feedback,
      feedback_at: emails.feedback_at,
      created_at: emails.created_at,
    })
    .from(emails);

/** A page of the outbox, newest first, with how many mails match in all. */
export const listOutbox = (ctx: SignedInContext, filters: OutboxFilters): Promise<OutboxPage> =>
  ctx.transact((t) => listPageWithTotal(t, newestFirst(emails), selectMails, filters, matching(filters)));

/** How sending has gone in the last days, and what waits. */
export const readMailHealth = (ctx: SignedInContext): Promise<MailHealth> =>
  ctx.transact((t) =>
    t.combine(
      { days: t.many(selectMailDays()), waiting: t.many(selectWaitingMails()), pace: t.one(selectMailPace()) },
      ({ days, waiting, pace }) => ({ days, waiting, ...pace }),
    ),
  );
