import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import type { Client } from "pg";
import * as z from "zod";
import { startPostgres } from "../local/postgres.ts";
import { freePorts, ROOT } from "../local/settings.ts";
import * as schema from "../src/tables/schema.ts";
import { asCommand } from "./command.ts";
import { fillTables } from "./fill-tables.ts";
import { migrate } from "./migrate.ts";
import { onNewDatabase, withClient } from "./scratch-database.ts";
import { seed } from "./seed.ts";

const MIGRATIONS = join(ROOT, "migrations");
const Journal = z.looseObject({ entries: z.array(z.looseObject({ idx: z.number(), tag: z.string() })) });
type Journal = z.infer<typeof Journal>;
type Snapshot = Parameters<typeof generateMigration>[0];

async function checkEmpty(database_url: string): Promise<void> {
  const bringUp = async () => {
    await migrate(database_url);
    await seed(database_url);
    return withClient(database_url, contents);
  };
  const first = await bringUp();
  const second = await bringUp();
  for (const [table, rows] of first) {
    const now = second.get(table);
    for (const [key, row] of rows)
      if (JSON.stringify(now?.get(key)) !== JSON.stringify(row))
        throw new Error(`Seeding twice changed ${table} ${key}.`);
    if (now?.size !== rows.size)
      throw new Error(`Seeding twice left ${now?.size} rows in ${table} instead of ${rows.size}.`);
  }
}

/** Checks that `npm run db:generate` would write nothing. Returns the tables in the code as SQL. */
async function checkSnapshot({ entries }: Journal): Promise<string[]> {
  const last = String(entries.at(-1)?.idx ?? 0).padStart(4, "0");
  const written: Snapshot = JSON.parse(await readFile(join(MIGRATIONS, `meta/${last}_snapshot.json`), "utf8"));
  const declared = generateDrizzleJson(schema);
  const missing = await generateMigration(written, declared);
  if (missing.length > 0)
    throw new Error(`The tables have changed. Run \`npm run db:generate\`, which would write:\n${missing.join("\n")}`);
  return generateMigration(generateDrizzleJson({}), declared);
}

/** The parts of the schema as PostgreSQL describes them. If these are equal, so are the schemas. */
const PARTS = {
  columns: `select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as part
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`,
  enums: `select t.typname || ' ' || string_agg(e.enumlabel, ', ' order by e.enumsortorder) as part
    from pg_enum e join pg_type t on t.oid = e.enumtypid group by t.typname`,
  constraints: `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as part
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u')`,
  indexes: "select indexdef as part from pg_indexes where schemaname = 'public'",
};

/** Tables with an `updated_at` that no trigger maintains. */
const UNTOUCHED = `select table_name from information_schema.columns c
  where table_schema = 'public' and column_name = 'updated_at' and not exists (
    select from information_schema.triggers t
    where t.event_object_table = c.table_name and t.trigger_name = 'touch_updated_at')`;

/** What columns and indexes need and Drizzle cannot declare: extensions, and functions in SQL. */
const NEEDED_BY_TABLES = `
  select format('create extension if not exists %I', extname) as statement from pg_extension
  union all
  select pg_get_functiondef(p.oid) from pg_proc p join pg_language l on l.oid = p.prolang
  where p.pronamespace = 'public'::regnamespace and l.lanname = 'sql' and p.provolatile = 'i'
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

/**
 * Migrates one database and builds another from the tables in the code. Both must have the same tables, columns, and
 * enums. The migrated one must have at least the same indexes and constraints.
 */
async function checkSchema(server_url: string, migrated_url: string, declared: string[]): Promise<void> {
  const partsOf = (database_url: string) =>
    withClient(database_url, async (client) => {
      const found: Record<string, Set<string>> = {};
      for (const [name, query] of Object.entries(PARTS))
        found[name] = new Set((await client.query<{ part: string }>(query)).rows.map(({ part }) => part));
      return found;
    });
  await migrate(migrated_url);
  const untouched = await withClient(migrated_url, (client) => client.query<{ table_name: string }>(UNTOUCHED));
  if (untouched.rowCount)
    throw new Error(`No touch_updated_at trigger: ${untouched.rows.map(({ table_name }) => table_name).join(", ")}.`);
  const actual = await partsOf(migrated_url);
  const outside = await withClient(migrated_url, async (client) =>
    (await client.query<{ statement: string }>(NEEDED_BY_TABLES)).rows.map(({ statement }) => statement),
  );
  const wanted = await onNewDatabase(server_url, async (declared_url) => {
    await withClient(declared_url, async (client) => {
      for (const statement of outside) await client.query(statement);
      for (const statement of declared) await client.query(statement);
    });
    return partsOf(declared_url);
  });
  const differences = Object.keys(PARTS).flatMap((name) => {
    const is = actual[name] ?? new Set();
    const should = wanted[name] ?? new Set();
    // Hand-written SQL may add indexes and constraints that Drizzle cannot express.
    const surplus = name === "columns" || name === "enums" ? [...is].filter((part) => !should.has(part)) : [];
    return [
      ...[...should].filter((part) => !is.has(part)).map((part) => `declared but not in the database: ${part}`),
      ...surplus.map((part) => `in the database but not declared: ${part}`),
    ];
  });
  if (differences.length > 0) throw new Error(differences.join("\n"));
}

/** Fills a database at an earlier migration with rows, applies the rest, and checks that nothing is lost. */
async function checkFrom(database_url: string, journal: Journal, applied: number): Promise<void> {
  const entries = journal.entries.slice(0, applied);
  const following = journal.entries.slice(applied).map(({ tag }) => tag);
  const folder = await mkdtemp(join(tmpdir(), "loaf-migrations-"));
  try {
    await mkdir(join(folder, "meta"));
    await writeFile(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) await copyFile(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
    await migrate(database_url, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
  const before = await withClient(database_url, async (client) => {
    await fillTables(client);
    return contents(client);
  });
  await migrate(database_url);
  const after = await withClient(database_url, contents);
  const meant = new Set((await Promise.all(following.map(meantLosses))).flat());
  const lost = lossesBetween(before, after).filter((loss) => !meant.has(loss));
  if (lost.length > 0)
    throw new Error(
      `${following.join(", ")}: data is lost: ${lost.join(", ")}. If that is intended, add this to the SQL: "-- drops: ${lost.join(", ")}".`,
    );
  const filled = [...before.values()].filter(({ size }) => size > 0);
  const rows = filled.reduce((sum, { size }) => sum + size, 0);
  console.log(`${entries.at(-1)?.tag} → newest, with ${rows} rows in ${filled.length} tables: nothing is lost.`);
}

/** A migration that drops something on purpose names it in a comment: `-- drops: users.old_column, old_table`. */
async function meantLosses(tag: string): Promise<string[]> {
  const text = await readFile(join(MIGRATIONS, `${tag}.sql`), "utf8");
  return [...text.matchAll(/^-- drops: (.+)$/gm)].flatMap(([, names]) => names?.split(/,\s*/) ?? []);
}

type Row = Record<string, unknown>;
/** All rows, keyed by table and primary key. */
type Contents = Map<string, Map<string, Row>>;

async function contents(client: Client): Promise<Contents> {
  const { rows: tables } = await client.query<{ table: string; key: string[] }>(
    `select c.relname as "table", array_agg(a.attname::text order by a.attnum) as key
     from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname`,
  );
  const found: Contents = new Map();
  for (const { table, key } of tables) {
    const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) as row from "${table}" t`);
    found.set(table, new Map(rows.map(({ row }) => [JSON.stringify(key.map((column) => row[column])), row])));
  }
  return found;
}

/** What is gone: tables ("table"), columns ("table.column"), and rows ("rows of table"). */
function lossesBetween(before: Contents, after: Contents): string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table);
    if (!now) return [table];
    const columns = Object.keys([...rows.values()][0] ?? {});
    const kept = Object.keys([...now.values()][0] ?? {});
    const lost_rows = [...rows.keys()].some((key) => !now.has(key));
    if (lost_rows) return [`rows of ${table}`];
    return columns.filter((column) => !kept.includes(column)).map((column) => `${table}.${column}`);
  });
}

/**
 * `npm run check:migrations`: checks that an empty database and one from each earlier version, with data, reach the
 * newest schema, that it matches the tables in the code, and that no data is lost. Uses an embedded server of its own.
 */
await asCommand(import.meta, async () => {
  await using disposal = new AsyncDisposableStack();
  const { database_url, stop } = await startPostgres({ port: (await freePorts()).postgres });
  disposal.defer(stop);
  const journal = Journal.parse(JSON.parse(await readFile(join(MIGRATIONS, "meta/_journal.json"), "utf8")));

  await onNewDatabase(database_url, checkEmpty);
  console.log("An empty database migrates to the newest schema and seeds. Doing both again changes nothing.");

  const declared = await checkSnapshot(journal);
  await onNewDatabase(database_url, (migrated) => checkSchema(database_url, migrated, declared));
  console.log("The migrations produce exactly the tables that the code declares.");

  for (let applied = 1; applied < journal.entries.length; applied += 1)
    await onNewDatabase(database_url, (url) => checkFrom(url, journal, applied));

  // The next migration starts from this schema. Find out today whether we can create test rows for it.
  const rows = await onNewDatabase(database_url, async (url) => {
    await migrate(url);
    return withClient(url, fillTables);
  });
  console.log(`All ${rows.size} tables of the newest schema accept test rows, ready for the next migration.`);
});
