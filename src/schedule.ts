import type { Context } from "./http/context.ts";
import { log } from "./http/log.ts";
import { forgetOld } from "./jobs/retention.ts";
import { type Job, runJob } from "./jobs/run.ts";
import { deliver } from "./mail/delivery.ts";
import { removeUnneededFiles } from "./storage/remove.ts";
import { continueReconciliation, RECONCILE } from "./stripe-events/reconcile/run.ts";
import { followUpBilling } from "./subscriptions/billing-follow-ups.ts";

/** The jobs of each cron expression in wrangler.toml. A job does what is due, whenever and however often it starts. */
export const JOBS: Record<string, Record<string, Job>> = {
  "* * * * *": { deliver_mail: { run: async (ctx) => ({ ...(await deliver(ctx, 20)) }), frequent: true } },
  "17 * * * *": {
    [RECONCILE]: { run: continueReconciliation },
    remove_files: { run: removeUnneededFiles },
  },
  "20 3 * * *": { forget_old: { run: forgetOld } },
  "40 3 * * *": { follow_up_billing: { run: followUpBilling } },
};

/** Runs the jobs of a cron expression. One that fails does not stop the others. */
export async function runJobs(cron: string, ctx: Context): Promise<void> {
  const jobs = JOBS[cron];
  if (!jobs) log({ level: "error", event: "unknown_cron", request_id: ctx.request_id, cron });
  await Promise.all(Object.entries(jobs ?? {}).map(([name, job]) => runJob(ctx, name, job)));
}
