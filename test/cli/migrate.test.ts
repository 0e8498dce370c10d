import pg from "pg";
import { expect, test } from "vitest";
import journal from "../../migrations/meta/_journal.json" with { type: "json" };
import { addressOf, emptyDatabase, run } from "./run.ts";

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

test.for([
  ["mysql://db.example.org/loaf", "must be a postgres:// URL such as postgresql://user:password@host/database"],
  ["postgres://owner:s3cret#1@db.example.org/loaf", "must be a postgres:// URL"],
  ["postgres://nobody:s3cret@127.0.0.1:9/none", "names 127.0.0.1:9, where no PostgreSQL answers (ECONNREFUSED)."],
  ["postgres://nobody:s3cret@db.invalid/none", "names the host db.invalid, which is not known."],
  [addressOf("nowhere"), 'was refused: database "nowhere" does not exist.'],
] as const)(
  "DATABASE_URL = %s is a sentence that names the variable, and never the password",
  async ([address, problem]) => {
    const { code, stdout, stderr } = await run("migrate.ts", { DATABASE_URL: address });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`DATABASE_URL ${problem}`);
    expect(stderr.trim()).not.toMatch(/\n|s3cret/);
  },
);

test("without DATABASE_URL, it is the local stack's database, which may not be running", async () => {
  for (const environment of [{}, { DATABASE_URL: "" }]) {
    const { code, stderr } = await run("migrate.ts", { ...environment, LOAF_PG_PORT: "9" });
    expect([code, stderr]).toEqual([
      1,
      "The local stack's database does not answer. Start it with npm run dev, or set DATABASE_URL to another one.\n",
    ]);
  }
});
