import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * A run that was killed can leave its process id file behind, or its server if the watchdog died too. PostgreSQL does
 * not start while a process with that id is alive, even an unrelated one, so we check what it is.
 */
export async function endFormerServer(directory: string): Promise<void> {
  const id_file = join(directory, "postmaster.pid");
  const pid = Number.parseInt(await readFile(id_file, "utf8").catch(() => ""), 10);
  if (Number.isNaN(pid)) return;
  const command = await commandLine(pid);
  if (command.includes(directory)) {
    const owner = Number(/cluster_name=loaf-(\d+)/.exec(command)?.[1]);
    if ((await commandLine(owner)) !== "") {
      throw new Error(
        `${directory} is in use by another run of the local stack (process ${owner}). Stop that run first.`,
      );
    }
    process.kill(pid, "SIGINT");
    while ((await commandLine(pid)) !== "") await sleep(50);
  }
  await rm(id_file, { force: true });
}

/** A process's command line. Empty if it is not running or is a zombie. */
async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  } catch {
    const ps = await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => undefined);
    return ps?.stdout ?? "";
  }
}
