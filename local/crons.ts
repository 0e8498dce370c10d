import { join } from "node:path";
import { Cron } from "croner";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";
import { ROOT } from "./settings.ts";

const Config = z.object({ triggers: z.object({ crons: z.array(z.string()).nullish() }) });

/** The crons in wrangler.toml. */
export const readCrons = (): string[] =>
  Config.parse(unstable_readConfig({ config: join(ROOT, "wrangler.toml") })).triggers.crons ?? [];

/** Where `wrangler dev` runs the jobs of a cron right away. */
export function cronUrl(api_url: string, cron: string): URL {
  const url = new URL("/cdn-cgi/local/scheduled", api_url);
  url.searchParams.set("cron", cron);
  return url;
}

/**
 * Runs crons on schedule, since `wrangler dev` does not. Returns how to stop that. Cloudflare's times are in UTC, and its
 * weekdays start with 1 for Sunday.
 */
export function fireCrons(api_url: string, crons: string[]): () => void {
  const jobs = crons.map(
    (cron) => new Cron(cron, { timezone: "UTC", alternativeWeekdays: true }, () => fire(api_url, cron)),
  );
  return () => jobs.forEach((job) => void job.stop());
}

async function fire(api_url: string, cron: string): Promise<void> {
  const endpoint = cronUrl(api_url, cron);
  endpoint.searchParams.set("time", String(Date.now()));
  const answer = await fetch(endpoint).catch((error: unknown) => new Response(String(error), { status: 503 }));
  if (!answer.ok) console.error(`The cron ${cron} failed: ${answer.status} ${await answer.text()}`);
}
