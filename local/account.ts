import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";

/** PostgreSQL refuses to run as root: the account it runs as instead. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account for a data directory: undefined for ourselves; under root the directory's owner, else `postgres`, else
 * `nobody`.
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
    "PostgreSQL does not run as root, and there is neither a user postgres nor nobody. Run as another user.",
  );
}

/** Whether an account may pass through a directory and all above it. */
export const mayEnter = (account: Account | undefined, directory: string) =>
  succeeds(account, "sh", ["-c", 'cd -- "$1"', "sh", directory]);

/** Whether an account may run a program where it is. */
export const mayRun = (account: Account | undefined, program: string) => succeeds(account, program, ["--version"]);

/** Our own account is not asked: what it may not do fails with its own message. */
async function succeeds(account: Account | undefined, program: string, args: string[]): Promise<boolean> {
  if (account === undefined) return true;
  return promisify(execFile)(program, args, account).then(
    () => true,
    () => false,
  );
}
