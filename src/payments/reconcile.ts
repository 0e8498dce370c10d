import { and, desc, eq, sql } from "drizzle-orm";
import { maybe, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { JobFailed, type Report } from "../jobs/run.ts";
import { job_runs } from "../settings/tables.ts";
import { reportBalance } from "./balance-report.ts";
import { agreeCheckouts } from "./reconcile-checkouts.ts";
import { applyMissedEvents } from "./reconcile-events.ts";
import { agreeRefunds } from "./reconcile-refunds.ts";
import { Position, type ReconciliationReport, Round, STAGES, type Stage } from "./reconcile-round.ts";
import { agreeSubscriptions } from "./reconcile-subscriptions.ts";

export const RECONCILE = "reconcile";

const HOUR = 3_600_000;
/** Stripe's list of events goes back so far: https://docs.stripe.com/api/events */
const REMEMBERED = 30 * 24 * HOUR;
/** Of the 1,000 calls that a Worker may make: the mails that repairs cause are sent in the same run. */
const MOST_CALLS = 500;

const WORK: Record<Stage, (round: Round, after: string | null) => Promise<boolean>> = {
  events: applyMissedEvents,
  subscriptions: agreeSubscriptions,
  checkouts: agreeCheckouts,
  refunds: agreeRefunds,
  balance: reportBalance,
};

/**
 * Makes our rows agree with Stripe where events did not, and compares what both say came in and went out since then. What
 * it mended, what a person has to look at, and each day's totals are in the report.
 *
 * @throws JobFailed with the report so far, when Stripe or the database does not answer: what was mended stays so
 */
export const reconcile = (ctx: Context, { since }: { since: Date }): Promise<ReconciliationReport> =>
  go(ctx, { since: since.toISOString(), until: ctx.now.toISOString(), next: FIRST, incomplete: false }, Infinity);

/**
 * The same as a job: from where the run before ended, and no further than one run of a Worker can go. What is left, the
 * next run does.
 */
export async function continueReconciliation(ctx: Context): Promise<Report> {
  const [before] = await ctx.transact(
    maybe(
      query
        .select({ report: job_runs.report })
        .from(job_runs)
        .where(and(eq(job_runs.job, RECONCILE), sql`${job_runs.report} -> 'until' is not null`))
        .orderBy(desc(job_runs.started_at), desc(job_runs.id))
        .limit(1),
    ),
  );
  return go(ctx, following(ctx.now, Position.safeParse(before?.report).data), MOST_CALLS);
}

const FIRST = { stage: STAGES[0], after: null };

/** The rest of a round that is not through; or a new one, from an hour before the last one began. */
function following(now: Date, before: Position | undefined): Position {
  if (before?.next) return before;
  const oldest = now.getTime() - REMEMBERED;
  const last = before ? Date.parse(before.incomplete ? before.since : before.until) - HOUR : oldest;
  const since = new Date(Math.max(oldest, last)).toISOString();
  return { since, until: now.toISOString(), next: FIRST, incomplete: false };
}

async function go(ctx: Context, position: Position, most: number): Promise<ReconciliationReport> {
  const round = new Round(ctx, position, most);
  try {
    const { stage: first, after } = position.next ?? FIRST;
    for (const stage of STAGES.slice(STAGES.indexOf(first))) {
      if (!round.goesOn(stage, stage === first ? after : null)) return round.report();
      if (!(await WORK[stage](round, stage === first ? after : null))) return round.report();
    }
    round.next = null;
    return round.report();
  } catch (error) {
    throw new JobFailed(round.report(), error);
  } finally {
    round.end();
  }
}
