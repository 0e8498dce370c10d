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

/**
 * Stores a body in R2 as our Worker does, in parts of 5 MiB that are filled from small reads, and gives it back. What this
 * adds to memory is what it costs to hold a part, and what the local R2 takes, which runs in the same process.
 */
export const startStoring = () =>
  start(
    `const PART_BYTES = 5 * 1024 * 1024;

    async function store(bucket, key, body) {
      const upload = await bucket.createMultipartUpload(key);
      const reader = body.getReader({ mode: "byob" });
      const parts = [];
      const part = new Uint8Array(PART_BYTES);
      let buffer = new ArrayBuffer(64 * 1024);
      let filled = 0;
      const send = async () => {
        parts.push(await upload.uploadPart(parts.length + 1, part.subarray(0, filled)));
        filled = 0;
      };
      for (;;) {
        const { done, value } = await reader.read(new Uint8Array(buffer, 0, Math.min(64 * 1024, PART_BYTES - filled)));
        if (done) break;
        part.set(value, filled);
        filled += value.byteLength;
        buffer = value.buffer;
        if (filled === PART_BYTES) await send();
      }
      if (filled > 0 || parts.length === 0) await send();
      await upload.complete(parts);
    }

    export default {
      async fetch(request, { PHOTOS }) {
        const key = new URL(request.url).pathname.slice(1);
        if (request.method === "PUT") {
          await store(PHOTOS, key, request.body);
          return new Response("stored");
        }
        if (request.method === "GET") return new Response((await PHOTOS.get(key)).body);
        await PHOTOS.delete(key);
        return new Response("deleted");
      },
    };`,
    {},
    { r2Buckets: { PHOTOS: "floor" } },
  );

async function start(
  script: string,
  bindings: Record<string, Json> = {},
  more: { r2Buckets?: Record<string, string> } = {},
) {
  const { url, bucket, stop } = await startInWorkerd(
    {
      name: "floor",
      modules: true,
      script,
      compatibilityDate: compatibility_date,
      bindings,
      ...more,
      ratelimits: { GENERAL_RATE_LIMIT: { namespace_id: "1001", simple: { limit: 300, period: 60 } } },
    },
    () => undefined,
  );
  return { url, bucket, stop };
}
