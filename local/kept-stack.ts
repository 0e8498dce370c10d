import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_SECONDS } from "./child.ts";
import { claim } from "./claim.ts";
import { readFlags } from "./flags.ts";
import { refuseForeignTables } from "./foreign-tables.ts";
import { removeData } from "./postgres-files.ts";
import { loadSampleData } from "./sample-data.ts";
import {
  assertFree,
  dataDirectory,
  KEPT,
  type Part,
  type Ports,
  portsFromEnvironment,
  takenPorts,
} from "./settings.ts";
import { type Stack, startStack } from "./stack.ts";
import { shown } from "./steps.ts";

interface Program {
  command: "npm run dev" | "npm run stack";
  /** What it starts besides the stack. */
  parts: Part[];
  /** Where it is found once it runs. */
  url(ports: Ports): string;
}

/**
 * What `npm run dev` and `npm run stack` have in common: the stack with sample data, whose data is kept, and of which
 * there is one per data directory.
 */
export async function startKeptStack(
  started: AsyncDisposableStack,
  { command, parts, url }: Program,
): Promise<{ stack: Stack; data_dir: string; open: boolean }> {
  const { reset, open, database_url } = readFlags(process.argv.slice(2), process.env);
  if (process.env.DATABASE_URL && database_url === undefined)
    console.log(
      `DATABASE_URL is ignored: ${command} uses a database of its own. To use another one on purpose: ${command} -- --database URL`,
    );
  const ports = portsFromEnvironment();
  const data_dir = dataDirectory();
  const { release, after_a_kill } = await claim(data_dir, { command, url: url(ports) });
  started.defer(release);
  const needed: Part[] = [
    ...parts,
    ...(database_url === undefined ? (["postgres"] as const) : []),
    "neon",
    "stripe",
    "mail",
  ];
  await (after_a_kill ? untilFree(ports, needed) : assertFree(ports, needed));
  if (database_url !== undefined) await refuseForeignTables(database_url);
  if (reset) await removeKeptData(data_dir);

  const stack = await startStack({ ports, data_dir, database_url, step: shown });
  started.defer(stack.stop);
  await shown("Sample data", () => loadSampleData(stack));
  return { stack, data_dir, open };
}

/** The servers of a run that was killed take a moment to end. */
async function untilFree(ports: Ports, parts: Part[]): Promise<void> {
  const deadline = Date.now() + (PATIENCE_SECONDS + 2) * 1000;
  while (Date.now() < deadline && (await takenPorts(ports, parts)).length > 0) await sleep(200);
  await assertFree(ports, parts);
}

/** Removes what earlier runs have made in a data directory, and nothing else: it may be anybody's folder. */
async function removeKeptData(data_dir: string): Promise<void> {
  const { postgres, ...others } = KEPT;
  await removeData(join(data_dir, postgres));
  for (const name of Object.values(others)) await rm(join(data_dir, name), { recursive: true, force: true });
}
