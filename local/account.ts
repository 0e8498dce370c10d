import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";

/** The account that PostgreSQL runs as, because it refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account for a data directory. Undefined means our own. If we are root, it is the directory's owner, else
 * `postgres`, else `nobody`.
 */
export async function accountFor(data_dir: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = data_dir === undefined ? undefined : await stat(data_dir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = accounts.find((account) => account[0] === name) ?? [];
    if (uid === undefined || gid === undefined) continue;
    return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL refuses to run as root, and there is no user called postgres or nobody. Run as another user.",
  );
}

/** Whether an account can enter a directory and all its parents. */
export const mayEnter = (account: Account | undefined, directory: string) =>
  succeeds(account, "sh", ["-c", 'cd -- "$1"', "sh", directory]);

/** Whether an account can run a program at its current path. */
export const mayRun = (account: Account | undefined, program: string) => succeeds(account, program, ["--version"]);

/** Always true for our own account, which gets its own error if something is not allowed. */
async function succeeds(account: Account | undefined, program: string, args: string[]): Promise<boolean> {
  if (account === undefined) return true;
  return promisify(execFile)(program, args, account).then(
    () => true,
    () => false,
  );
}
