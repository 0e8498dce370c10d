import { and, asc, eq, isNull, lte, notExists, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Report } from "../jobs/run.ts";
import { isMailOfRecipient, mailDidNotGoOut, newsletterMailKey } from "../mail/newsletter-outcome.ts";
import { insertMail } from "../mail/outbox.ts";
import { outsideQuietHours } from "../mail/quiet-hours.ts";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { isNewsletter } from "./guards.ts";
import { isRecipientOf, personTakesNewsletters } from "./recipients.ts";
import { eventsIfSentNow } from "./upcoming-events.ts";

/** For how many people one transaction writes mails, and how many transactions one look runs. */
const CHUNK = 500;
const CHUNKS = 20;

/** When a recipient gets it: now, or in the morning where it is night for them. */
const MORNING = outsideQuietHours(sql`now()`);

const isSending = eq(newsletter_archives.send_status, "sending");

/**
 * Writes the mails of newsletters whose time has come to the outbox, some at a time, and rings again if any are left. It may
 * be killed at any moment, and any number of these may run: each part locks its newsletter, and nobody gets two mails.
 */
export async function continueNewsletters(ctx: Context): Promise<Report> {
  const due = await beginDue(ctx);
  let queued = 0;
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    const [next] = due;
    if (!next) break;
    const people = await queueSome(ctx, next.id);
    queued += people;
    if (people < CHUNK) due.shift();
  }
  if (queued > 0) await ctx.ring("mail");
  if (due.length > 0) await ctx.ring("newsletter");
  return { queued };
}

/** Begins what is due: its events become what they are now, and members find it in the archive. Returns all that go out. */
async function beginDue(ctx: Context): Promise<{ id: string }[]> {
  const { due } = await ctx.transact((t) => {
    t.effect(
      query
        .update(newsletter_archives)
        .set({
          send_status: "sending",
          published_at: sql`least(${newsletter_archives.published_at}, now())`,
          events: eventsIfSentNow,
        })
        .where(and(eq(newsletter_archives.send_status, "scheduled"), lte(newsletter_archives.send_at, sql`now()`))),
    );
    return {
      due: t.many(
        query
          .select({ id: newsletter_archives.id })
          .from(newsletter_archives)
          .where(isSending)
          .orderBy(asc(newsletter_archives.send_at), asc(newsletter_archives.id)),
      ),
    };
  });
  return due;
}

/** Writes the mails of the next people in line. Returns how many people that were: fewer than a chunk once all had their turn. */
async function queueSome(ctx: Context, newsletter_id: string): Promise<number> {
  const recipients = isRecipientOf(newsletter_id);
  const waiting = and(recipients, isNull(newsletter_recipients.queued_at));
  const may_go: SQL = sql`exists (select from ${newsletter_archives} where ${and(isNewsletter(newsletter_id), isSending)})`;
  const are_next = and(recipients, eq(newsletter_recipients.queued_at, sql`now()::timestamptz(3)`));
  const { chunk } = await ctx.transact((t) => {
    t.effect(
      query
        .select({ id: newsletter_archives.id })
        .from(newsletter_archives)
        .where(isNewsletter(newsletter_id))
        .for("no key update"),
    );
    const chunk = t.one(
      query.execute<{ people: number }>(sql`
        with chosen as (
          update ${newsletter_recipients} set queued_at = now(), outcome = null where ${recipients} and user_id in (
            select user_id from ${newsletter_recipients} where ${waiting} and ${may_go} order by user_id limit ${CHUNK})
          returning 1)
        select count(*)::int as people from chosen`),
    );
    // They changed their mind, or their address, since it was sent.
    t.effect(
      query.execute(sql`
        delete from ${newsletter_recipients} where ${are_next} and not exists (
          select from ${users} where ${users.id} = ${newsletter_recipients.user_id} and ${personTakesNewsletters(ctx.settings)})`),
    );
    // A mail that did not go out before is sent after all, instead of a second one.
    t.effect(
      query.execute(sql`
        update ${emails} set status = 'pending', attempts = 0, next_attempt_at = ${MORNING}, last_error = null, batch_id = null,
          to_email = ${users.email}
        from ${newsletter_recipients} join ${users} on ${eq(users.id, newsletter_recipients.user_id)}
        where ${are_next} and ${isMailOfRecipient} and ${mailDidNotGoOut}`),
    );
    t.effect(
      insertMail("newsletter", {
        to: mailableAddress,
        user_id: users.id,
        newsletter_id: newsletter_recipients.newsletter_id,
        data: { newsletter_id: sql<string>`${newsletter_recipients.newsletter_id}`, content: sql<null>`null` },
        from: sql`from ${newsletter_recipients} join ${users} on ${eq(users.id, newsletter_recipients.user_id)} where ${are_next}`,
        once: newsletterMailKey(newsletter_recipients.newsletter_id, users.id),
        not_before: MORNING,
      }),
    );
    t.effect(
      query
        .update(newsletter_archives)
        .set({ send_status: "sent" })
        .where(
          and(
            isNewsletter(newsletter_id),
            isSending,
            notExists(query.select({ id: newsletter_recipients.user_id }).from(newsletter_recipients).where(waiting)),
          ),
        ),
    );
    return { chunk };
  });
  return chunk.people;
}
