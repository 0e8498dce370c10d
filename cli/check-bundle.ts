import { access, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import { BUDGETS } from "../bench/budgets.ts";
import { measureStartup, STARTUP_PROFILE } from "../bench/startup.ts";
import { printTable } from "../bench/table.ts";
import { wrangler } from "../bench/wrangler.ts";
import { ROOT } from "../local/settings.ts";
import { asCommand } from "./command.ts";

const OUTDIR = join(ROOT, "dist/worker");
const METAFILE = join(OUTDIR, "metafile.json");

/** The part of esbuild's metafile we read: the source files in the order of the output, and the bytes each became. */
const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
    }),
  ),
});

/** What a part of the bundle weighs, in bytes. */
interface Weight {
  minified: number;
  /** Compressed by itself. Parts together take less than their sum: they repeat each other. */
  gzip: number;
}

export interface Bundle extends Weight {
  /** By npm package. */
  libraries: Map<string, Weight>;
  /** By folder of src/, the files at its root together as "src". */
  features: Map<string, Weight>;
}

/** Builds the Worker as it is deployed to production, without deploying, and weighs it. */
export async function measureBundle(): Promise<Bundle> {
  await rm(OUTDIR, { recursive: true, force: true });
  const printed = await wrangler(
    ...["deploy", "--dry-run", "--minify", "--env", "production"],
    ...["--outdir", OUTDIR, "--metafile", METAFILE],
  );
  const worker = await readFile(join(OUTDIR, "index.js"));
  const whole = weigh(worker);
  const wrangler_kib = Number(/gzip: ([\d.]+) KiB/.exec(printed)?.[1]);
  // Also where wrangler no longer prints it.
  if (!(Math.abs(whole.gzip / 1024 - wrangler_kib) <= 1))
    throw new Error(`We count ${kib(whole.gzip)} KiB gzip, but wrangler prints:\n${printed}`);

  const { outputs } = Metafile.parse(JSON.parse(await readFile(METAFILE, "utf8")));
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined);
  if (!output) throw new Error("The metafile names no entry point.");
  const pieces = { libraries: new Map<string, Buffer[]>(), features: new Map<string, Buffer[]>() };
  // The bundler's glue between the pieces shifts the cuts, by less than a KiB in all.
  let cut = 0;
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const piece = worker.subarray(cut, cut + bytesInOutput);
    cut += bytesInOutput;
    const [group, name] = path.startsWith("src/")
      ? [pieces.features, folderOf(path)]
      : [pieces.libraries, packageOf(path)];
    group.set(name, [...(group.get(name) ?? []), piece]);
  }
  if (worker.byteLength - cut > 1024) throw new Error("The metafile no longer accounts for the whole bundle.");
  return { ...whole, libraries: weighEach(pieces.libraries), features: weighEach(pieces.features) };
}

const weigh = (code: Buffer): Weight => ({ minified: code.byteLength, gzip: gzipSync(code).byteLength });

const weighEach = (pieces: Map<string, Buffer[]>) =>
  new Map([...pieces].map(([name, parts]) => [name, weigh(Buffer.concat(parts))]));

/** `node_modules/@noble/hashes/argon2.js` is of `@noble/hashes`; what is in no package is the bundler's own. */
const packageOf = (path: string) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? "wrangler's own modules";

/** `src/events/routes.ts` is of `src/events`. */
const folderOf = (path: string) => /^src\/[^/]+(?=\/)/.exec(path)?.[0] ?? "src";

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

/** The ledger: what came from elsewhere, and what is ours by feature, the largest first. */
export function printBundle({ minified, gzip, libraries, features }: Bundle): void {
  const rows = (group: Map<string, Weight>) =>
    [...group]
      .sort(([, a], [, b]) => b.gzip - a.gzip)
      .map(([name, weight]) => [name, kib(weight.minified), kib(weight.gzip)]);
  const columns = ["minified, KiB", "gzip, KiB"];
  printTable("Libraries in the bundle, each compressed by itself", ["library", ...columns], rows(libraries));
  printTable("Our own code, the same", ["folder", ...columns], rows(features));
  console.log(
    `\nThe whole bundle: ${kib(minified)} KiB minified, ${kib(gzip)} KiB gzip of ${BUDGETS.bundle_gzip_kib}.`,
  );
}

/** Where the reason for a large library stands: `@neondatabase/serverless` in `neondatabase-serverless.md`. */
const decisionOn = (library: string) => `docs/decisions/${library.replace("@", "").replace("/", "-")}.md`;

/** Large libraries whose reason nobody has written down. */
async function unexplained({ libraries }: Bundle): Promise<string[]> {
  const large = [...libraries].filter(([, { gzip }]) => gzip / 1024 > BUDGETS.library_gzip_kib);
  const explained = await Promise.all(
    large.map(([library]) =>
      access(join(ROOT, decisionOn(library))).then(
        () => true,
        () => false,
      ),
    ),
  );
  return large.flatMap(([library], index) => (explained[index] ? [] : library));
}

/** Builds, weighs and starts the Worker, and prints what it finds. Returns what does not hold, in sentences. */
export async function checkBundle(): Promise<string[]> {
  const bundle = await measureBundle();
  printBundle(bundle);
  const problems = (await unexplained(bundle)).map(
    (library) =>
      `${library} has more than ${BUDGETS.library_gzip_kib} KiB gzip: say in ${decisionOn(library)} why it is there, what it costs, and what else was considered.`,
  );
  if (bundle.gzip / 1024 > BUDGETS.bundle_gzip_kib)
    problems.push(`The bundle has ${kib(bundle.gzip)} KiB gzip, of at most ${BUDGETS.bundle_gzip_kib}.`);

  const { ours, libraries } = await measureStartup().catch((error: unknown) => {
    throw new Error("Start-up was not measured", { cause: error });
  });
  const { aim, budget } = BUDGETS.startup_over_libraries;
  const ratio = ours / libraries;
  console.log(
    `\nStart-up: ${ours.toFixed(0)} ms of ${BUDGETS.startup_ms}, ${ratio.toFixed(1)} times the ${libraries.toFixed(0)} ms of the fixed libraries alone (aim ${aim}, at most ${budget}).\n`,
  );
  if (ours > BUDGETS.startup_ms || ratio > budget)
    problems.push(
      `The Worker takes too long to start. What it computes before its first request is in ${STARTUP_PROFILE}.`,
    );
  return problems;
}

await asCommand(import.meta, async () => {
  const problems = await checkBundle();
  if (problems.length > 0) throw new Error(problems.join("\n"));
});
