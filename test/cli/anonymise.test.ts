import pg from "pg";
import { expect, test } from "vitest";
import { fillTables } from "../../cli/fill-tables.ts";
import { EMPTIED_TABLES, HARMLESS_COLUMNS, MADE_UP } from "../../cli/personal-columns.ts";
import { sql } from "../harness/platform.ts";
import { migratedDatabase, run } from "./run.ts";

const PATIENT = { timeout: 60_000 };

/** Columns that can say something about somebody. */
const TELLING = `select table_name as table, column_name as name, data_type as type from information_schema.columns
  where table_schema = 'public' and data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'date', 'ARRAY', 'bytea', 'inet')
    and table_name in (select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE')
  order by 1, 2`;

interface Column {
  table: string;
  name: string;
  type: string;
}

test("every column that can say something about a person is made up or known to be harmless", async () => {
  const columns = (await sql<Column & pg.QueryResultRow>(TELLING)).filter(
    ({ table }) => !EMPTIED_TABLES.includes(table),
  );
  const known = [MADE_UP, HARMLESS_COLUMNS].flatMap((tables) =>
    Object.entries(tables).flatMap(([table, names]) =>
      (Array.isArray(names) ? names : Object.keys(names)).map((name) => `${table}.${name}`),
    ),
  );
  expect(known.toSorted()).toEqual(columns.map(({ table, name }) => `${table}.${name}`).toSorted());
});

test("afterwards no table has anything left that people told us", PATIENT, async () => {
  const database_url = await migratedDatabase();
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    await fillTables(client);
    const { rows: columns } = await client.query<Column>(TELLING);
    await client.query("set session_replication_role = replica");
    for (const { table, name, type } of columns) {
      const is_personal = EMPTIED_TABLES.includes(table) || name in (MADE_UP[table] ?? {});
      if (!is_personal) continue;
      const own = "'zz-sentinel-' || md5(ctid::text)";
      const sentinel =
        type === "date"
          ? "date '1901-02-03'"
          : type === "jsonb"
            ? `jsonb_build_object('told', ${own})`
            : type === "text"
              ? own
              : "";
      // Words that the code knows cannot be told by anybody.
      if (sentinel)
        await client.query(`update ${table} set ${name} = ${sentinel}`).catch((error: pg.DatabaseError) => {
          if (error.code !== "23514" || !EMPTIED_TABLES.includes(table)) throw error;
        });
    }
    await client.query("set session_replication_role = default");
    const { hostname, pathname } = new URL(database_url);
    const place = `${hostname}${pathname}`;
    const copy = { COPY_DATABASE_URL: database_url };
    const refused = await run("anonymise.ts", copy);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`--confirm ${place}`)]);
    const in_use = await run("anonymise.ts", { ...copy, DATABASE_URL: database_url }, ["--confirm", place]);
    expect([in_use.code, in_use.stderr]).toEqual([1, expect.stringContaining("is the database of DATABASE_URL")]);
    const shown = await run("anonymise.ts", {}, ["--database", database_url, "--confirm", place]);
    expect([shown.code, shown.stderr]).toEqual([1, expect.stringMatching(/^--database has a password/)]);

    const all = async () => {
      let text = "";
      for (const table of new Set(columns.map((column) => column.table)))
        text += (await client.query<{ row: string }>(`select t::text as row from ${table} t`)).rows
          .map(({ row }) => `${table} ${row}\n`)
          .join("");
      return text;
    };
    expect(await all()).toMatch(/^users .*zz-sentinel-.*1901-02-03/m);
    /** What PostgreSQL's statistics tell, of tables and of indexes on expressions. */
    const noted = async () =>
      (await client.query<{ noted: string }>("select s::text as noted from pg_stats s")).rows
        .map(({ noted }) => noted)
        .filter((line) => /zz-sentinel|1901-02-03/.test(line))
        .map((line) => line.split(",").slice(1, 3).join("."));
    await client.query("analyze");
    expect(await noted()).toEqual(expect.arrayContaining(["users.email", "emails.to_email", "audit_log.changes"]));
    const people = "select id, first_name, last_name, email, status, created_at, updated_at from users order by id";
    const { rows: before } = await client.query(people);

    expect(await run("anonymise.ts", copy, ["--confirm", place])).toMatchObject({ code: 0, stderr: "" });
    const left = (await all()).split("\n").filter((line) => /zz-sentinel|1901-02-03/.test(line));
    expect(left).toEqual([]);
    expect(await noted()).toEqual([]);
    const { rows: once } = await client.query(people);
    expect(once.map(({ id, status, created_at, updated_at }) => ({ id, status, created_at, updated_at }))).toEqual(
      before.map(({ id, status, created_at, updated_at }) => ({ id, status, created_at, updated_at })),
    );
    // A table that had been emptied before.
    await client.query("update user_notes set body = 'zz-sentinel-' || id");
    await client.query("analyze user_notes");
    await client.query("delete from user_notes");
    expect(await noted()).toEqual(["user_notes.body"]);
    // The same id gets the same name, however often it is done.
    expect(await run("anonymise.ts", copy, ["--confirm", place])).toMatchObject({ code: 0 });
    expect((await client.query(people)).rows).toEqual(once);
    expect(await noted()).toEqual([]);
  } finally {
    await client.end();
  }
});
