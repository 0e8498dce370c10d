import { readdir, readFile, writeFile } from "node:fs/promises";

/** The workerd processes that serve one Worker, read from Linux's /proc. */
export interface Workerd {
  /** CPU time of all threads so far, in milliseconds. */
  cpuMs(): Promise<number>;
  /** Current memory, in MiB. */
  memoryMib(): Promise<number>;
  /** Peak memory since the last `forgetPeak`, in MiB. */
  peakMib(): Promise<number>;
  forgetPeak(): Promise<void>;
}

/** Starts a Worker and passes it on with the processes started for it. Needs Linux's /proc. */
export async function withItsWorkerd<Result>(
  start: () => Promise<Result>,
): Promise<{ started: Result; workerd: Workerd }> {
  const before = await workerdsOfThisProcess();
  const started = await start();
  const pids = (await workerdsOfThisProcess()).filter((pid) => !before.includes(pid));
  if (pids.length === 0) throw new Error("Found no new workerd process. Does this system have /proc?");
  return { started, workerd: observe(pids) };
}

async function workerdsOfThisProcess(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // "pid (name) state parent …"
      return stat.includes("(workerd)") && Number(stat.split(") ").at(-1)?.split(" ")[1]) === process.pid ? [pid] : [];
    }),
  );
  return found.flat();
}

function observe(pids: readonly string[]): Workerd {
  const sum = async (figure: (pid: string) => Promise<number>) =>
    (await Promise.all(pids.map(figure))).reduce((total, each) => total + each, 0);
  const memory = (field: "VmRSS" | "VmHWM") =>
    sum(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
    });
  return {
    cpuMs: () =>
      sum(async (pid) => {
        let nanoseconds = 0;
        for (const thread of await readdir(`/proc/${pid}/task`)) {
          const figures = await readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8").catch(() => "0");
          nanoseconds += Number(figures.split(" ")[0]);
        }
        return nanoseconds / 1e6;
      }),
    memoryMib: () => memory("VmRSS"),
    peakMib: () => memory("VmHWM"),
    // Writing "5" resets the peak to the current memory.
    forgetPeak: async () => {
      for (const pid of pids) await writeFile(`/proc/${pid}/clear_refs`, "5");
    },
  };
}
