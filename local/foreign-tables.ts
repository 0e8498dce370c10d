import pg from "pg";
import journal from "../migrations/meta/_journal.json" with { type: "json" };
import { unreachable } from "./database-url.ts";

/** Tables that are neither PostgreSQL's, nor an extension's, nor the migrations' own. */
const TABLES = `select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and (n.nspname, c.relname) <> ('drizzle', '__drizzle_migrations')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 1`;

/**
 * Checks the database that somebody passed as `--database`, before anything is written. Throws if it cannot be reached,
 * or if it holds tables of another project: one that has tables, and not this project's first migration.
 */
export async function refuseForeignTables(database_url: string): Promise<void> {
  const client = new pg.Client({ connectionString: database_url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    if (await isMigrated(client)) return;
    const tables = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    if (tables.length === 0) return;
    const others = tables.length > 3 ? ` and ${tables.length - 3} more` : "";
    throw new Error(
      `--database names a database with tables of another project: ${tables.slice(0, 3).join(", ")}${others}. Nothing was changed. Use an empty database.`,
    );
  } catch (error) {
    const sentence = unreachable("--database", database_url, error);
    throw sentence === undefined ? error : new Error(sentence);
  } finally {
    await client.end();
  }
}

/** Other projects that use Drizzle have a table of that name too, with other migrations in it. */
async function isMigrated(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as known",
  );
  if (!rows[0]?.known) return false;
  const first = await client.query("select from drizzle.__drizzle_migrations where created_at = $1", [
    journal.entries[0]?.when,
  ]);
  return first.rowCount !== 0;
}
