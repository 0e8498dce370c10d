import app from "./app.ts";
import { jobContext } from "./context.ts";
import type { Bindings } from "./env.ts";
import { lookAfter, runJobs } from "./schedule.ts";

export default {
  fetch: app.fetch,
  scheduled: (event, env, execution) =>
    runJobs(
      event.cron,
      jobContext(env, new Date(event.scheduledTime), (work) => execution.waitUntil(work)),
    ),
  queue: (batch, env, execution) =>
    lookAfter(
      batch,
      jobContext(env, new Date(), (work) => execution.waitUntil(work)),
    ),
} satisfies ExportedHandler<Bindings>;
