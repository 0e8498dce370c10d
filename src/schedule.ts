import { forgetOld } from "./accounts/retention.ts";
import type { Context } from "./http/context.ts";
import { describe, log } from "./http/log.ts";
import { deliver } from "./mail/delivery.ts";

type Job = (ctx: Context) => Promise<Record<string, number>>;

/** What each cron expression of wrangler.toml runs. Jobs do what is due, whenever and however often they are started. */
export const JOBS: Record<string, Record<string, Job>> = {
  "* * * * *": { deliver_mail: (ctx) => deliver(ctx, 20) },
  "20 3 * * *": { forget_old: forgetOld },
};

/** Runs the jobs of a cron expression; one that fails does not keep the others from running. */
export async function runJobs(cron: string, ctx: Context): Promise<void> {
  const jobs = JOBS[cron];
  if (!jobs) log({ level: "error", event: "unknown_cron", request_id: ctx.request_id, cron });
  await Promise.all(
    Object.entries(jobs ?? {}).map(async ([job, run]) => {
      try {
        const report = await run(ctx);
        if (Object.values(report).some((count) => count > 0))
          log({ level: "info", event: "job", request_id: ctx.request_id, job, ...report });
      } catch (error) {
        log({ level: "error", event: "job_failed", request_id: ctx.request_id, job, ...describe(error) });
      }
    }),
  );
}
