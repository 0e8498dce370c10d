import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { type Account, accountFor } from "./account.ts";
import { type Child, startChild } from "./child.ts";
import { endFormerServer } from "./former-server.ts";
import { type Files, filesFor, unfinished } from "./postgres-files.ts";
import { isLocal, localDatabaseUrl } from "./settings.ts";

export interface Database {
  database_url: string;
  /** Resolves, to how, when the server ends by itself; never where it is not ours. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Sorts by code point and knows every letter's case on every system, as Neon's own default (C.UTF-8) does. */
const LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/** A throwaway server loses its data anyway: nothing is forced to disk. */
const THROWAWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB"];

/**
 * Starts PostgreSQL 18 with a database `loaf`: on `data_dir`, whose data survive, or without one on throwaway data.
 * Where DATABASE_URL is set, that server is used and nothing is started.
 */
export async function startPostgres({
  port,
  data_dir,
}: {
  port: number;
  data_dir?: string | undefined;
}): Promise<Database> {
  const given = process.env.DATABASE_URL;
  if (given) {
    if (data_dir === undefined && !isLocal(given))
      throw new Error("Tests fill a database with people. DATABASE_URL names one on another machine: unset it.");
    return { database_url: given, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  }

  const account = await accountFor(data_dir);
  const files = await filesFor(account, data_dir);
  const { stop, ...database } = await startOn(files, port, account, data_dir !== undefined).catch(
    async (error: unknown) => {
      await files.clear();
      throw error;
    },
  );
  return { ...database, stop: () => stop().then(files.clear) };
}

async function startOn(
  { initdb, postgres, data, throwaway }: Files,
  port: number,
  account: Account | undefined,
  kept: boolean,
): Promise<Database> {
  await endFormerServer(data);
  if (!existsSync(join(data, "PG_VERSION"))) await initialise(initdb, data, account);

  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=250",
    "timezone=UTC",
    "lc_messages=C",
    // In the command line of the server, so that a later run can tell whether we still live.
    `cluster_name=loaf-${process.pid}`,
    ...(kept ? [] : THROWAWAY),
  ].flatMap((setting) => ["-c", setting]);
  const server = await startServer(postgres, ["-D", data, ...settings], { ...account, remove: throwaway });
  // SIGINT ends sessions and writes everything down; SIGQUIT leaves at once what is deleted next.
  const stop = () => server.stop(kept ? "SIGINT" : "SIGQUIT");
  const database_url = localDatabaseUrl(port);
  try {
    await createDatabase(database_url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { database_url, ended: server.ended, stop };
}

/** Made beside its place and moved there, so that a run killed half-way leaves no half-made directory behind. */
async function initialise(initdb: string, directory: string, account: Account | undefined): Promise<void> {
  const made = unfinished(directory);
  await rm(made, { recursive: true, force: true });
  await mkdir(dirname(made), { recursive: true });
  await mkdir(made, { mode: 0o700 });
  if (account !== undefined) await chown(made, account.uid, account.gid);
  const args = [
    `--pgdata=${made}`,
    "--username=postgres",
    // Only this machine can connect, and the password in the address would be in this file anyway.
    "--auth=trust",
    "--no-sync",
    ...LOCALE,
  ];
  await promisify(execFile)(initdb, args, { ...account }).catch((error: unknown) => {
    throw new Error(`PostgreSQL could not make its data directory ${directory}: ${error}`);
  });
  await rm(directory, { recursive: true, force: true });
  await rename(made, directory);
}

/** Resolves when the server accepts connections; rejects with its own last words when it ends instead. */
async function startServer(
  postgres: string,
  args: string[],
  options: Partial<Account> & { remove: string },
): Promise<Child> {
  const server = startChild(postgres, args, {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
    end_with: "SIGINT",
  });
  let log = "";
  const ready = new Promise<void>((resolve) => {
    server.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-4000);
      if (text.includes("ready to accept connections")) resolve();
    });
  });
  const early = await Promise.race([ready, server.ended]);
  if (early !== undefined) throw new Error(`PostgreSQL did not start (${early}).\n${log.trim()}`);
  return server;
}

async function createDatabase(database_url: string): Promise<void> {
  const address = new URL(database_url);
  address.pathname = "/postgres";
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'loaf'");
    if (rowCount === 0) await client.query("create database loaf");
  } finally {
    await client.end();
  }
}
