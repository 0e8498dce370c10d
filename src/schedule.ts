import * as z from "zod";
import type { Context } from "./http/context.ts";
import { LOOKS, type Look } from "./http/doorbell.ts";
import { log } from "./http/log.ts";
import { forgetOld } from "./jobs/retention.ts";
import { type Job, runJob } from "./jobs/run.ts";
import { deliver } from "./mail/delivery.ts";
import { erasePeople } from "./members/erasure/job.ts";
import { sendActivationWaves } from "./members/import/waves.ts";
import { continueImports } from "./members/import/work.ts";
import { continueNewsletters } from "./newsletters/queue.ts";
import { removeUnneededFiles } from "./storage/remove.ts";
import { continueReconciliation, RECONCILE } from "./stripe-events/reconcile/run.ts";
import { followUpBilling } from "./subscriptions/billing-follow-ups.ts";

/** A message that another version of the Worker sent may be unknown to this one. */
const Message = z.object({ look: z.enum(LOOKS) });

/**
 * What a message of the queue looks after: a bounded part of what is due. A job that leaves something rings again. Each of
 * these is also a job of the hourly cron, which picks up what a lost message left.
 */
const LOOKED_AFTER: Record<Look, Job> = {
  import: { run: continueImports, frequent: true },
  mail: { run: async (ctx) => ({ ...(await deliver(ctx, 20)) }), frequent: true },
  newsletter: { run: continueNewsletters, frequent: true },
};

/** The jobs of each cron expression in wrangler.toml. A job does what is due, whenever and however often it starts. */
export const JOBS: Record<string, Record<string, Job>> = {
  "* * * * *": { deliver_mail: { run: async (ctx) => ({ ...(await deliver(ctx, 20)) }), frequent: true } },
  "17 * * * *": {
    [RECONCILE]: { run: continueReconciliation },
    erase_people: { run: erasePeople },
    activation_waves: { run: sendActivationWaves, frequent: true },
    ...LOOKED_AFTER,
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

/** How many seconds the queue waits before it delivers a message again whose job failed. */
const RETRY_SECONDS = 20;

/** Handles messages of the queue. Several that say the same are one look. */
export async function lookAfter(batch: MessageBatch, ctx: Context): Promise<void> {
  const looks = new Set(batch.messages.flatMap(({ body }) => Message.safeParse(body).data?.look ?? []));
  const done = await Promise.all([...looks].map((look) => runJob(ctx, look, LOOKED_AFTER[look])));
  if (done.includes(false)) batch.retryAll({ delaySeconds: RETRY_SECONDS });
}
