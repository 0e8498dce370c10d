import { join } from "node:path";
import { Cron } from "croner";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";
import { ROOT } from "./settings.ts";

const Config = z.object({ triggers: z.object({ crons: z.array(z.string()).nullish() }) });

/**
 * Runs the crons from wrangler.toml on schedule by calling the endpoint that `wrangler dev` provides, since it does not
 * run them itself. Returns the expressions and a way to stop. Cloudflare's times are in UTC, and its weekdays start
 * with 1 for Sunday.
 */
export function fireCrons(api_url: string): { crons: string[]; stop(): void } {
  const config = Config.parse(unstable_readConfig({ config: join(ROOT, "wrangler.toml") }));
  const expressions = config.triggers.crons ?? [];
  const jobs = expressions.map(
    (cron) => new Cron(cron, { timezone: "UTC", alternativeWeekdays: true }, () => fire(api_url, cron)),
  );
  return { crons: expressions, stop: () => jobs.forEach((job) => void job.stop()) };
}

async function fire(api_url: string, cron: string): Promise<void> {
  const endpoint = new URL("/cdn-cgi/local/scheduled", api_url);
  endpoint.searchParams.set("cron", cron);
  endpoint.searchParams.set("time", String(Date.now()));
  const answer = await fetch(endpoint).catch((error: unknown) => new Response(String(error), { status: 503 }));
  if (!answer.ok) console.error(`The cron ${cron} failed: ${answer.status} ${await answer.text()}`);
}
