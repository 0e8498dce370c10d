import pg from "pg";
import { expect, test } from "vitest";
import { refuseForeignTables } from "../../local/foreign-tables.ts";
import { addressOf, emptyDatabase, migratedDatabase } from "../cli/run.ts";

async function having(database_url: string, ...statements: string[]): Promise<string> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
  return database_url;
}

/** What Drizzle's migrator makes, in any project. */
const DRIZZLE = [
  "create schema drizzle",
  "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
];

test("an empty database is taken, and one that our migrations made, whatever else is in it", async () => {
  await refuseForeignTables(await emptyDatabase());
  await refuseForeignTables(await having(await emptyDatabase(), ...DRIZZLE));
  await refuseForeignTables(await having(await migratedDatabase(), "create table of_mine (id int)"));
});

test.for([
  [["create table orders (id int)"], "another project: public.orders."],
  [["create schema shop", "create table shop.orders (id int) partition by list (id)"], "another project: shop.orders."],
  // Another project that uses Drizzle.
  [
    [
      ...DRIZZLE,
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('theirs', 1)",
      ...["a", "b", "c", "d", "e"].map((name) => `create table ${name} (id int)`),
    ],
    "another project: public.a, public.b, public.c and 2 more.",
  ],
] as const)("a database of somebody else's is refused by its tables: %#", async ([statements, problem]) => {
  await expect(refuseForeignTables(await having(await emptyDatabase(), ...statements))).rejects.toThrow(problem);
});

test("one that cannot be reached is a sentence that names the flag", async () => {
  await expect(refuseForeignTables("postgres://me@127.0.0.1:9/mine")).rejects.toThrow(
    "--database names 127.0.0.1:9, where no PostgreSQL answers",
  );
  await expect(refuseForeignTables(addressOf("nowhere"))).rejects.toThrow(
    '--database was refused: database "nowhere" does not exist.',
  );
});
