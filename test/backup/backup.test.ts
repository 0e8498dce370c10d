import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { fillTables } from "../../cli/fill-tables.ts";
import { migrate } from "../../cli/migrate.ts";
import { ROOT } from "../../local/settings.ts";

const server = process.env.LOAF_BACKUP_SERVER;
if (!server) throw new Error("Set LOAF_BACKUP_SERVER to the address of a server of the version of pg_dump.");

const run = (command: string, environment: Record<string, string>, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "cli", command), ...args], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
};

/** A database with rows in every table. */
async function filledDatabase() {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const name = `loaf_backup_${crypto.randomUUID().replaceAll("-", "")}`;
  await admin.query(`create database ${name} template template0`);
  const url = Object.assign(new URL(server ?? ""), { pathname: `/${name}` }).href;
  const client = new pg.Client({ connectionString: url });
  onTestFinished(async () => {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  await migrate(url);
  await client.connect();
  await fillTables(client);
  return { url, client, databases: async () => (await admin.query("select datname from pg_database order by 1")).rows };
}

test("a backup restores with as many rows in every table, and only the newest are kept", async () => {
  const { url, client, databases } = await filledDatabase();
  const directory = await mkdtemp(join(tmpdir(), "loaf-backup-"));
  await client.query("set session_replication_role = replica");
  const erased = "11111111-2222-4333-8444-555555555555";
  await client.query(
    "insert into users (id, first_name, last_name, status, erase_at, erased_at) values ($1, '', '', 'inactive', now(), now())",
    [erased],
  );
  for (let made = 0; made < 3; made += 1) {
    expect(run("backup.ts", { DATABASE_URL: url }, "--to", directory, "--keep", "2")).toMatchObject({
      code: 0,
      stderr: "",
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const files = (await readdir(directory)).sort();
  expect(files).toEqual([
    "erased.txt",
    ...[1, 2].flatMap(() => [expect.stringMatching(/\.dump$/), expect.stringMatching(/\.json$/)]),
  ]);
  for (const file of files) expect((await stat(join(directory, file))).mode & 0o077, file).toBe(0);
  expect(await readFile(join(directory, "erased.txt"), "utf8")).toContain(erased);

  const before = await databases();
  const checked = run("backup-check.ts", { CHECK_SERVER_URL: server ?? "" }, "--from", directory);
  expect(checked).toMatchObject({ code: 0, stderr: "" });
  expect(checked.stdout).toMatch(/restores: \d{3} rows in 5\d tables/);

  const manifest = join(directory, files.at(-1) ?? "");
  const { rows, ...rest } = JSON.parse(await readFile(manifest, "utf8"));
  await writeFile(manifest, JSON.stringify({ ...rest, rows: { ...rows, "public.users": rows["public.users"] + 1 } }));
  const short = run("backup-check.ts", { CHECK_SERVER_URL: server ?? "" }, "--from", directory);
  expect([short.code, short.stderr]).toEqual([1, expect.stringContaining("public.users: 7 in the backup, 6 restored")]);

  const dump = manifest.replace(/json$/, "dump");
  await writeFile(dump, (await readFile(dump)).subarray(0, 100_000));
  expect(run("backup-check.ts", { CHECK_SERVER_URL: server ?? "" }, "--file", dump)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("pg_restore failed."),
  });
  // Nothing is left on the server, however a check ends.
  expect(await databases()).toEqual(before);
});

test("a check that is stopped drops its database, and the next check drops the database of one that was killed", async () => {
  const { url, client, databases } = await filledDatabase();
  const directory = await mkdtemp(join(tmpdir(), "loaf-backup-"));
  expect(run("backup.ts", { DATABASE_URL: url }, "--to", directory)).toMatchObject({ code: 0 });
  const before = await databases();
  const addedSince = async () => (await databases()).length - before.length;
  const begin = () => {
    const child = spawn(process.execPath, [join(ROOT, "cli/backup-check.ts"), "--from", directory], {
      env: { ...process.env, CHECK_SERVER_URL: url },
    });
    return { child, ended: once(child, "exit") };
  };
  const stopped = begin();
  await vi.waitFor(async () => expect(await addedSince()).toBe(1), { timeout: 20_000, interval: 5 });
  // However long it takes, another check on the same server leaves its database alone.
  stopped.child.kill("SIGSTOP");
  expect(run("backup-check.ts", { CHECK_SERVER_URL: server ?? "" }, "--from", directory)).toMatchObject({ code: 0 });
  expect(await addedSince()).toBe(1);
  stopped.child.kill("SIGCONT");
  stopped.child.kill("SIGTERM");
  await stopped.ended;
  expect(await addedSince()).toBe(0);

  const killed = begin();
  await vi.waitFor(async () => expect(await addedSince()).toBe(1), { timeout: 20_000, interval: 5 });
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(await addedSince()).toBe(1);
  await vi.waitFor(
    async () => {
      const { rows } = await client.query("select from pg_stat_activity where application_name ~ '^loaf_check_'");
      expect(rows).toEqual([]);
    },
    { timeout: 10_000 },
  );
  expect(run("backup-check.ts", { CHECK_SERVER_URL: url }, "--from", directory)).toMatchObject({ code: 0 });
  expect(await databases()).toEqual(before);
});
