import { answerRequest } from "./app.ts";
import { jobContext } from "./context.ts";
import type { Bindings } from "./env.ts";

export default {
  fetch: answerRequest,
  async scheduled(event, env, execution) {
    const { runJobs } = await import("./schedule.ts");
    await runJobs(
      event.cron,
      jobContext(env, new Date(event.scheduledTime), (work) => execution.waitUntil(work)),
    );
  },
  async queue(batch, env, execution) {
    const { lookAfter } = await import("./schedule.ts");
    await lookAfter(
      batch,
      jobContext(env, new Date(), (work) => execution.waitUntil(work)),
    );
  },
} satisfies ExportedHandler<Bindings>;
