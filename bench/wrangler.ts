import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { unstable_readConfig as readConfig } from "wrangler";
import { ROOT } from "../local/settings.ts";

/** Runs a wrangler command without network access. Resolves to its output. */
export async function wrangler(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), ...args],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_SEND_METRICS: "false",
        FORCE_COLOR: "0",
      },
    },
  );
  return stdout;
}

/** Our Worker's compatibility date. The Workers we compare it with use the same one. */
export const compatibility_date: string = readConfig({ config: join(ROOT, "wrangler.toml") }).compatibility_date;

/**
 * Writes the configuration of a Worker to compare with ours, so that wrangler builds both the same way. Returns its
 * path.
 */
export async function configFor(name: string, main: string): Promise<string> {
  const directory = join(ROOT, "dist/bench", name);
  await mkdir(directory, { recursive: true });
  const path = join(directory, "wrangler.json");
  await writeFile(path, JSON.stringify({ name, main, compatibility_date, keep_names: false }));
  return path;
}
