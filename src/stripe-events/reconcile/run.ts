import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { JobFailed, type Report } from "../../jobs/run.ts";
import { job_runs } from "../../tables/jobs.ts";
import { compareBalance } from "./balance.ts";
import { reconcileCheckouts } from "./checkouts.ts";
import { reconcileCustomers } from "./customers.ts";
import { applyMissedEvents } from "./events.ts";
import { reconcileMoney } from "./money.ts";
import { reconcileRefunds } from "./refunds.ts";
import { type ReconciliationReport, RoundPosition, STAGES, type Stage } from "./report.ts";
import { Round } from "./round.ts";
import { reconcileSubscriptions } from "./subscriptions.ts";

/** The name of the job. */
export const RECONCILE = "reconcile";

const HOUR = 3_600_000;
/** Stripe lists the events of the last 30 days: https://docs.stripe.com/api/events */
const EVENTS_KEPT = 30 * 24 * HOUR;
/** A Worker may make 1,000 calls in a run. The rest is for sending the mails that repairs cause. */
const MOST_CALLS = 500;

/** Each stage, from the object after `after` on. Returns whether it is finished. */
const WORK: Record<Stage, (round: Round, after: string | null) => Promise<boolean>> = {
  events: applyMissedEvents,
  subscriptions: reconcileSubscriptions,
  checkouts: reconcileCheckouts,
  refunds: reconcileRefunds,
  money: reconcileMoney,
  customers: reconcileCustomers,
  balance: compareBalance,
};

/**
 * Repairs our rows where events did not, and compares each day's money with Stripe's since then. The report shows what was
 * repaired, what a person has to look at, and both sums of each day.
 *
 * @throws JobFailed with the report so far, if Stripe or the database does not answer; the repairs so far are kept
 */
export const reconcile = (ctx: Context, { since }: { since: Date }): Promise<ReconciliationReport> =>
  work(ctx, { since: since.toISOString(), until: ctx.now.toISOString(), next: START, incomplete: false }, Infinity);

/** The job: continues where its last run stopped, and does as much as one run of a Worker can. */
export async function continueReconciliation(ctx: Context): Promise<Report> {
  const select = query
    .select({ report: job_runs.report })
    .from(job_runs)
    .where(and(eq(job_runs.job, RECONCILE), sql`${job_runs.report} -> 'until' is not null`))
    .orderBy(desc(job_runs.started_at), desc(job_runs.id))
    .limit(1);
  const last = await ctx.transact((t) => t.maybe(select));
  return work(ctx, positionAfter(RoundPosition.safeParse(last?.report).data, ctx.now), MOST_CALLS);
}

const START = { stage: STAGES[0], after: null };

/** The unfinished round, or a new one that starts an hour before the last one began. */
function positionAfter(last: RoundPosition | undefined, now: Date): RoundPosition {
  if (last?.next) return last;
  const oldest = now.getTime() - EVENTS_KEPT;
  const covered = last ? Date.parse(last.incomplete ? last.since : last.until) - HOUR : oldest;
  const since = new Date(Math.max(oldest, covered)).toISOString();
  return { since, until: now.toISOString(), next: START, incomplete: false };
}

async function work(ctx: Context, position: RoundPosition, most_calls: number): Promise<ReconciliationReport> {
  const round = new Round(ctx, position, most_calls);
  try {
    const first = position.next ?? START;
    for (const stage of STAGES.slice(STAGES.indexOf(first.stage))) {
      const after = stage === first.stage ? first.after : null;
      if (!round.continuesAfter(stage, after) || !(await WORK[stage](round, after))) return round.report();
    }
    round.next = null;
    return round.report();
  } catch (error) {
    throw new JobFailed(round.report(), error);
  } finally {
    round.end();
  }
}
