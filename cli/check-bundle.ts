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

/** The part of esbuild's metafile that we read: the source files in output order, and the bytes each one produced. */
const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
    }),
  ),
});

/** The size of a part of the bundle, in bytes. */
interface Weight {
  minified: number;
  /** Compressed on its own. The parts add up to more than the whole, because they share repeated text. */
  gzip: number;
}

export interface Bundle extends Weight {
  /** Keyed by npm package. */
  libraries: Map<string, Weight>;
  /** Keyed by folder of src/. The files directly in src/ count as "src". */
  features: Map<string, Weight>;
}

/** Builds the Worker as for production, without deploying it, and measures its size. */
export async function measureBundle(): Promise<Bundle> {
  await rm(OUTDIR, { recursive: true, force: true });
  const printed = await wrangler(
    ...["deploy", "--dry-run", "--minify", "--env", "production"],
    ...["--outdir", OUTDIR, "--metafile", METAFILE],
  );
  const worker = await readFile(join(OUTDIR, "index.js"));
  const whole = weigh(worker);
  const wrangler_kib = Number(/gzip: ([\d.]+) KiB/.exec(printed)?.[1]);
  // Negated, so that it also fails if wrangler stops printing the size.
  if (!(Math.abs(whole.gzip / 1024 - wrangler_kib) <= 1))
    throw new Error(`We measured ${kib(whole.gzip)} KiB gzip, but wrangler printed:\n${printed}`);

  const { outputs } = Metafile.parse(JSON.parse(await readFile(METAFILE, "utf8")));
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined);
  if (!output) throw new Error("The metafile has no entry point.");
  const pieces = { libraries: new Map<string, Buffer[]>(), features: new Map<string, Buffer[]>() };
  // The bundler's glue code between the pieces shifts the cuts, by less than 1 KiB in total.
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

/**
 * `node_modules/@noble/hashes/argon2.js` belongs to `@noble/hashes`. Anything outside a package is the bundler's own.
 */
const packageOf = (path: string) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? "wrangler's own modules";

/** `src/events/routes.ts` belongs to `src/events`. */
const folderOf = (path: string) => /^src\/[^/]+(?=\/)/.exec(path)?.[0] ?? "src";

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

/** Prints the size of each library and of each folder of our own code, largest first. */
export function printBundle({ minified, gzip, libraries, features }: Bundle): void {
  const rows = (group: Map<string, Weight>) =>
    [...group]
      .sort(([, a], [, b]) => b.gzip - a.gzip)
      .map(([name, weight]) => [name, kib(weight.minified), kib(weight.gzip)]);
  const columns = ["minified, KiB", "gzip, KiB"];
  printTable("Libraries in the bundle, each compressed separately", ["library", ...columns], rows(libraries));
  printTable("Our own code, each folder compressed separately", ["folder", ...columns], rows(features));
  console.log(`\nTotal: ${kib(minified)} KiB minified, ${kib(gzip)} KiB gzip (budget ${BUDGETS.bundle_gzip_kib}).`);
}

/** The page that explains a large library: `neondatabase-serverless.md` for `@neondatabase/serverless`. */
const decisionOn = (library: string) => `docs/decisions/${library.replace("@", "").replace("/", "-")}.md`;

/** Large libraries without a written reason. */
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

/** Builds, measures, and starts the Worker, and prints the results. Returns a sentence for each problem. */
export async function checkBundle(): Promise<string[]> {
  const bundle = await measureBundle();
  printBundle(bundle);
  const problems = (await unexplained(bundle)).map(
    (library) =>
      `${library} is larger than ${BUDGETS.library_gzip_kib} KiB gzip. Explain in ${decisionOn(library)} why we need it, what it costs, and what else was considered.`,
  );
  if (bundle.gzip / 1024 > BUDGETS.bundle_gzip_kib)
    problems.push(`The bundle is ${kib(bundle.gzip)} KiB gzip. The budget is ${BUDGETS.bundle_gzip_kib}.`);

  const { ours, libraries } = await measureStartup().catch((error: unknown) => {
    throw new Error("Could not measure start-up", { cause: error });
  });
  const { aim, budget } = BUDGETS.startup_over_libraries;
  const ratio = ours / libraries;
  console.log(
    `\nStart-up: ${ours.toFixed(0)} ms (budget ${BUDGETS.startup_ms}), ${ratio.toFixed(1)} times the ${libraries.toFixed(0)} ms of the fixed libraries alone (aim ${aim}, budget ${budget}).\n`,
  );
  if (ours > BUDGETS.startup_ms || ratio > budget)
    problems.push(`The Worker takes too long to start. See the start-up profile in ${STARTUP_PROFILE}.`);
  return problems;
}

await asCommand(import.meta, async () => {
  const problems = await checkBundle();
  if (problems.length > 0) throw new Error(problems.join("\n"));
});
