import { eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { job_runs } from "../tables/jobs.ts";

/** What a run did, for the people who operate the platform: counts and ids, no personal data. */
export type Report = Record<string, unknown>;

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

/** Runs a job and records when it ran and what it did. Never throws. */
export async function runJob(ctx: Context, name: string, { run, frequent = false }: Job): Promise<void> {
  // Recorded first: a run that the platform stops stays visible, without an outcome.
  const run_id = frequent ? null : await recordStart(ctx, name);
  try {
    const report = await run(ctx);
    const counts = Object.fromEntries(Object.entries(report).filter(isCount));
    const did_something = Object.values(counts).some((count) => count > 0);
    if (did_something) log({ level: "info", event: "job", request_id: ctx.request_id, job: name, ...counts });
    if (did_something || !frequent) await recordEnd(ctx, name, run_id, { outcome: "succeeded", report });
  } catch (error) {
    const cause = error instanceof JobFailed ? error.cause : error;
    const done = error instanceof JobFailed ? error.report : {};
    log({ level: "error", event: "job_failed", request_id: ctx.request_id, job: name, ...describe(cause) });
    const { error: failure, error_code = null } = describe(cause);
    await recordEnd(ctx, name, run_id, { outcome: "failed", report: { ...done, failure, error_code } });
  }
}

const isCount = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === "number";

/** Null when the run could not be recorded. The job runs all the same. */
async function recordStart(ctx: Context, job: string): Promise<string | null> {
  try {
    const run = { job, started_at: ctx.now.toISOString() };
    const { id } = await ctx.transact((t) => t.one(query.insert(job_runs).values(run).returning({ id: job_runs.id })));
    return id;
  } catch (error) {
    logNotRecorded(ctx, job, error);
    return null;
  }
}

async function recordEnd(
  ctx: Context,
  job: string,
  run_id: string | null,
  end: { outcome: "succeeded" | "failed"; report: Report },
): Promise<void> {
  const run = { ...end, finished_at: sql`now()` };
  try {
    await ctx.transact((t) =>
      t.effect(
        run_id
          ? query.update(job_runs).set(run).where(eq(job_runs.id, run_id))
          : query.insert(job_runs).values({ job, started_at: ctx.now.toISOString(), ...run }),
      ),
    );
  } catch (error) {
    logNotRecorded(ctx, job, error);
  }
}

const logNotRecorded = (ctx: Context, job: string, error: unknown) =>
  log({ level: "error", event: "job_not_recorded", request_id: ctx.request_id, job, ...describe(error) });
