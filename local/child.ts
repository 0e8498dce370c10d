import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

export interface Child {
  process: ChildProcess;
  /** Resolves once it is gone, to words for a message ("code 1", "signal SIGKILL", "spawn x ENOENT"). */
  ended: Promise<string>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** How long a child may take to end before it is killed. */
const PATIENCE_SECONDS = 8;

/** Waits for the end of the pipe from our process, ends the child's process group, and clears away what it left. */
const WATCHDOG = `read _; kill -s "$1" -- "-$2" 2>/dev/null
n=0; while kill -s 0 -- "-$2" 2>/dev/null && [ $n -lt ${PATIENCE_SECONDS} ]; do sleep 1; n=$((n+1)); done
kill -s KILL -- "-$2" 2>/dev/null; [ -z "$3" ] || rm -rf -- "$3"`;

/**
 * Starts a child that cannot outlive us. It has a process group of its own, so that Ctrl-C reaches only us and we
 * decide the order in which things stop; and because we may be killed without a chance to act, a small shell watches
 * the pipe to our process and ends the group for us.
 */
export function startChild(
  command: string,
  args: string[],
  options: SpawnOptions & { end_with: NodeJS.Signals; remove?: string | undefined },
): Child {
  const { end_with, remove, ...spawn_options } = options;
  const child = spawn(command, args, { ...spawn_options, detached: true });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  });
  const { pid } = child;
  if (pid === undefined) return { process: child, ended, stop: () => Promise.resolve() };

  const signal_name = end_with.slice("SIG".length);
  const watchdog = spawn("sh", ["-c", WATCHDOG, "watchdog", signal_name, String(pid), remove ?? ""], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.once("error", () => undefined);
  watchdog.unref();
  void ended.then(() => {
    // What it started goes with it; and the watchdog must not act on a process id that may soon be somebody else's.
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
    // Already gone.
  }
}
