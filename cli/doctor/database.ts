import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { getTableName, isTable } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { Client } from "pg";
import * as z from "zod";
import { unreachable } from "../../local/database-url.ts";
import { isLocal, ROOT } from "../../local/settings.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { DatabaseUrl } from "../../src/env.ts";
import * as access from "../../src/tables/access.ts";
import { type Check, type Finding, given, kindOf, notChecked, ok, type Surroundings, wrong } from "./check.ts";

type Query = (text: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Runs a check as the Worker's login, in a transaction that is always undone. */
const asWorker = (name: string, look: (query: Query) => Promise<Finding>): Check => ({
  name,
  run: async (seen) =>
    given(seen, "DATABASE_URL").missing ?? (await connected(seen.vars.DATABASE_URL, look)) ?? NOT_REACHED,
});

const NOT_REACHED = notChecked("DATABASE_URL leads to no database");

/** Undefined if there is no such database. */
async function connected(
  address: string | undefined,
  look: (query: Query) => Promise<Finding>,
  unreached?: (error: unknown) => Finding,
): Promise<Finding | undefined> {
  if (!DatabaseUrl.safeParse(address).success) return undefined;
  const client = new Client({ connectionString: address, connectionTimeoutMillis: 10_000, query_timeout: 20_000 });
  // If the connection breaks later, the query fails, which is enough.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    return unreached?.(error);
  }
  try {
    await client.query("begin");
    return await look(async (text, params = []) => (await client.query(text, params)).rows);
  } finally {
    await client.query("rollback").catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}

const refused = (name: string, address: string) => (error: unknown) =>
  wrong(
    unreachable(name, address, error)?.replace(/\.$/, "") ?? `${name} does not answer (${kindOf(error)})`,
    isLocal(address) ? "Start it with npm run dev." : "Compare host, login and password with what Neon shows.",
  );

export const reachable: Check = {
  name: "database",
  async run(seen) {
    const { values, missing } = given(seen, "DATABASE_URL");
    if (missing) return missing;
    const address = values.DATABASE_URL;
    const found = await connected(address, greet, refused("DATABASE_URL", address));
    return found ?? notChecked("DATABASE_URL is not the address of a database");
  },
};

async function greet(query: Query): Promise<Finding> {
  const [row] = await query("select current_user as login, current_setting('server_version') as version");
  return ok(`answers as ${row?.login}, PostgreSQL ${row?.version}`);
}

const MIGRATE = "Run npm run deploy, or npm run db:migrate with the owner's DATABASE_URL.";

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })).min(1) });

/** Drizzle's own list of migrations, which only the owner may read. */
export const migrations: Check = {
  name: "database: last migration",
  async run({ owner_database_url }: Surroundings) {
    if (!owner_database_url)
      return notChecked(
        "only the owner may read the list of migrations",
        "Set OWNER_DATABASE_URL to the owner's address.",
      );
    const journal = await readFile(join(ROOT, "migrations/meta/_journal.json"), "utf8");
    const last = Journal.parse(JSON.parse(journal)).entries.at(-1);
    const look = async (query: Query) => {
      const [table] = await query("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
      if (!table?.there) return wrong("no migration was ever run", MIGRATE);
      const [row] = await query("select max(created_at) as at from drizzle.__drizzle_migrations");
      const at = Number(row?.at);
      if (last && at < last.when) return wrong(`is behind: ${last.tag} is missing`, MIGRATE);
      if (last && at > last.when)
        return wrong(
          "is ahead of this checkout",
          "Deploy the newest commit. An older one may not know what is stored.",
        );
      return ok(`is at ${last?.tag}`);
    };
    const outcome = await connected(owner_database_url, look, refused("OWNER_DATABASE_URL", owner_database_url));
    return outcome ?? wrong("OWNER_DATABASE_URL is not the address of a database", "Copy it from Neon.");
  },
};

/** Whether each table and column that the code knows is there, which any login may ask. */
export const schema = asWorker("database: tables", async (query) => {
  const rows = await query(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`,
  );
  const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
  const tables = await allTables();
  const missing = tables.flatMap((table) =>
    getTableConfig(table).columns.flatMap(({ name }) => {
      const column = `${getTableName(table)}.${name}`;
      return there.has(column) ? [] : [column];
    }),
  );
  if (missing.length === 0) return ok(`${tables.length} tables have every column that the code knows`);
  const shown = missing.slice(0, 3).join(", ");
  return wrong(`lacks ${shown}${missing.length > 3 ? ` and ${missing.length - 3} more columns` : ""}`, MIGRATE);
});

async function allTables(): Promise<PgTable[]> {
  const found: PgTable[] = [];
  for await (const file of glob("src/tables/*.ts", { cwd: ROOT })) {
    const exported: Record<string, unknown> = await import(join(ROOT, file));
    found.push(...Object.values(exported).filter((value): value is PgTable => isTable(value)));
  }
  return [...new Set(found)];
}

const SEED = "Run npm run deploy, or npm run db:seed with the owner's DATABASE_URL.";

/** Whether the tables that a check reads are there. If not, the line about tables says what to do. */
async function canRead(query: Query): Promise<boolean> {
  const names = [access.permissions, access.roles, access.user_role_assignments].map(getTableName);
  const rows = await query(
    "select name from unnest($1::text[]) as name where to_regclass('public.' || name) is not null and has_table_privilege('public.' || name, 'select')",
    [names],
  );
  return rows.length === names.length;
}

const UNREADABLE = notChecked("the login cannot read the tables");

export const seeded = asWorker("database: permissions and roles", async (query) => {
  if (!(await canRead(query))) return UNREADABLE;
  const codes = async (table: string) => new Set((await query(`select code from ${table}`)).map(({ code }) => code));
  const [permissions, roles] = [await codes("permissions"), await codes("roles where system")];
  const missing = [
    ...ALL_PERMISSIONS.filter((code) => !permissions.has(code)),
    ...SYSTEM_ROLES.flatMap(({ code }) => (roles.has(code) ? [] : [`role ${code}`])),
  ];
  if (missing.length > 0) return wrong(`${missing.length} are missing, such as ${missing[0]}`, SEED);
  return ok(`${ALL_PERMISSIONS.length} permissions and ${SYSTEM_ROLES.length} roles`);
});

export const superadmin = asWorker("database: superadmin", async (query) => {
  if (!(await canRead(query))) return UNREADABLE;
  const [row] = await query(
    `select count(*)::int as count from users u join user_role_assignments a on a.user_id = u.id join roles r on r.id = a.role_id
     where r.code = 'superadmin' and u.status = 'active'`,
  );
  if (Number(row?.count) > 0) return ok(`${row?.count} can sign in`);
  return wrong("there is none", "Run npm run admin:create with the owner's DATABASE_URL.");
});

/** The Worker must not be able to rewrite history or change the schema, even if its code is taken over. */
export const privileges = asWorker("database: least privilege", async (query) => {
  const [row] = await query(
    `select r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls as powerful,
       exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and pg_has_role(c.relowner, 'member')) as owns,
       has_schema_privilege('public', 'create') as creates,
       to_regclass('public.audit_log') is not null as migrated,
       exists (select from pg_roles where rolname = 'loaf_app') as has_role
     from pg_roles r where r.rolname = current_user`,
  );
  if (!row?.migrated) return notChecked("there is no audit_log yet");
  const [may] = await query(
    `select has_table_privilege('public.audit_log', 'delete') or has_table_privilege('public.audit_log', 'update')
       or has_table_privilege('public.audit_log', 'truncate') as rewrites,
       ${row.has_role ? "pg_has_role('loaf_app', 'member')" : "false"} as member`,
  );
  const faults = [
    ...(row.powerful ? ["may create roles or databases"] : []),
    ...(row.owns ? ["owns the tables"] : []),
    ...(row.creates ? ["may change the schema"] : []),
    ...(may?.rewrites ? ["may delete from audit_log"] : []),
    ...(may?.member ? [] : ["is not in the role loaf_app"]),
  ];
  if (faults.length === 0) return ok("the login may do what the application does, and no more");
  return wrong(
    `the login ${faults.join(", ")}`,
    "Give the Worker the login loaf_api: docs/deploying.md, The database.",
  );
});
