import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { sign } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { type MailSender, selectMailSender } from "../organisation/organisation.ts";
import { emails } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { type ChangedWords, composeMail, isTest, selectChangedWords } from "./compose.ts";
import { senderName } from "./discreet.ts";
import type { Template } from "./letter.ts";
import type { DeliveryOutcome, RenderedMail, SendMail } from "./providers/provider.ts";
import { sendWithResend } from "./providers/resend.ts";
import { render } from "./render.ts";
import { TEMPLATES } from "./templates.ts";

const BATCH = 10;
/** How many batches we send after an answer. A Worker then has 30 seconds left, and cron sends the rest. */
export const BATCHES_AFTER_ANSWER = 5;
/** How many mails we send at the same time. Providers allow a few requests per second, Workers six connections. */
const LANES = 3;
/** If a delivery dies, its mails are due again after this time. Must be longer than a batch takes. */
const LEASE = sql`interval '2 minutes'`;
/** Minutes between attempts. In all, less than the 24 hours for which Resend remembers an idempotency key. */
const BACKOFF_MINUTES = [1, 2, 5, 15, 30, 60, 120, 240, 240, 240, 240];

/**
 * Sends the mails that are due, in at most `batches` batches. Any number of deliveries may run at once: each mail is
 * claimed by only one of them. Never throws. Returns how many attempts succeeded and how many failed.
 */
export async function deliver(ctx: Context, batches: number): Promise<{ sent: number; failed: number }> {
  const total = { sent: 0, failed: 0 };
  try {
    for (let batch = 0; batch < batches; batch += 1) {
      const { claimed, ...around } = await claim(ctx);
      const attempts = await sendAll(ctx, claimed, around);
      if (attempts.length > 0) await settle(ctx, attempts);
      const sent = attempts.filter(({ outcome }) => outcome.sent).length;
      total.sent += sent;
      total.failed += attempts.length - sent;
      if (claimed.length < BATCH) break;
    }
  } catch (error) {
    log({ level: "error", event: "mail_delivery_failed", request_id: ctx.request_id, ...describe(error) });
  }
  return total;
}

type Claimed = Awaited<ReturnType<typeof claim>>["claimed"][number];

/** What all mails of a batch have around them. */
interface Around {
  organisation: MailSender;
  changed_words: ChangedWords[];
}

interface Attempted {
  row: Claimed;
  outcome: DeliveryOutcome;
}

/** Claims a batch of due mails until the lease ends. */
function claim(ctx: Context) {
  const { id, template, to_email, data, account_token_id, attempts, queue_number } = emails;
  // A CTE: PostgreSQL may run a subquery again for each row, and would then lock more rows than the limit.
  const due = query.$with("due").as(
    query
      .select({ id })
      .from(emails)
      .where(and(eq(emails.status, "pending"), lte(emails.next_attempt_at, sql`now()`)))
      .orderBy(asc(emails.lane), asc(emails.next_attempt_at), asc(queue_number))
      .limit(BATCH)
      .for("update", { skipLocked: true }),
  );
  const claimDue = query
    .with(due)
    .update(emails)
    .set({ attempts: sql`${attempts} + 1`, next_attempt_at: sql`now() + ${LEASE}` })
    .where(inArray(id, query.select({ id: due.id }).from(due)))
    .returning({
      ...{ id, template, to_email, data, account_token_id, attempts, queue_number },
      language: readers(users.language),
      time_zone: readers(users.time_zone),
    });
  return ctx.transact((t) => ({
    claimed: t.many(claimDue),
    organisation: t.one(selectMailSender()),
    changed_words: t.many(selectChangedWords()),
  }));
}

/** What the person who gets a mail chose. Null: they have no account, or chose nothing. */
const readers = (column: AnyPgColumn) =>
  sql<string | null>`(select ${column} from ${users} where ${eq(users.id, emails.user_id)})`;

/** Sends a few mails at a time. Those to the same address go out one by one, in the order they were queued. */
async function sendAll(ctx: Context, claimed: Claimed[], around: Around): Promise<Attempted[]> {
  const attempts: Attempted[] = [];
  const in_order = claimed.toSorted((a, b) => a.queue_number - b.queue_number);
  const waiting = [...Map.groupBy(in_order, (row) => row.to_email).values()];
  const lane = async () => {
    for (let rows = waiting.shift(); rows; rows = waiting.shift())
      for (const row of rows) attempts.push({ row, outcome: await attempt(ctx, row, around) });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return attempts;
}

async function attempt(
  { settings, request_id }: Context,
  row: Claimed,
  { organisation, changed_words }: Around,
): Promise<DeliveryOutcome> {
  try {
    const template: Template | undefined = TEMPLATES[row.template as keyof typeof TEMPLATES];
    if (!template) return { sent: false, permanent: true, error: "unknown template" };
    // A mail to oneself that shows a template has a link too. It leads nowhere.
    const token_id = row.account_token_id ?? (isTest(row.data) ? crypto.randomUUID() : null);
    const about = template.about?.(template.data.parse(row.data)) ?? token_id;
    const token = template.link && about && (await sign(settings, template.link, about));
    const letter = composeMail(template, row.data, {
      settings,
      organisation,
      token: token || undefined,
      changed: changed_words.find(({ key }) => key === row.template),
      language: row.language,
      time_zone: row.time_zone,
    });
    return await send(settings, {
      idempotency_key: row.id,
      from: { email: settings.MAIL_FROM_EMAIL, name: senderName(settings, organisation) },
      to: row.to_email,
      subject: letter.subject,
      reply_to: letter.reply_to ?? null,
      ...render(letter, organisation),
    });
  } catch (error) {
    log({ level: "error", event: "mail_not_rendered", request_id, email_id: row.id, ...describe(error) });
    return { sent: false, permanent: true, error: "not rendered" };
  }
}

const PROVIDERS: Record<Settings["MAIL_PROVIDER"], SendMail> = { resend: sendWithResend };

/** Never throws: a failure is an outcome too. */
async function send(settings: Settings, mail: RenderedMail): Promise<DeliveryOutcome> {
  try {
    return await PROVIDERS[settings.MAIL_PROVIDER](settings, mail);
  } catch (error) {
    return { sent: false, permanent: false, error: error instanceof Error ? error.name : "unknown" };
  }
}

/** Records the outcomes in one round trip. Skips a row that another delivery has claimed since. */
async function settle(ctx: Context, attempts: Attempted[]): Promise<void> {
  const results = JSON.stringify(attempts.map((attempted) => resultOf(ctx, attempted)));
  await ctx.transact((t) =>
    t.effect(
      query.execute(sql`
        update ${emails} set
          status = result.status,
          sent_at = case when result.status = 'sent' then now() end,
          provider_message_id = result.provider_message_id,
          last_error = result.error,
          next_attempt_at = now() + coalesce(result.minutes, 0) * interval '1 minute'
        from jsonb_to_recordset(${results}::jsonb) as result
          (id uuid, attempts int, status text, provider_message_id text, error text, minutes int)
        where ${emails.id} = result.id and ${emails.attempts} = result.attempts and ${emails.status} = 'pending'`),
    ),
  );
}

/** What the row becomes: sent, due again in some minutes, or failed. Logs the last two. */
function resultOf({ request_id }: Context, { row: { id, attempts }, outcome }: Attempted) {
  if (outcome.sent) return { id, attempts, status: "sent", provider_message_id: outcome.provider_message_id };
  const { error, permanent } = outcome;
  const minutes = permanent ? undefined : BACKOFF_MINUTES[attempts - 1];
  const given_up = minutes === undefined;
  log({
    level: given_up ? "error" : "info",
    event: given_up ? "mail_given_up" : "mail_postponed",
    request_id,
    email_id: id,
    attempts,
    reason: error,
  });
  return { id, attempts, status: given_up ? "failed" : "pending", error, minutes: minutes ?? 0 };
}
