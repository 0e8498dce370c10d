import { parseArgs } from "node:util";
import { Client } from "pg";
import { databaseUrl, givenDatabase, isSameDatabase, unreachable } from "../local/database-url.ts";
import { asCommand } from "./command.ts";
import { EMPTIED_TABLES, MADE_UP } from "./personal-columns.ts";
import { commentOnDatabase } from "./setup/claim.ts";

const USAGE = `npm run anonymise -- --confirm HOST/DATABASE [--database postgres://…]
Replaces everything about people in the database of COPY_DATABASE_URL, such as a branch for staging, with made-up data. It cannot be
undone. Never name the database that people use. It does not take DATABASE_URL, and refuses the database that DATABASE_URL names.
An address without a password may also come as --database.`;

/** Where a database is, as the operator repeats it: host and name, no password. */
const placeOf = (database_url: string) => {
  const { hostname, pathname } = new URL(database_url);
  return `${hostname}${pathname}`;
};

/**
 * Replaces all personal data in one transaction. Rows keep their ids, dates and amounts, and the same id always gets the same
 * made-up name. Nobody keeps a password. Connect as the owner: triggers must be off, or the audit log would fill up.
 */
export async function anonymise(database_url: string): Promise<number> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    await client.query("begin");
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    for (const { name } of tables.rows) await client.query(`alter table ${name} disable trigger user`);
    // A foreign key sets every reference to a file to null.
    for (const table of EMPTIED_TABLES) await client.query(`delete from ${table}`);
    for (const [table, columns] of Object.entries(MADE_UP)) {
      const set = Object.entries(columns).map(
        ([column, made_up]) =>
          `${column} = case when ${column} is not null ${keptEmpty(table, column)} then ${made_up} end`,
      );
      await client.query(`update ${table} set ${set.join(", ")} ${table === "users" ? "where erased_at is null" : ""}`);
    }
    await client.query("update storage_usage set used_bytes = 0");
    // The copy is not the production that it was made of: staging may deploy to it.
    await client.query(commentOnDatabase("null"));
    for (const { name } of tables.rows) await client.query(`alter table ${name} enable trigger user`);
    await forgetStatistics(
      client,
      tables.rows.map(({ name }) => name),
    );
    const people = await client.query<{ count: number }>("select count(*)::int as count from users");
    await client.query("commit");
    return people.rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

/** Columns of an empty table of which PostgreSQL still has values, except those whose values say nothing about anybody. */
const KNOWN_VALUES = `select quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a join pg_stats s on s.schemaname = 'public' and s.tablename = $1 and s.attname = a.attname
  where a.attrelid = to_regclass(quote_ident($1)) and not a.attisdropped
    and a.atttypid not in ('uuid'::regtype, 'boolean'::regtype, 'integer'::regtype, 'bigint'::regtype, 'timestamptz'::regtype)`;

/**
 * Replaces what PostgreSQL noted about values, for its planner: it keeps the most common ones of each column, and others. ANALYZE
 * stores nothing for an empty table. There, a column forgets its values when it is given a type, even the one that it has.
 */
async function forgetStatistics(client: Client, tables: string[]): Promise<void> {
  await client.query(`analyze ${tables.join(", ")}`);
  for (const table of tables) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount) continue;
    const { rows } = await client.query<{ name: string; type: string }>(KNOWN_VALUES, [table]);
    const columns = rows.map(({ name, type }) => `alter column ${name} type ${type}`);
    if (columns.length > 0) await client.query(`alter table ${table} ${columns.join(", ")}`);
  }
}

/** People who have only one name keep only one. */
const keptEmpty = (table: string, column: string) =>
  table === "users" && column === "last_name" ? "and last_name <> ''" : "";

await asCommand(import.meta, async () => {
  const { values } = parseArgs({
    options: { database: { type: "string" }, confirm: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const copy = givenDatabase("--database", values.database, "COPY_DATABASE_URL");
  if (!copy) throw new Error(`Which database? Set COPY_DATABASE_URL to the address of a copy.\n\n${USAGE}`);
  const { name, url: database_url } = copy;
  const place = placeOf(database_url);
  const used = process.env.DATABASE_URL;
  if (used && isSameDatabase(databaseUrl("DATABASE_URL", used), database_url))
    throw new Error(`${place} is the database of DATABASE_URL. Make a copy of it, and name the copy.`);
  if (values.confirm !== place)
    throw new Error(
      `This replaces everything about people in ${place}, for good. If it is a copy, add: --confirm ${place}`,
    );
  const people = await anonymise(database_url).catch((error: unknown) => {
    throw new Error(unreachable(name, database_url, error) ?? (error instanceof Error ? error.message : "failed"));
  });
  console.log(
    `${people} people in ${place} are now made up. Nobody has a password: npm run admin:create makes an account.`,
  );
});
