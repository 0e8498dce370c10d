import { join } from "node:path";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";
import { ROOT } from "../../local/settings.ts";

/** What can be looked at: this machine, or an environment of wrangler.toml. */
export const TARGETS = ["local", "staging", "production"] as const;
export type Target = (typeof TARGETS)[number];

const Config = z.object({
  name: z.string(),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })),
  queues: z.object({
    producers: z.array(z.object({ queue: z.string() })),
    consumers: z.array(z.object({ queue: z.string(), max_concurrency: z.number().nullish() })),
  }),
  triggers: z.object({ crons: z.array(z.string()) }),
});

/** What wrangler.toml says of an environment: the Worker's name, and what it is bound to. */
export interface WorkerConfig {
  name: string;
  buckets: { binding: string; bucket_name: string }[];
  queue: string;
  crons: string[];
}

export function workerConfig(target: Target): WorkerConfig {
  const config = { config: join(ROOT, "wrangler.toml"), ...(target !== "local" && { env: target }) };
  const { name, r2_buckets, queues, triggers } = Config.parse(unstable_readConfig(config, { hideWarnings: true }));
  return { name, buckets: r2_buckets, queue: queues.producers[0]?.queue ?? "", crons: triggers.crons };
}
