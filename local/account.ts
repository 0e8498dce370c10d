import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** PostgreSQL refuses to run as root: the account it runs as instead. */
export interface Account {
  uid: number;
  gid: number;
}

export interface Command {
  file: string;
  args: string[];
  options: Partial<Account>;
}

/**
 * The account for a data directory: undefined for ourselves; under root the directory's owner, else `postgres`, else
 * `nobody`.
 */
export async function accountFor(data_dir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data_dir).catch(() => undefined);
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

/**
 * How to run a program as an account. Under root the project may lie where only root may look (as /root): then the
 * account is lent the right to pass, which `setpriv` of util-linux can do.
 */
export async function runnableBy(account: Account | undefined, program: string, args: string[]): Promise<Command> {
  if (account === undefined) return { file: program, args, options: {} };
  const paths = [program, ...args.filter((arg) => arg.includes("/")).map((arg) => arg.replace(/^[^/]*/, ""))];
  const open = await Promise.all(paths.map((path) => isOpenToAll(dirname(path))));
  if (open.every(Boolean)) return { file: program, args, options: account };
  return {
    file: "setpriv",
    args: [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      "--clear-groups",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
      program,
      ...args,
    ],
    options: {},
  };
}

/** Whether anybody may pass through a directory and all above it. */
async function isOpenToAll(directory: string): Promise<boolean> {
  const { mode } = await stat(directory);
  if ((mode & 0o001) === 0) return false;
  return dirname(directory) === directory || isOpenToAll(dirname(directory));
}
