import { eq, sql } from "drizzle-orm";
import { effect, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { job_runs } from "../settings/tables.ts";

/** What a run says of itself, for whoever runs the platform: counts and ids, nobody's data. */
export type Report = Record<string, unknown>;

export interface Job {
  /** Does what is due, whenever and however often it is started. Throws when it could not do its work. */
  run(ctx: Context): Promise<Report>;
  /** It is started so often that only the runs that did something, or failed, are written down. */
  frequent?: boolean;
}

/** A job could not do its work, but did some of it. */
export class JobFailed extends Error {
  override name = "JobFailed";
  readonly report: Report;

  constructor(report: Report, cause: unknown) {
    super("The job could not do its work", { cause });
    this.report = report;
  }
}

/** Runs a job and writes down that it ran, when, and what became of it. Never throws. */
export async function runJob(ctx: Context, name: string, { run, frequent = false }: Job): Promise<void> {
  // A run that nobody ends, because the platform ended it, stays visible as one without an outcome.
  const begun = frequent ? null : await begin(ctx, name);
  try {
    const report = await run(ctx);
    const counts = Object.fromEntries(Object.entries(report).filter(isCount));
    const did = Object.values(counts).some((count) => count > 0);
    if (did) log({ level: "info", event: "job", request_id: ctx.request_id, job: name, ...counts });
    if (did || !frequent) await finish(ctx, name, begun, { outcome: "succeeded", report });
  } catch (error) {
    const cause = error instanceof JobFailed ? error.cause : error;
    const done = error instanceof JobFailed ? error.report : {};
    log({ level: "error", event: "job_failed", request_id: ctx.request_id, job: name, ...describe(cause) });
    const { error: failure, error_code = null } = describe(cause);
    await finish(ctx, name, begun, { outcome: "failed", report: { ...done, failure, error_code } });
  }
}

const isCount = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === "number";

/** Without its row the job runs all the same: what it does counts for more than what is written of it. */
async function begin(ctx: Context, job: string): Promise<string | null> {
  try {
    const [{ id }] = await ctx.transact(
      one(query.insert(job_runs).values({ job, started_at: ctx.now.toISOString() }).returning({ id: job_runs.id })),
    );
    return id;
  } catch (error) {
    notWritten(ctx, job, error);
    return null;
  }
}

async function finish(
  ctx: Context,
  job: string,
  begun: string | null,
  ended: { outcome: "succeeded" | "failed"; report: Report },
): Promise<void> {
  const run = { ...ended, finished_at: sql`now()` };
  try {
    await ctx.transact(
      effect(
        begun
          ? query.update(job_runs).set(run).where(eq(job_runs.id, begun))
          : query.insert(job_runs).values({ job, started_at: ctx.now.toISOString(), ...run }),
      ),
    );
  } catch (error) {
    notWritten(ctx, job, error);
  }
}

const notWritten = (ctx: Context, job: string, error: unknown) =>
  log({ level: "error", event: "job_not_written_down", request_id: ctx.request_id, job, ...describe(error) });
