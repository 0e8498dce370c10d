import { forgetOld } from "./accounts/retention.ts";
import type { Context } from "./http/context.ts";
import { log } from "./http/log.ts";
import { type Job, runJob } from "./jobs/run.ts";
import { deliver } from "./mail/delivery.ts";
import { continueReconciliation, RECONCILE } from "./payments/reconcile.ts";
import { followUpBilling } from "./subscriptions/billing-follow-ups.ts";

/** What each cron expression of wrangler.toml runs. Jobs do what is due, whenever and however often they are started. */
export const JOBS: Record<string, Record<string, Job>> = {
  "* * * * *": { deliver_mail: { run: async (ctx) => ({ ...(await deliver(ctx, 20)) }), frequent: true } },
  "17 * * * *": { [RECONCILE]: { run: continueReconciliation } },
  "20 3 * * *": { forget_old: { run: forgetOld } },
  "40 3 * * *": { follow_up_billing: { run: followUpBilling } },
};

/** Runs the jobs of a cron expression; one that fails does not keep the others from running. */
export async function runJobs(cron: string, ctx: Context): Promise<void> {
  const jobs = JOBS[cron];
  if (!jobs) log({ level: "error", event: "unknown_cron", request_id: ctx.request_id, cron });
  await Promise.all(Object.entries(jobs ?? {}).map(([name, job]) => runJob(ctx, name, job)));
}
