import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { ROOT } from "../local/settings.ts";
import { median } from "./times.ts";
import { configFor, wrangler } from "./wrangler.ts";

const DIRECTORY = join(ROOT, "dist/bench/startup");
const ROUNDS = 7;

/** The libraries the platform is built on. */
const FIXED_LIBRARIES = [
  "hono",
  "zod",
  "@hono/zod-validator",
  "drizzle-orm/neon-http",
  "drizzle-orm/pg-core",
  "@neondatabase/serverless",
  "jose",
  "@noble/hashes/argon2.js",
  "stripe",
];

/** The profile of the Worker's last start, for a browser's developer tools. */
export const STARTUP_PROFILE = join(DIRECTORY, "ours.cpuprofile");

/** How much CPU time a Worker uses before its first request, in milliseconds: the median of several starts. */
export interface Startup {
  ours: number;
  /** A Worker that only imports the fixed libraries. */
  libraries: number;
}

/**
 * Profiles the start of the deployed Worker and of one with only the fixed libraries, alternating, because the profiler
 * and the machine affect both.
 */
export async function measureStartup(): Promise<Startup> {
  await mkdir(DIRECTORY, { recursive: true });
  const entry = join(DIRECTORY, "libraries.ts");
  await writeFile(entry, importing(FIXED_LIBRARIES));
  const start = {
    ours: await profiled("ours", "--env", "production"),
    libraries: await profiled("libraries", "--config", await configFor("libraries", entry)),
  };
  const starts: Record<keyof Startup, number[]> = { ours: [], libraries: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    starts.ours.push(await start.ours());
    starts.libraries.push(await start.libraries());
  }
  return { ours: median(starts.ours), libraries: median(starts.libraries) };
}

/** A Worker that keeps all of these modules, even those that a bundler would drop. */
const importing = (modules: string[]): string =>
  [
    ...modules.map((module, index) => `import * as library${index} from "${module}";`),
    `const libraries = [${modules.map((_, index) => `library${index}`).join(", ")}];`,
    "export default { fetch: () => Response.json(libraries.map((library) => Object.keys(library))) };",
  ].join("\n");

const Profile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** Builds a Worker. Returns a function that starts it once and resolves to the CPU time in milliseconds. */
async function profiled(name: string, ...described: string[]): Promise<() => Promise<number>> {
  const bundle = join(DIRECTORY, `${name}.bundle`);
  const profile = join(DIRECTORY, `${name}.cpuprofile`);
  await wrangler("deploy", "--dry-run", "--minify", ...described, "--outfile", bundle);
  return async () => {
    await wrangler("check", "startup", "--worker", bundle, "--outfile", profile);
    return computed(Profile.parse(JSON.parse(await readFile(profile, "utf8"))));
  };
}

/**
 * Counts samples. wrangler adds up the time between samples, but long gaps mean that the Worker was waiting for its
 * request or for other processes.
 */
function computed({ nodes, samples, timeDeltas }: z.infer<typeof Profile>): number {
  const idle = nodes.find(({ callFrame }) => callFrame.functionName === "(idle)")?.id;
  const busy = samples.filter((node) => node !== idle).length;
  if (busy === 0) throw new Error("The Worker's start-up profile is empty.");
  return (busy * median(timeDeltas)) / 1000;
}
