import pg from "pg";
import { expect, test } from "vitest";
import journal from "../../migrations/meta/_journal.json" with { type: "json" };
import { emptyDatabase, run } from "./run.ts";

async function applied(database_url: string): Promise<{ hash: string }[]> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    return (await client.query("select hash from drizzle.__drizzle_migrations order by id")).rows;
  } finally {
    await client.end();
  }
}

test("migrating again changes nothing", async () => {
  const DATABASE_URL = await emptyDatabase();
  expect(await run("migrate.ts", { DATABASE_URL })).toMatchObject({ code: 0, stderr: "" });
  const first = await applied(DATABASE_URL);
  expect(first).toHaveLength(journal.entries.length);
  expect(await run("migrate.ts", { DATABASE_URL })).toMatchObject({ code: 0, stderr: "" });
  expect(await applied(DATABASE_URL)).toEqual(first);
});

test("two deployments that migrate at once both succeed, and each migration is applied once", async () => {
  const DATABASE_URL = await emptyDatabase();
  const both = await Promise.all([run("migrate.ts", { DATABASE_URL }), run("migrate.ts", { DATABASE_URL })]);
  expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(await applied(DATABASE_URL)).toHaveLength(journal.entries.length);
});

test("a database that does not answer is named in one sentence", async () => {
  const { code, stdout, stderr } = await run("migrate.ts", { DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe("The database does not answer. Is the local stack running (npm run dev), or DATABASE_URL set?\n");
});
