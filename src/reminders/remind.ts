import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { failureOf, JobFailed } from "../jobs/run.ts";
import { reminders } from "../tables/mail.ts";
import { selectUndecided } from "./decide.ts";
import type { Kind } from "./kind.ts";
import { KINDS } from "./kinds.ts";

/** How many reminders one transaction decides, and how many transactions of one kind a run makes. */
const CHUNK = 200;
const CHUNKS = 10;

const NOW = sql`now()`;

/**
 * Decides every reminder that is due, each once: sends it, or writes down why not. It catches up on whatever was missed. Any
 * number of runs may work at once. If more is left than one run should do, it asks for another. Returns how many of each
 * kind went out, and how many did not.
 *
 * @param kinds all of them, unless a test looks at one
 */
export async function remind(ctx: Context, kinds: readonly Kind[] = KINDS): Promise<Record<string, number>> {
  const report: Record<string, number> = { not_sent: 0 };
  const failures: unknown[] = [];
  let left = false;
  for (const kind of kinds)
    try {
      left = (await remindOf(ctx, kind, report)) || left;
    } catch (error) {
      // The other kinds go on.
      failures.push(error);
      report[`${kind.name}_failed`] = 1;
    }
  if (left) await ctx.ring("reminders");
  if (failures.length > 0) throw new JobFailed({ ...report, failures: failures.map(failureOf) }, failures[0]);
  return report;
}

/** Returns whether something is left. */
async function remindOf(ctx: Context, kind: Kind, report: Record<string, number>): Promise<boolean> {
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    const { sent, decided } = await decideChunk(ctx, kind);
    report[kind.name] = (report[kind.name] ?? 0) + sent;
    report.not_sent = (report.not_sent ?? 0) + decided - sent;
    if (decided < CHUNK) return false;
  }
  return true;
}

/**
 * One statement writes the reminders and their mails. If two runs find the same reminder, the second waits for the first and
 * then writes nothing.
 */
const decideChunk = (ctx: Context, kind: Kind) =>
  ctx.transact((t) => {
    kind.mail(
      t,
      NOW,
      sql`with decided as (
        insert into ${reminders} (kind, subject_id, user_id, due_at, decided_at, outcome, reason, email_id)
        select ${kind.name}, chunk.subject_id, chunk.user_id, chunk.due_at, now(), chunk.outcome, chunk.reason,
          case when chunk.outcome = 'sent' then gen_random_uuid() end
        from (${selectUndecided(kind, NOW)} limit ${CHUNK}) as chunk
        on conflict on constraint reminders_once do nothing
        returning subject_id, user_id, due_at, outcome, email_id)`,
    );
    // Those that this transaction wrote.
    return t.one(
      query.execute<{ sent: number; decided: number }>(sql`
        select count(*)::integer as decided, (count(*) filter (where outcome = 'sent'))::integer as sent from ${reminders}
        where decided_at = now()::timestamptz(3) and xmin = pg_current_xact_id()::xid and kind = ${kind.name}`),
    );
  });
