import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import * as z from "zod";
import { listen } from "./listen.ts";

const Claim = z.object({
  id: z.string(),
  /** Where the run answers with `id`, for as long as it lives. */
  port: z.int(),
  pid: z.int(),
  command: z.string(),
  url: z.string(),
});
type Claim = z.infer<typeof Claim>;

/** How long a run may take to answer. */
const PATIENCE_MS = 2000;

/** The name of the claim in a data directory. */
const FILE = "running.json";

/**
 * Claims a data directory for this run, with a file. A run that was killed leaves its file behind, and another process
 * may have its process id by now. So a claim holds only while its port answers with its id. Throws if another run has
 * the directory.
 * @returns whether the run before was killed, and how to give the directory up
 */
export async function claim(
  data_dir: string,
  run: { command: string; url: string },
): Promise<{ after_a_kill: boolean; release(): Promise<void> }> {
  const file = join(data_dir, FILE);
  await mkdir(data_dir, { recursive: true });
  const left = await readFile(file, "utf8").catch(() => undefined);
  const former = left === undefined ? undefined : readClaim(left);
  if (former && (await holds(former)))
    throw new Error(
      `${former.command} is already running, at ${former.url} (process ${former.pid}). End it with Ctrl-C in its terminal if you want to start again.`,
    );
  if (left !== undefined) await rm(file, { force: true });

  const id = randomUUID();
  const server = await listen(
    new Hono<{ Bindings: HttpBindings }>().all("*", (c) => c.body(id)),
    0,
  );
  const ours: Claim = { id, port: server.port, pid: process.pid, ...run };
  try {
    await writeFile(file, JSON.stringify(ours), { flag: "wx" });
  } catch (error) {
    await server.stop();
    // Another run has started at the same moment.
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return claim(data_dir, run);
    throw error;
  }
  return {
    after_a_kill: former !== undefined,
    async release() {
      await server.stop();
      await rm(file, { force: true });
    },
  };
}

/** Undefined if the file was cut short. */
function readClaim(json: string): Claim | undefined {
  try {
    return Claim.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

async function holds({ id, port, pid }: Claim): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (response) => response.text(),
    (error: Error) => error.name,
  );
  // A suspended run (Ctrl-Z) has everything, and does not answer.
  return answer === id || (answer === "TimeoutError" && isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
