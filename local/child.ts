import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

export interface Child {
  process: ChildProcess;
  /** Resolves when the child ends, to a description such as "code 1", "signal SIGKILL", or "spawn x ENOENT". */
  ended: Promise<string>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** How long a child may take to stop before it is killed. */
export const PATIENCE_SECONDS = 8;

/** Waits until the pipe from our process closes, then ends the child's process group and removes its files. */
const WATCHDOG = `read _; kill -s "$1" -- "-$2" 2>/dev/null
n=0; while kill -s 0 -- "-$2" 2>/dev/null && [ $n -lt ${PATIENCE_SECONDS} ]; do sleep 1; n=$((n+1)); done
kill -s KILL -- "-$2" 2>/dev/null; shift 2; rm -rf -- "$@"`;

/**
 * Starts a child that cannot outlive us. It gets its own process group, so that Ctrl-C reaches only us and we decide
 * the order in which things stop. We may be killed without a chance to clean up, so a small shell watches the pipe to
 * our process and then ends the group.
 */
export function startChild(
  command: string,
  args: string[],
  options: SpawnOptions & { end_with: NodeJS.Signals; remove?: string[] },
): Child {
  const { end_with, remove = [], ...spawn_options } = options;
  const child = spawn(command, args, { ...spawn_options, detached: true });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  });
  const { pid } = child;
  if (pid === undefined) return { process: child, ended, stop: () => Promise.resolve() };

  const signal_name = end_with.slice("SIG".length);
  const watchdog = spawn("sh", ["-c", WATCHDOG, "watchdog", signal_name, String(pid), ...remove], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.once("error", () => undefined);
  watchdog.unref();
  void ended.then(() => {
    // Also end what the child started. The watchdog must not act later on a process id that another process may get.
    signalGroup(pid, "SIGKILL");
    watchdog.kill("SIGKILL");
  });

  return {
    process: child,
    ended,
    async stop(signal) {
      signalGroup(pid, signal);
      const impatient = setTimeout(() => signalGroup(pid, "SIGKILL"), PATIENCE_SECONDS * 1000);
      await ended;
      clearTimeout(impatient);
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already ended.
  }
}
