import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { logFailure } from "../http/error-tracking.ts";
import { Refusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import { job_runs, job_states } from "../tables/jobs.ts";

/** What a run did, for the people who operate the platform: counts and ids, no personal data. */
export type Report = Record<string, unknown>;

type RunEnd = Pick<typeof job_runs.$inferInsert, "outcome" | "report">;

export interface Job {
  /** Does what is due, however often it starts. Throws when it could not do its work. */
  run(ctx: Context): Promise<Report>;
  /** Starts so often that we only record runs that did something or failed. */
  frequent?: boolean;
}

/** A job that failed after doing part of its work. */
export class JobFailed extends Error {
  override name = "JobFailed";
  readonly report: Report;

  constructor(report: Report, cause: unknown) {
    super("The job could not do its work", { cause });
    this.report = report;
  }
}

/** What a report may show of a failure: its kind, never its message, which may quote somebody's data. */
export function failureOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

/** Runs a job and records when it ran and what it did. Never throws. Returns whether it succeeded. */
export async function runJob(ctx: Context, name: string, { run, frequent = false }: Job): Promise<boolean> {
  // Recorded first: a run that the platform stops stays visible, without an outcome.
  const id = crypto.randomUUID();
  if (!frequent) await record(ctx, name, id, null);
  try {
    const report = await run(ctx);
    const counts = Object.fromEntries(Object.entries(report).filter(isCount));
    const did_something = Object.values(counts).some((count) => count > 0);
    if (did_something) log({ level: "info", event: "job", request_id: ctx.request_id, job: name, ...counts });
    await record(ctx, name, did_something || !frequent ? id : null, { outcome: "succeeded", report });
    return true;
  } catch (error) {
    const { cause, report } = error instanceof JobFailed ? error : { cause: error, report: {} };
    const described = describe(cause);
    await logFailure(ctx.settings, {
      level: "error",
      event: "job_failed",
      request_id: ctx.request_id,
      job: name,
      ...described,
    });
    const { error: failure, error_code = null } = described;
    await record(ctx, name, id, { outcome: "failed", report: { ...report, failure, error_code } });
    return false;
  }
}

const isCount = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === "number";

/**
 * Writes the row of a run, at its start and at its end, and when the job last succeeded. Without an id, only the latter. If
 * that fails, the job runs all the same.
 */
async function record(ctx: Context, job: string, id: string | null, end: RunEnd | null): Promise<void> {
  try {
    await ctx.transact((t) => {
      if (id) {
        const run = { id, job, started_at: ctx.now.toISOString(), ...(end && { ...end, finished_at: sql`now()` }) };
        t.effect(query.insert(job_runs).values(run).onConflictDoUpdate({ target: job_runs.id, set: run }));
      }
      if (end?.outcome === "succeeded") {
        const state = { job, last_succeeded_at: sql`now()`, alerted_at: null };
        t.effect(query.insert(job_states).values(state).onConflictDoUpdate({ target: job_states.job, set: state }));
      }
    });
  } catch (error) {
    log({ level: "error", event: "job_not_recorded", request_id: ctx.request_id, job, ...describe(error) });
  }
}
