import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "miniflare";
import { settings } from "../../test/harness/platform.ts";
import { startInWorkerd } from "../../test/harness/workerd.ts";
import type { Statements } from "../recorder.ts";
import { compatibility_date, configFor, wrangler } from "../wrangler.ts";

/** The smallest possible Worker: what every request costs before any of our code runs. */
export const startEmpty = () => start('export default { fetch: () => Response.json({ status: "ok" }) };');

/**
 * The same Worker with one rate limit check, which each of our routes also makes. On Cloudflare the check is native.
 */
export const startLimited = () =>
  start(`export default {
    async fetch(request, { GENERAL_RATE_LIMIT }) {
      await GENERAL_RATE_LIMIT.limit({ key: request.headers.get("CF-Connecting-IP") });
      return Response.json({ status: "ok" });
    },
  };`);

/** The bare driver, which sends the recorded statements for each path. */
export async function startDriver(recorded: Record<string, Statements>) {
  const config = await configFor("driver", join(import.meta.dirname, "driver.ts"));
  const outdir = join(config, "../built");
  await wrangler("deploy", "--dry-run", "--minify", "--config", config, "--outdir", outdir);
  return start(await readFile(join(outdir, "driver.js"), "utf8"), {
    DATABASE_URL: settings.DATABASE_URL,
    NEON_HTTP_ENDPOINT: settings.NEON_HTTP_ENDPOINT ?? "",
    STATEMENTS: recorded,
  });
}

/** Writes one log line per request, as long as ours. */
export const startLogging = () =>
  start(`export default {
    fetch() {
      console.log(JSON.stringify({ level: "info", event: "request", request_id: crypto.randomUUID(), method: "GET", route: "/health", status: 200, trips: 0 }));
      return Response.json({ status: "ok" });
    },
  };`);

async function start(script: string, bindings: Record<string, Json> = {}) {
  const { url, stop } = await startInWorkerd(
    {
      name: "floor",
      modules: true,
      script,
      compatibilityDate: compatibility_date,
      bindings,
      ratelimits: { GENERAL_RATE_LIMIT: { namespace_id: "1001", simple: { limit: 300, period: 60 } } },
    },
    () => undefined,
  );
  return { url, stop };
}
