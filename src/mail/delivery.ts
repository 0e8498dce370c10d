import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { sign } from "../access/signatures.ts";
import { effect, many, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { currentBranding } from "../settings/current-branding.ts";
import type { Branding } from "../settings/schemas.ts";
import type { Template } from "./letter.ts";
import { type Outcome, send } from "./providers/provider.ts";
import { render } from "./render.ts";
import { emails } from "./tables.ts";
import { TEMPLATES } from "./templates.ts";

const BATCH = 10;
/** Batches after an answer, where a Worker may go on for 30 seconds; the rest is for the cron. */
export const BATCHES_AFTER_ANSWER = 5;
/** How many are sent at the same time: providers allow a few requests a second, Workers six connections. */
const LANES = 3;
/** A delivery that dies leaves its mails to the next one after this. Longer than a batch may take. */
const LEASE = sql`interval '2 minutes'`;
/** Minutes until the next attempt. All within the 24 hours for which Resend remembers an idempotency key. */
const BACKOFF_MINUTES = [1, 2, 5, 15, 30, 60, 120, 240, 240, 240, 240];

/**
 * Sends what is due in the outbox, in so many batches at most. Any number may run at once: a row is claimed by one.
 * Never throws; returns how many were sent and how many were not.
 */
export async function deliver(ctx: Context, batches: number): Promise<{ sent: number; failed: number }> {
  const total = { sent: 0, failed: 0 };
  try {
    for (let batch = 0; batch < batches; batch += 1) {
      const { claimed, branding } = await claim(ctx);
      const outcomes = await sendAll(ctx, claimed, branding);
      if (outcomes.length > 0) await settle(ctx, outcomes);
      const sent = outcomes.filter(({ outcome }) => outcome.sent).length;
      total.sent += sent;
      total.failed += outcomes.length - sent;
      if (claimed.length < BATCH) break;
    }
  } catch (error) {
    log({ level: "error", event: "mail_delivery_failed", request_id: ctx.request_id, ...describe(error) });
  }
  return total;
}

type Claimed = Awaited<ReturnType<typeof claim>>["claimed"][number];

/** Takes due rows for as long as the lease. */
async function claim(ctx: Context) {
  // A CTE, since PostgreSQL may run a subquery again for each row, and then lock more than the limit.
  const due = query.$with("due").as(
    query
      .select({ id: emails.id })
      .from(emails)
      .where(and(eq(emails.status, "pending"), lte(emails.next_attempt_at, sql`now()`)))
      .orderBy(asc(emails.next_attempt_at), asc(emails.queue_number))
      .limit(BATCH)
      .for("update", { skipLocked: true }),
  );
  const [claimed, branding] = await ctx.transact(
    many(
      query
        .with(due)
        .update(emails)
        .set({ attempts: sql`${emails.attempts} + 1`, next_attempt_at: sql`now() + ${LEASE}` })
        .where(inArray(emails.id, query.select({ id: due.id }).from(due)))
        .returning({
          id: emails.id,
          template: emails.template,
          to_email: emails.to_email,
          data: emails.data,
          account_token_id: emails.account_token_id,
          attempts: emails.attempts,
          queue_number: emails.queue_number,
        }),
    ),
    one(currentBranding()),
  );
  return { claimed, branding };
}

/** Sends a few at a time; what goes to one address goes in the order in which it was caused. */
async function sendAll(ctx: Context, claimed: Claimed[], branding: Branding) {
  const outcomes: { row: Claimed; outcome: Outcome }[] = [];
  const inOrder = claimed.toSorted((a, b) => a.queue_number - b.queue_number);
  const waiting = [...Map.groupBy(inOrder, (row) => row.to_email).values()];
  const lane = async () => {
    for (let rows = waiting.shift(); rows; rows = waiting.shift())
      for (const row of rows) outcomes.push({ row, outcome: await attempt(ctx, row, branding) });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

async function attempt({ settings, request_id }: Context, row: Claimed, branding: Branding): Promise<Outcome> {
  try {
    const template: Template | undefined = TEMPLATES[row.template as keyof typeof TEMPLATES];
    if (!template) return { sent: false, permanent: true, error: "unknown template" };
    const token = template.link && row.account_token_id && (await sign(settings, template.link, row.account_token_id));
    const letter = template.compose(template.data.parse(row.data), {
      settings,
      branding,
      token: token || undefined,
    });
    return await send(settings, {
      idempotency_key: row.id,
      from: { email: settings.MAIL_FROM_EMAIL, name: settings.MAIL_FROM_NAME },
      to: row.to_email,
      subject: letter.subject,
      ...render(letter, branding),
    });
  } catch (error) {
    log({ level: "error", event: "mail_not_rendered", request_id, email_id: row.id, ...describe(error) });
    return { sent: false, permanent: true, error: "not rendered" };
  }
}

/** Writes down what became of each, in one trip. A row whose lease another delivery took over is left to that one. */
async function settle(ctx: Context, outcomes: { row: Claimed; outcome: Outcome }[]): Promise<void> {
  const results = outcomes.map(({ row: { id, attempts }, outcome }) => {
    if (outcome.sent) return { id, attempts, status: "sent", provider_message_id: outcome.provider_message_id };
    const minutes = outcome.permanent ? undefined : BACKOFF_MINUTES[attempts - 1];
    const status = minutes === undefined ? "failed" : "pending";
    log({
      level: status === "failed" ? "error" : "info",
      event: status === "failed" ? "mail_given_up" : "mail_postponed",
      request_id: ctx.request_id,
      email_id: id,
      attempts,
      reason: outcome.error,
    });
    return { id, attempts, status, error: outcome.error, minutes: minutes ?? 0 };
  });
  await ctx.transact(
    effect(
      query.execute(sql`
        update ${emails} set
          status = result.status,
          sent_at = case when result.status = 'sent' then now() end,
          provider_message_id = result.provider_message_id,
          last_error = result.error,
          next_attempt_at = now() + coalesce(result.minutes, 0) * interval '1 minute'
        from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as result
          (id uuid, attempts int, status text, provider_message_id text, error text, minutes int)
        where ${emails.id} = result.id and ${emails.attempts} = result.attempts and ${emails.status} = 'pending'`),
    ),
  );
}
