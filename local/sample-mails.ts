import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import type { Claimed } from "../src/mail/claim.ts";
import { selectChangedWords } from "../src/mail/compose.ts";
import { laneOf } from "../src/mail/lanes.ts";
import { makeMail } from "../src/mail/make.ts";
import { addressMark } from "../src/mail/pay-link.ts";
import type { RenderedMail } from "../src/mail/providers/provider.ts";
import { PROVIDERS } from "../src/mail/providers/providers.ts";
import { TEMPLATES, type TemplateKey } from "../src/mail/templates.ts";
import { selectMailSender } from "../src/organisation/organisation.ts";
import { events } from "../src/tables/events.ts";
import { emails } from "../src/tables/mail.ts";
import { users } from "../src/tables/people.ts";
import { SAMPLE } from "./sample-ids.ts";

const HOUR = 3_600_000;
/** Hours between two mails, and from a mail to what it announces. */
const HOURS_APART = 11;
const HOURS_AHEAD = 14 * 24;

/** Who gets a mail that would make no sense to Ada, who gets all others. */
const RECIPIENTS: Partial<Record<TemplateKey, string>> = {
  application_waiting: "volunteer@loaf.test",
  applications_overdue: "volunteer@loaf.test",
  approval: "approved@loaf.test",
  card_expiring: "yearly@loaf.test",
  event_for_newcomers: "waiting@loaf.test",
  jobs_late: "volunteer@loaf.test",
  membership_cancelled: "canceled@loaf.test",
  membership_ended: "former@loaf.test",
  past_due_reminder: "past.due@loaf.test",
  payment_prompt: "approved@loaf.test",
  payment_reminder: "approved@loaf.test",
  payment_unplaced: "finance@loaf.test",
  photo_taken_down: "volunteer@loaf.test",
  reconsidered: "met@loaf.test",
  refund_undelivered: "finance@loaf.test",
  rejection: "rejected@loaf.test",
  renewal_reminder: "yearly@loaf.test",
  verification: "unverified@loaf.test",
  verification_reminder: "unverified@loaf.test",
};
const ADA = "active@loaf.test";

/** An invitation to an address that was not accepted. */
const UNSENT = {
  id: SAMPLE.mail.failed,
  template: "invitation",
  to_email: "misspelled@loaf",
  data: TEMPLATES.invitation.sample,
  status: "failed",
  attempts: 1,
  last_error: "422 validation_error",
  dedupe_key: "sample: unsent",
} as const;

/** The fields of samples whose instant has passed when the mail is written. */
const PAST = new Set(["changed_at", "ended_at", "paid_at", "refunded_at", "signed_in_at"]);
const INSTANT = /^\d{4}-\d\d-\d\dT/;

interface Occasion {
  recipient: { id: string; first_name: string };
  event: { id: string; title: string; start_at: string; end_at: string; location: string };
  sent_at: number;
}

/** A template's sample data, but about a sample person, a sample event and the day of the mail. */
function dataOf(template: TemplateKey, { recipient, event, sent_at }: Occasion): Record<string, unknown> {
  const { id: event_id, ...about_event } = event;
  const known = { first_name: recipient.first_name, name: recipient.first_name, user_id: recipient.id };
  const about: Record<string, unknown> = { ...known, event_id, ...about_event };
  const dated = (key: string) => new Date(sent_at + (PAST.has(key) ? 0 : HOURS_AHEAD * HOUR)).toISOString();
  return Object.fromEntries(
    Object.entries<unknown>({ ...TEMPLATES[template].sample }).map(([key, value]) => [
      key,
      key in about && value !== null
        ? about[key]
        : typeof value === "string" && INSTANT.test(value)
          ? dated(key)
          : value,
    ]),
  );
}

/**
 * Sends what the sample data has put in the outbox, and one mail of each other template, dated over the last weeks. Adds one
 * that could not be sent.
 */
export async function sendSampleMails(ctx: Context): Promise<void> {
  await writeMissingKinds(ctx);
  const { waiting, organisation, changed_words } = await ctx.transact((t) => ({
    waiting: t.many(selectWaiting()),
    organisation: t.one(selectMailSender(ctx.settings)),
    changed_words: t.many(selectChangedWords()),
  }));
  const { batch } = PROVIDERS[ctx.settings.MAIL_PROVIDER];
  if (!batch) throw new Error("Sample mails are sent in batches");
  for (let from = 0; from < waiting.length; from += batch.most) {
    const rows: Claimed[] = waiting.slice(from, from + batch.most);
    const mails = await Promise.all(rows.map((row) => makeMail(ctx, row, { organisation, changed_words })));
    const made = mails.filter((mail): mail is RenderedMail => !("sent" in mail));
    const outcomes = await batch.send(ctx, crypto.randomUUID(), made);
    if (!Array.isArray(outcomes)) throw new Error(`The mailbox took no sample mails: ${outcomes.error}`);
    const sent = made.flatMap(({ id }, index) => {
      const outcome = outcomes[index];
      return outcome?.sent ? { id, provider_message_id: outcome.provider_message_id } : [];
    });
    await ctx.transact((t) => {
      t.effect(
        query.execute(sql`
          update ${emails} set status = 'sent', attempts = 1, sent_at = ${emails.created_at},
            provider_message_id = told.provider_message_id
          from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as told (id uuid, provider_message_id text)
          where ${emails.id} = told.id`),
      );
      return {};
    });
  }
}

async function writeMissingKinds(ctx: Context): Promise<void> {
  const templates = Object.keys(TEMPLATES) as TemplateKey[];
  const { written, people, next, cancelled } = await ctx.transact((t) => ({
    written: t.many(query.selectDistinct({ template: emails.template }).from(emails)),
    people: t.many(
      query
        .select({ id: users.id, email: users.email, first_name: users.first_name })
        .from(users)
        .where(inArray(users.email, [ADA, ...Object.values(RECIPIENTS)])),
    ),
    next: t.one(selectEvent(sql`${events.start_at} > now() and ${isNull(events.cancelled_at)}`, asc(events.start_at))),
    cancelled: t.one(selectEvent(isNotNull(events.cancelled_at), desc(events.start_at))),
  }));
  const has = new Set(written.map(({ template }) => template));
  const missing = templates.filter((template) => !has.has(template));
  const rows = missing.map((template, index) => {
    const recipient = people.find(({ email }) => email === (RECIPIENTS[template] ?? ADA));
    if (!recipient) throw new Error(`Nobody among the sample people gets the mail ${template}`);
    const event = template === "event_cancelled" ? cancelled : next;
    const sent_at = ctx.now.getTime() - (missing.length - index) * HOURS_APART * HOUR;
    return {
      template,
      lane: laneOf(template),
      to_email: recipient.email ?? "",
      user_id: recipient.id,
      data: dataOf(template, { recipient, event, sent_at }),
      created_at: new Date(sent_at).toISOString(),
    };
  });
  await ctx.transact((t) => {
    t.effect(
      query
        .insert(emails)
        .values([...rows, UNSENT])
        .onConflictDoNothing(),
    );
    return {};
  });
}

const selectEvent = (which: SQL, order: SQL) => {
  const { id, title, start_at, end_at, location, published } = events;
  return query
    .select({ id, title, start_at, end_at, location })
    .from(events)
    .where(and(published, which))
    .orderBy(order)
    .limit(1);
};

/** As a delivery claims them, the oldest first. */
const selectWaiting = () =>
  query
    .select({
      id: emails.id,
      template: emails.template,
      to_email: emails.to_email,
      user_id: emails.user_id,
      data: emails.data,
      account_token_id: emails.account_token_id,
      written_at: sql<number>`extract(epoch from ${emails.created_at})::integer`,
      address_mark: sql<string | null>`${addressMark(emails.to_email, emails.user_id)}`,
      attempts: emails.attempts,
      language: users.language,
      time_zone: users.time_zone,
      batch_id: emails.batch_id,
      wait_seconds: sql<number>`0`,
    })
    .from(emails)
    .leftJoin(users, eq(users.id, emails.user_id))
    .where(eq(emails.status, "pending"))
    .orderBy(asc(emails.created_at), asc(emails.queue_number));
