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
import { localDatabaseUrl } from "./settings.ts";

export interface Database {
  database_url: string;
  /** Resolves to the reason if the server stops unexpectedly. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Sorts by code point and knows letter case on every system, like Neon's default (C.UTF-8). */
const LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/** A throwaway server loses its data anyway, so nothing is synced to disk. */
const THROWAWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB"];

/** Starts PostgreSQL 18 with a database `loaf`. Data is kept in `data_dir`, or thrown away if there is none. */
export async function startPostgres({
  port,
  data_dir,
}: {
  port: number;
  data_dir?: string | undefined;
}): Promise<Database> {
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
    // Part of the server's command line, so that a later run can tell whether this process is still alive.
    `cluster_name=loaf-${process.pid}`,
    ...(kept ? [] : THROWAWAY),
  ].flatMap((setting) => ["-c", setting]);
  const server = await startServer(postgres, ["-D", data, ...settings], { ...account, remove: throwaway });
  // SIGINT ends sessions and writes all data to disk. SIGQUIT stops at once, because the data is about to be deleted.
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

/** Creates the directory elsewhere and moves it into place, so that a killed run leaves no incomplete directory. */
async function initialise(initdb: string, directory: string, account: Account | undefined): Promise<void> {
  const made = unfinished(directory);
  await rm(made, { recursive: true, force: true });
  await mkdir(dirname(made), { recursive: true });
  await mkdir(made, { mode: 0o700 });
  if (account !== undefined) await chown(made, account.uid, account.gid);
  const args = [
    `--pgdata=${made}`,
    "--username=postgres",
    // Only this machine can connect, and any password would be public in this source code.
    "--auth=trust",
    "--no-sync",
    ...LOCALE,
  ];
  await promisify(execFile)(initdb, args, { ...account }).catch((error: unknown) => {
    throw new Error(`PostgreSQL could not create its data directory ${directory}: ${error}`);
  });
  await rm(directory, { recursive: true, force: true });
  await rename(made, directory);
}

/** Resolves when the server accepts connections. If it stops instead, rejects with its output. */
async function startServer(
  postgres: string,
  args: string[],
  options: Partial<Account> & { remove: string[] },
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
