import * as z from "zod";
import type { Context } from "./http/context.ts";
import { LOOKS, type Look } from "./http/doorbell.ts";
import { describe, log } from "./http/log.ts";
import { watchJobs } from "./jobs/late.ts";
import { forgetOld } from "./jobs/retention.ts";
import { type Job, runJob } from "./jobs/run.ts";
import { watchStorage } from "./jobs/watch-storage.ts";
import { erasePeople } from "./members/erasure/job.ts";
import { sendActivationWaves } from "./members/import/waves.ts";
import { continueImports } from "./members/import/work.ts";
import { continueNewsletters } from "./newsletters/queue.ts";
import { remind } from "./reminders/remind.ts";
import { withholdMoot } from "./reminders/withhold-moot.ts";
import { compareFiles } from "./storage/compare.ts";
import { removeUnneededFiles } from "./storage/remove.ts";
import { continueReconciliation, RECONCILE } from "./stripe-events/reconcile/run.ts";
import { followUpBilling } from "./subscriptions/billing-follow-ups.ts";

/** A message that another version of the Worker sent may be unknown to this one. */
const Message = z.object({ look: z.enum(LOOKS) });

/**
 * What a message of the queue looks after: a bounded part of what is due. A job that leaves something rings again. Each of
 * these is also a job of the hourly cron, which picks up what a lost message left.
 */
const LOOKED_AFTER: Record<Look, Record<string, Job>> = {
  import: { import: { run: continueImports, frequent: true } },
  mail: { deliver_mail: { run: deliverMail, frequent: true } },
  newsletter: { newsletters: { run: continueNewsletters, frequent: true } },
  reminders: { reminders: { run: remind, frequent: true } },
  storage: { storage: { run: compareFiles, frequent: true } },
};

/** How many batches of mails one look sends. */
const BATCHES_OF_A_LOOK = 20;

async function deliverMail(ctx: Context) {
  const { deliver } = await import("./mail/delivery.ts");
  return { ...(await deliver(ctx, BATCHES_OF_A_LOOK, withholdMoot)) };
}

const WATCH: Job = { run: watchJobs, frequent: true };

/** The jobs of each cron expression in wrangler.toml. A job does what is due, whenever and however often it starts. */
export const JOBS: Record<string, Record<string, Job>> = {
  "17 * * * *": {
    [RECONCILE]: { run: continueReconciliation },
    erase_people: { run: erasePeople },
    activation_waves: { run: sendActivationWaves, frequent: true },
    ...Object.assign({}, ...Object.values(LOOKED_AFTER)),
    remove_files: { run: removeUnneededFiles },
    follow_up_billing: { run: followUpBilling, frequent: true },
    watch_storage: { run: watchStorage, frequent: true },
    watch_jobs: WATCH,
  },
  "17 3 * * *": { forget_old: { run: forgetOld }, watch_jobs: WATCH },
};

/** Runs the jobs of a cron expression. One that fails does not stop the others. */
export async function runJobs(cron: string, ctx: Context): Promise<void> {
  const jobs = JOBS[cron];
  if (!jobs) log({ level: "error", event: "unknown_cron", request_id: ctx.request_id, cron });
  await runAll(ctx, jobs ?? {});
}

const runAll = (ctx: Context, jobs: Record<string, Job>): Promise<boolean[]> =>
  Promise.all(Object.entries(jobs).map(([name, job]) => runJob(ctx, name, job)));

/** How many seconds the queue waits before it delivers a message again whose job failed. */
const RETRY_SECONDS = 20;

/** Handles messages of the queue. Several that say the same are one look. */
export async function lookAfter(batch: MessageBatch, ctx: Context): Promise<void> {
  const looks = new Set(batch.messages.flatMap(({ body }) => Message.safeParse(body).data?.look ?? []));
  const done = await Promise.all([...looks].map((look) => runAll(ctx, LOOKED_AFTER[look])));
  // The database is awake. If the crons no longer start, nobody else would tell.
  await watchJobs(ctx).catch((error: unknown) =>
    log({ level: "error", event: "jobs_not_watched", request_id: ctx.request_id, ...describe(error) }),
  );
  if (done.flat().includes(false)) batch.retryAll({ delaySeconds: RETRY_SECONDS });
}
