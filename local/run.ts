import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * Runs a program of servers until it fails, a signal comes or `npm` dies; then ends what it registered in `started`,
 * last first, and the process. What it had begun but not yet registered ends with the process, for no child outlives it
 * (see child.ts).
 */
export async function run(program: (started: AsyncDisposableStack) => Promise<never>): Promise<never> {
  const started = new AsyncDisposableStack();
  try {
    await Promise.race([program(started), signalled(), parentDied()]);
  } catch (error) {
    console.error(`\n${describe(error)}`);
    process.exitCode = 1;
  }
  await started.disposeAsync();
  process.exit();
}

/** Ctrl-C arrives twice, from the terminal and from npm: a second one changes nothing. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}

/**
 * Killed without mercy, npm cannot tell us. Between npm and us there may be a shell, which would live on: then its
 * parent counts too.
 */
async function parentDied(): Promise<void> {
  if (process.env.npm_lifecycle_event === undefined) return new Promise(() => undefined);
  const shell = process.ppid;
  const npm = /^-?(\/.*\/)?(sh|bash|dash|zsh)$/.test(await ps("comm", shell)) ? await ps("ppid", shell) : undefined;
  while (process.ppid === shell && (npm === undefined || (await ps("ppid", shell)) === npm)) await sleep(2000);
}

/** One word about a process; empty when `ps` is missing or does not know it. */
async function ps(column: string, pid: number): Promise<string> {
  const answer = await promisify(execFile)("ps", ["-o", `${column}=`, "-p", String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() ?? "";
}

/** An error and what caused it, as one sentence. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's "nobody listens there, neither on IPv4 nor IPv6" has a code and no words.
  const words = error.message || ("code" in error ? String(error.code) : error.name);
  return error.cause === undefined ? words : `${words}: ${describe(error.cause)}`;
}
