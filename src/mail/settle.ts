import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { log } from "../http/log.ts";
import { emails } from "../tables/mail.ts";
import { correctPace, type NextLook, selectNextLook } from "./pace.ts";
import { errorAfterwards } from "./refused.ts";
import type { Attempted } from "./send.ts";

/** Minutes between attempts. In all, with jitter, less than the 24 hours for which Resend remembers a key. */
const BACKOFF_MINUTES = [1, 2, 5, 15, 30, 60, 120, 240, 240, 240, 240];
/** Each pause is longer or shorter by up to this part, so that not all deliveries come back at once. */
const JITTER = 0.1;

/**
 * Records the outcomes in one round trip, and says when there is more to do. Skips a row that another delivery has
 * claimed since, or that is gone.
 *
 * @param withheld how many mails were claimed and then not attempted
 */
export async function settle(ctx: Context, attempts: Attempted[], withheld: number): Promise<NextLook | null> {
  // The same for all, so that the mails of a batch are due together again.
  const stretch = 1 - JITTER + 2 * JITTER * Math.random();
  const results = JSON.stringify(attempts.map((attempted) => resultOf(ctx, attempted, stretch)));
  const unsent = attempts.flatMap(({ outcome }) => (outcome.sent ? [] : outcome));
  const too_fast_for = Math.max(0, ...unsent.map((outcome) => outcome.too_fast_for ?? 0));
  const { next } = await ctx.transact((t) => {
    if (attempts.length + withheld > 0) t.effect(correctPace(unsent.length + withheld, too_fast_for));
    if (attempts.length > 0)
      t.effect(
        query.execute(sql`
          update ${emails} set
            status = result.status,
            attempts = ${emails.attempts} - coalesce(result.uncounted, 0),
            batch_id = case when result.split then null else ${emails.batch_id} end,
            sent_at = case when result.status = 'sent' then now() end,
            provider_message_id = coalesce(result.provider_message_id, ${emails.provider_message_id}),
            last_error = ${errorAfterwards(sql`result.error`)},
            next_attempt_at = now() + coalesce(result.seconds, 0) * interval '1 second'
          from jsonb_to_recordset(${results}::jsonb) as result
            (id uuid, attempts int, status text, uncounted int, split boolean, provider_message_id text, error text, seconds float8)
          where ${emails.id} = result.id and ${emails.attempts} = result.attempts and ${emails.status} = 'pending'`),
      );
    return { next: t.maybe(selectNextLook()) };
  });
  return next;
}

/** What the row becomes: sent, due again in some seconds, or failed. Logs the last two. */
function resultOf(
  { request_id }: Context,
  { row: { id, attempts }, outcome, split = false }: Attempted,
  stretch: number,
) {
  if (outcome.sent) return { id, attempts, status: "sent", provider_message_id: outcome.provider_message_id };
  const { error, permanent, too_fast_for } = outcome;
  const minutes = permanent ? undefined : BACKOFF_MINUTES[attempts - 1];
  const given_up = minutes === undefined && too_fast_for === undefined && !split;
  log({
    level: given_up ? "error" : "info",
    event: given_up ? "mail_given_up" : "mail_postponed",
    request_id,
    email_id: id,
    attempts,
    reason: error,
  });
  if (given_up) return { id, attempts, status: "failed", error };
  if (split) return { id, attempts, status: "pending", error, split };
  // That we were too fast is not the mail's fault: this attempt does not count.
  if (too_fast_for !== undefined)
    return { id, attempts, status: "pending", error, uncounted: 1, seconds: too_fast_for };
  return { id, attempts, status: "pending", error, seconds: (minutes ?? 0) * 60 * stretch };
}
