import app from "./app.ts";
import { scheduledContext } from "./context.ts";
import type { Bindings } from "./env.ts";
import { runJobs } from "./schedule.ts";

export default {
  fetch: app.fetch,
  scheduled: (event, env, execution) =>
    runJobs(
      event.cron,
      scheduledContext(env, new Date(event.scheduledTime), (work) => execution.waitUntil(work)),
    ),
} satisfies ExportedHandler<Bindings>;
