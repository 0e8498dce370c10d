import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import { BUDGETS } from "../bench/budgets.ts";
import { printTable } from "../bench/table.ts";
import { ROOT } from "../local/settings.ts";
import { asCommand } from "./command.ts";

const OUTDIR = join(ROOT, "dist/worker");
const METAFILE = join(OUTDIR, "metafile.json");

/** The part of esbuild's metafile we read: how many bytes of the output each source file became. */
const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      bytes: z.number(),
      entryPoint: z.string().optional(),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
    }),
  ),
});

export interface Bundle {
  minified_bytes: number;
  gzip_bytes: number;
  /** The same as wrangler counts it. */
  wrangler_gzip_kib: number;
  /** Minified bytes by npm package. */
  libraries: Map<string, number>;
  /** Minified bytes by folder of src/, the root's files together as "src". */
  features: Map<string, number>;
}

/** Builds the Worker as it is deployed to production, without deploying, and weighs it. */
export async function measureBundle(): Promise<Bundle> {
  await rm(OUTDIR, { recursive: true, force: true });
  const printed = await wrangler(
    ...["deploy", "--dry-run", "--minify", "--env", "production"],
    ...["--outdir", OUTDIR, "--metafile", METAFILE],
  );
  const wrangler_gzip_kib = Number(/gzip: ([\d.]+) KiB/.exec(printed)?.[1]);
  if (Number.isNaN(wrangler_gzip_kib)) throw new Error(`wrangler no longer prints the size of the bundle:\n${printed}`);

  const { outputs } = Metafile.parse(JSON.parse(await readFile(METAFILE, "utf8")));
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined);
  if (!output) throw new Error("The metafile names no entry point.");
  const worker = await readFile(join(OUTDIR, "index.js"));
  const libraries = new Map<string, number>();
  const features = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const [group, name] = belongsTo(path) === "library" ? [libraries, packageOf(path)] : [features, folderOf(path)];
    group.set(name, (group.get(name) ?? 0) + bytesInOutput);
  }
  return {
    minified_bytes: worker.byteLength,
    gzip_bytes: gzipSync(worker).byteLength,
    wrangler_gzip_kib,
    libraries,
    features,
  };
}

const belongsTo = (path: string) => (path.startsWith("src/") ? "us" : "library");

/** `node_modules/@noble/hashes/argon2.js` is of `@noble/hashes`; what is in no package is the bundler's own. */
const packageOf = (path: string) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? "wrangler's own modules";

/** `src/events/routes.ts` is of `src/events`. */
const folderOf = (path: string) => /^src\/[^/]+(?=\/)/.exec(path)?.[0] ?? "src";

/**
 * How long the Worker computes before its first request, in milliseconds, as `wrangler check startup` profiles it. The
 * profiler costs time too and the machine is whatever it is: good for comparing, not for passing or failing.
 */
export async function measureStartup(): Promise<number | undefined> {
  const outfile = join(OUTDIR, "startup.cpuprofile");
  const printed = await wrangler("check", "startup", "--args=--minify --env production", "--outfile", outfile);
  const active = /Active: ([\d.]+) ms/.exec(printed)?.[1];
  return active === undefined ? undefined : Number(active);
}

async function wrangler(...args: string[]): Promise<string> {
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

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

/** The table: what came from elsewhere, what is ours by feature, and the whole. */
export function printBundle({ minified_bytes, gzip_bytes, libraries, features }: Bundle): void {
  const sum = (group: Map<string, number>) => [...group.values()].reduce((total, bytes) => total + bytes, 0);
  const rows = (group: Map<string, number>) =>
    [...group].sort(([, a], [, b]) => b - a).map(([name, bytes]) => [`  ${name}`, kib(bytes)]);
  const known = sum(libraries) + sum(features);
  printTable(
    `Bundle: ${kib(gzip_bytes)} KiB gzip of ${BUDGETS.bundle_gzip_kib}`,
    ["minified", "KiB"],
    [
      ["libraries", kib(sum(libraries))],
      ...rows(libraries),
      ["our own code", kib(sum(features))],
      ...rows(features),
      ["bundler's glue", kib(minified_bytes - known)],
      ["total", kib(minified_bytes)],
    ],
  );
}

await asCommand(import.meta, async () => {
  const bundle = await measureBundle();
  printBundle(bundle);
  const gzip_kib = bundle.gzip_bytes / 1024;
  if (Math.abs(gzip_kib - bundle.wrangler_gzip_kib) > 1)
    throw new Error(`We count ${gzip_kib.toFixed(1)} KiB gzip, wrangler ${bundle.wrangler_gzip_kib}: one is wrong.`);

  const startup = await measureStartup().catch((error: unknown) =>
    console.log(`\nStart-up was not measured: ${error}`),
  );
  if (startup !== undefined)
    console.log(
      `\nStart-up: ${startup} ms under the profiler of this machine (budget ${BUDGETS.startup_ms}, reported only)`,
    );

  if (gzip_kib > BUDGETS.bundle_gzip_kib)
    throw new Error(`The bundle has ${gzip_kib.toFixed(1)} KiB gzip; its budget is ${BUDGETS.bundle_gzip_kib}.`);
});
