import { asc, eq, sql } from "drizzle-orm";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import { selectChangedWords } from "../src/mail/changed-words.ts";
import type { Claimed } from "../src/mail/claim.ts";
import { fillNewsletters } from "../src/mail/fill-newsletters.ts";
import { laneOf } from "../src/mail/lanes.ts";
import { makeMail } from "../src/mail/make.ts";
import { addressMark } from "../src/mail/pay-link.ts";
import type { RenderedMail } from "../src/mail/providers/provider.ts";
import { PROVIDERS } from "../src/mail/providers/providers.ts";
import { TEMPLATES, type TemplateKey } from "../src/mail/templates.ts";
import { selectUnsubscribeKey } from "../src/mail/unsubscribe-link.ts";
import { selectMailSender } from "../src/organisation/organisation.ts";
import { account_tokens } from "../src/tables/accounts.ts";
import { emails } from "../src/tables/mail.ts";
import { users } from "../src/tables/people.ts";
import { inDays } from "./sample-dates.ts";
import { SAMPLE } from "./sample-ids.ts";
import { seeSampleData } from "./sample-seen.ts";
import { LINK_DAYS, storiesOf } from "./sample-stories.ts";

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

/**
 * Sends what the sample data has put in the outbox, and one mail of each other template, dated over the last weeks. Adds one
 * that could not be sent.
 */
export async function sendSampleMails(ctx: Context): Promise<void> {
  await writeMissingKinds(ctx);
  const { waiting, ...around } = await ctx.transact((t) => ({
    waiting: t.many(selectWaiting()),
    organisation: t.one(selectMailSender(ctx.settings)),
    changed_words: t.many(selectChangedWords()),
    unsubscribe: t.one(selectUnsubscribeKey()),
  }));
  const { batch } = PROVIDERS[ctx.settings.MAIL_PROVIDER];
  if (!batch) throw new Error("Sample mails are sent in batches");
  for (let from = 0; from < waiting.length; from += batch.most) {
    const rows: Claimed[] = waiting.slice(from, from + batch.most);
    await fillNewsletters(ctx, rows, new Map());
    const mails = await Promise.all(rows.map((row) => makeMail(ctx, row, around)));
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
  const { written } = await ctx.transact((t) => ({
    written: t.many(query.selectDistinct({ template: emails.template }).from(emails)),
  }));
  const has = new Set(written.map(({ template }) => template));
  const missing = (Object.keys(TEMPLATES) as TemplateKey[]).filter((template) => !has.has(template));
  const stories = storiesOf(await seeSampleData(ctx));
  const links = new Map<string, typeof account_tokens.$inferInsert & { id: string }>();
  const rows = missing.map((template) => {
    const story = stories[template];
    if (!story) throw new Error(`Nobody among the sample people gets the mail ${template}`);
    const { to, sent_at, data, link, newsletter_id } = story;
    const { name = template, ...about } = link ?? {};
    if (link && !links.has(name))
      links.set(name, {
        id: crypto.randomUUID(),
        purpose: link.purpose,
        user_id: to.id,
        ...about,
        created_at: sent_at,
        expires_at: inDays(LINK_DAYS),
      });
    return {
      template,
      lane: laneOf(template),
      to_email: to.email,
      user_id: to.id,
      account_token_id: link ? (links.get(name)?.id ?? null) : null,
      newsletter_id: newsletter_id ?? null,
      data,
      created_at: sent_at,
    };
  });
  await ctx.transact((t) => {
    if (links.size > 0) t.effect(query.insert(account_tokens).values([...links.values()]));
    t.effect(
      query
        .insert(emails)
        .values([...rows, UNSENT])
        .onConflictDoNothing(),
    );
    return {};
  });
}

/** As a delivery claims them, the oldest first. */
const selectWaiting = () =>
  query
    .select({
      id: emails.id,
      lane: sql<0 | 1 | 2>`${emails.lane}`,
      template: emails.template,
      to_email: emails.to_email,
      user_id: emails.user_id,
      data: emails.data,
      account_token_id: emails.account_token_id,
      written_at: sql<number>`extract(epoch from ${emails.created_at})::integer`,
      address_mark: sql<string | null>`${addressMark(emails.to_email, emails.user_id)}`,
      attempts: emails.attempts,
      provider_message_id: emails.provider_message_id,
      is_listed: sql<boolean>`false`,
      language: users.language,
      time_zone: users.time_zone,
      batch_id: emails.batch_id,
      wait_seconds: sql<number>`0`,
    })
    .from(emails)
    .leftJoin(users, eq(users.id, emails.user_id))
    .where(eq(emails.status, "pending"))
    .orderBy(asc(emails.created_at), asc(emails.queue_number));
