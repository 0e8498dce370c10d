import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * Runs a program of servers until it fails, a signal arrives, or `npm` dies. Then ends everything in `started`, last
 * first, and the process. Anything not yet registered ends with the process, because no child outlives it (see
 * child.ts).
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

/** Ctrl-C arrives twice, from the terminal and from npm. The second signal has no effect. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}

/** If npm is killed, it cannot tell us. A shell between npm and us would survive, so we watch its parent too. */
async function parentDied(): Promise<void> {
  if (process.env.npm_lifecycle_event === undefined) return new Promise(() => undefined);
  const shell = process.ppid;
  const npm = /^-?(\/.*\/)?(sh|bash|dash|zsh)$/.test(await ps("comm", shell)) ? await ps("ppid", shell) : undefined;
  while (process.ppid === shell && (npm === undefined || (await ps("ppid", shell)) === npm)) await sleep(2000);
}

/** One field from `ps`. Empty if `ps` is missing or does not know the process. */
async function ps(column: string, pid: number): Promise<string> {
  const answer = await promisify(execFile)("ps", ["-o", `${column}=`, "-p", String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() ?? "";
}

/** An error and its causes in one sentence. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // If nothing listens on either IPv4 or IPv6, Node's error has a code but no message.
  const words = error.message || ("code" in error ? String(error.code) : error.name);
  return error.cause === undefined ? words : `${words}: ${describe(error.cause)}`;
}
