import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { ownPlatform } from "../harness/own-platform.ts";
import { insert } from "../harness/platform.ts";
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

  const flags = ["--newer", newer, "--list", list];
  const again = await run("erase-again.ts", { DATABASE_URL: restored.database_url }, flags);
  expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^3 of 4 people will be erased again/)]);
  expect((await run("erase-again.ts", { DATABASE_URL: restored.database_url }, flags)).stdout).toMatch(/^0 of 4/);

  await restored.fire("17 * * * *");
  const people = "select id, first_name, erased_at is not null as is_erased, erase_at from users where id = $1";
  for (const person of [erased, listed])
    expect(await restored.sql(people, [person?.id])).toMatchObject([{ first_name: "", is_erased: true }]);
  expect(await restored.sql(people, [asked?.id])).toMatchObject([{ is_erased: false, erase_at }]);
  expect(await restored.sql(people, [member?.id])).toMatchObject([{ is_erased: false, erase_at: null }]);
});
