import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { insert, sql } from "../harness/platform.ts";
import { migratedDatabase, run, seededDatabase } from "./run.ts";

const directory = () => mkdtemp(join(tmpdir(), "loaf-backup-"));

// `npm run test:backup` makes real backups, where PostgreSQL's client is installed.
test("without PostgreSQL's client, a backup says so and leaves nothing behind", async () => {
  const [DATABASE_URL, to] = [await migratedDatabase(), await directory()];
  const { code, stdout, stderr } = await run("backup.ts", { DATABASE_URL, PATH: "" }, ["--to", to]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^pg_dump is not installed\./);
  expect(await readdir(to)).toEqual([]);
});

/** A pg_dump that writes a little, and then takes long. Writes its process id to the file `pid`. */
async function slowPgDump(seconds = 60): Promise<string> {
  const path = await directory();
  const script = `#!/bin/sh\necho $$ > ${path}/pid\nfor word in "$@"; do case $word in --file=*) echo half > "\${word#--file=}";; esac; done\nexec /bin/sleep ${seconds}\n`;
  await writeFile(join(path, "pg_dump"), script, { mode: 0o755 });
  return path;
}

/** The process id of such a pg_dump, as soon as it runs. */
async function begun(path: string): Promise<number> {
  const pid = await vi.waitFor(async () => {
    const written = Number.parseInt(await readFile(join(path, "pid"), "utf8"), 10);
    expect(written).toBeGreaterThan(0);
    return written;
  }, 10_000);
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, "SIGKILL");
  });
  return pid;
}

test("a backup that is stopped removes what it began, and one that was killed leaves it to the next", async () => {
  const [DATABASE_URL, to, PATH] = [await migratedDatabase(), await directory(), await slowPgDump()];
  const begin = async () => {
    await rm(join(PATH, "pid"), { force: true });
    const child = spawn(process.execPath, [join(ROOT, "cli/backup.ts"), "--to", to], {
      env: { ...process.env, DATABASE_URL, PATH },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    return { child, ended, pid: await begun(PATH) };
  };

  const stopped = await begin();
  expect((await run("backup.ts", { DATABASE_URL, PATH }, ["--to", to])).stderr).toBe(
    "Another backup of this database is being made.\n",
  );
  stopped.child.kill("SIGTERM");
  expect(await stopped.ended).toEqual([1, null]);
  expect([await readdir(to), isRunning(stopped.pid)]).toEqual([[], false]);

  const killed = await begin();
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(await readdir(to)).toEqual([expect.stringMatching(/^loaf-.*Z\.dump\.part$/)]);
  await writeFile(join(to, "loaf-2026-01-01T00-00-00Z.json"), "{}");
  await writeFile(join(to, "film.part"), "Somebody else's.");
  await vi.waitFor(async () => {
    // PostgreSQL has noticed that the other is gone.
    const { stderr } = await run("backup.ts", { DATABASE_URL, PATH: "" }, ["--to", to]);
    expect(stderr).toMatch(/^pg_dump is not installed/);
  }, 10_000);
  expect(await readdir(to)).toEqual(["film.part"]);
});

test("a dump may take longer than the database lets a transaction be idle", async () => {
  const [DATABASE_URL, to, PATH] = [await migratedDatabase(), await directory(), await slowPgDump(1)];
  await sql(`alter database ${new URL(DATABASE_URL).pathname.slice(1)} set idle_in_transaction_session_timeout = 200`);
  expect(await run("backup.ts", { DATABASE_URL, PATH }, ["--to", to])).toMatchObject({ code: 0, stderr: "" });
  expect(await readdir(to)).toContainEqual(expect.stringMatching(/^loaf-.*Z\.dump$/));
});

test("a backup whose connection breaks says so, ends pg_dump, and removes what it began", async () => {
  const [DATABASE_URL, to, PATH] = [await migratedDatabase(), await directory(), await slowPgDump()];
  const backup = run("backup.ts", { DATABASE_URL, PATH }, ["--to", to]);
  const pid = await begun(PATH);
  await sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
    new URL(DATABASE_URL).pathname.slice(1),
  ]);
  const { code, stderr } = await backup;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The database closed the connection: .*\n$/)]);
  expect([await readdir(to), isRunning(pid)]).toEqual([[], false]);
});

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("Neon's pooler is refused, and an empty directory has nothing to check", async () => {
  const to = await directory();
  const DATABASE_URL = "postgres://owner:s3cret@ep-a-pooler.eu.neon.tech/neondb";
  expect((await run("backup.ts", { DATABASE_URL }, ["--to", to])).stderr).toContain(
    "Take the address without -pooler.",
  );
  expect((await run("backup-check.ts", {}, ["--from", to])).stderr).toContain("has no backup.");
});

test("those who were erased after a backup was made are erased again once it is restored", {
  timeout: 60_000,
}, async () => {
  const restored = await ownPlatform();
  const newer = await seededDatabase();
  const client = new pg.Client({ connectionString: newer });
  await client.connect();
  // The database is dropped at the end.
  client.on("error", () => undefined);
  onTestFinished(() => client.end());
  const addNewer = (columns: Record<string, unknown>) =>
    insert("users", columns, async (text, params) => (await client.query(text, params)).rows);
  const [erased, listed, asked, member] = await Promise.all([0, 1, 2, 3].map(() => restored.person("active")));
  const gone = { first_name: "", last_name: "", status: "inactive", erase_at: new Date(0), erased_at: new Date() };
  await addNewer({ id: erased?.id, ...gone });
  // Registered and erased since: the backup does not know them.
  await addNewer(gone);
  const erase_at = new Date(Date.now() + 86_400_000);
  await addNewer({
    id: asked?.id,
    first_name: "Robin",
    last_name: "Example",
    erase_at,
    erase_wished: true,
  });
  const list = join(await directory(), "erased.txt");
  await writeFile(list, `${listed?.id}\n`);

  const environment = { DATABASE_URL: restored.database_url, NEWER_DATABASE_URL: newer };
  const shown = await run("erase-again.ts", { DATABASE_URL: restored.database_url }, ["--newer", newer]);
  expect([shown.code, shown.stderr]).toEqual([1, expect.stringMatching(/^--newer has a password/)]);
  const again = await run("erase-again.ts", environment, ["--list", list]);
  expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^3 of 4 people will be erased again/)]);
  expect((await run("erase-again.ts", environment, ["--list", list])).stdout).toMatch(/^0 of 4/);

  await restored.fire("17 * * * *");
  const people = "select id, first_name, erased_at is not null as is_erased, erase_at from users where id = $1";
  for (const person of [erased, listed])
    expect(await restored.sql(people, [person?.id])).toMatchObject([{ first_name: "", is_erased: true }]);
  expect(await restored.sql(people, [asked?.id])).toMatchObject([{ is_erased: false, erase_at }]);
  expect(await restored.sql(people, [member?.id])).toMatchObject([{ is_erased: false, erase_at: null }]);
});
