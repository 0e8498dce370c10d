import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

type Options = Parameters<typeof convertV4MiniflareOptions>[0];
type WorkerOptions = Extract<Options, { workers: unknown }>["workers"][number];

/** A line that the Worker logged. */
export interface LogLine {
  level: string;
  message: string;
}

/**
 * Starts a Worker in a single workerd, as lean as on Cloudflare. Requests use the Worker's own socket, because
 * Miniflare's passes through two other Workers first. The rate limits in `ratelimits` count in memory, because
 * Miniflare's write every request to disk.
 */
export async function startInWorkerd(worker: WorkerOptions & { name: string }, onLog: (line: LogLine) => void) {
  const limits = Object.entries(worker.ratelimits ?? {}).map(([name, { namespace_id, simple }]) => [
    name,
    { name: "edge", entrypoint: "RateLimit", props: { namespace_id, ...simple } },
  ]);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      logRequests: false,
      unsafeTriggerHandlers: true,
      handleStructuredLogs: onLog,
      workers: [
        { ...worker, ratelimits: {}, serviceBindings: Object.fromEntries(limits) },
        {
          name: "edge",
          // The first date on which Workers may call each other's methods.
          compatibilityDate: "2024-04-03",
          modulesRoot: import.meta.dirname,
          modules: [{ type: "ESModule", path: join(import.meta.dirname, "edge.js") }],
          unsafeDirectSockets: [{ host: "127.0.0.1", port: 0, serviceName: worker.name }],
        },
      ],
    }),
  );
  const { origin: entry } = await miniflare.ready;
  const { origin: url } = await miniflare.unsafeGetDirectURL("edge");
  return {
    url,
    /** Where crons are triggered: `/cdn-cgi/local/scheduled`. */
    entry,
    /** Delivers a message of the queue, as Cloudflare would. Resolves when it has been handled. */
    async deliver(queue: string, body: unknown): Promise<void> {
      const { queue: handle } = await miniflare.getWorker(worker.name);
      await handle(queue, [{ id: randomUUID(), timestamp: new Date(), attempts: 1, body }]);
    },
    /** A bucket, as the Worker sees it. */
    bucket: (binding: "PHOTOS" | "PUBLIC_FILES") => miniflare.getR2Bucket(binding, worker.name),
    stop: () => miniflare.dispose(),
  };
}
