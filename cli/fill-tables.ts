import type { Client } from "pg";
import pg from "pg";

/** A column, as the catalog describes it. */
interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  has_default: boolean;
  /** The labels of an enum. */
  labels: string[] | null;
  /** The column that a foreign key references. */
  refers_to: { table: string; column: string } | null;
  /** The quoted strings in the checks on this column. For `status in ('sent', …)`, these are valid values. */
  literals: string[];
}

const COLUMNS = `
  select c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type,
    not a.attnotnull as nullable, a.atthasdef as has_default,
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid) as labels,
    (select jsonb_build_object('table', r.relname, 'column', ra.attname)
      from pg_constraint f
      join pg_class r on r.oid = f.confrelid
      join pg_attribute ra on ra.attrelid = r.oid and ra.attnum = f.confkey[array_position(f.conkey, a.attnum)]
      where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey) limit 1) as refers_to,
    array(select found[1] from pg_constraint k,
      regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''', 'g') found
      where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)) as literals
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = '' and a.attidentity = ''
    -- A table whose key is one boolean holds one row, and a migration puts it there.
    and not exists (select from pg_index i join pg_attribute p on p.attrelid = c.oid and p.attnum = i.indkey[0]
      where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1 and p.atttypid = 'boolean'::regtype)
  order by c.relname, a.attnum`;

/** The columns used by a constraint or an index, including its expressions and predicate. */
const COLUMNS_OF = `
  select a.attname as name from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
  where k.conname = $1 and k.connamespace = 'public'::regnamespace
  union
  select a.attname from pg_class i join pg_depend d on d.objid = i.oid and d.refobjsubid > 0
  join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where i.relname = $1 and i.relnamespace = 'public'::regnamespace`;

const ROWS = 5;
const ATTEMPTS = 2_000;
const DEFAULT = Symbol("the column's default");
type Value = string | null | typeof DEFAULT;

/**
 * Puts a few rows into every table, whatever its columns. Each column gets a value of its type. If a check or unique
 * index rejects the row, other values are tried for the columns involved until the row is accepted. Foreign keys point
 * at rows created earlier. Returns the number of rows per table. Throws if a table accepts none.
 */
export async function fillTables(client: Client): Promise<Map<string, number>> {
  const { rows: columns } = await client.query<Column>(COLUMNS);
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);

  const filled = new Map<string, number>();
  for (const [table, its_columns] of inOrder(tables)) {
    for (let row = 0; row < ROWS; row += 1) await insert(client, table, its_columns, row);
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${quoted(table)}`);
    filled.set(table, rows[0]?.count ?? 0);
  }
  return filled;
}

/** Sorts tables so that each comes after those that it requires and, if possible, after all that it refers to. */
function inOrder(tables: Map<string, Column[]>): [string, Column[]][] {
  const done = new Map<string, Column[]>();
  while (done.size < tables.size) {
    const waiting = [...tables].filter(([name]) => !done.has(name));
    const isThere = ({ table, refers_to }: Column) =>
      refers_to === null || refers_to.table === table || done.has(refers_to.table);
    const next =
      waiting.find(([, columns]) => columns.every(isThere)) ??
      waiting.find(([, columns]) => columns.every((column) => column.nullable || isThere(column)));
    if (!next) throw new Error("Tables require each other in a circle.");
    done.set(...next);
  }
  return [...done];
}

async function insert(client: Client, table: string, columns: Column[], row: number): Promise<void> {
  const random = randomness(row + 1);
  const options = new Map<string, Value[]>();
  for (const column of columns) options.set(column.name, await valuesFor(client, column, row));
  const chosen = new Map([...options].map(([name, values]) => [name, values[0] ?? null]));
  let refusal: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const given = [...chosen].filter(([, value]) => value !== DEFAULT);
      await client.query(
        `insert into ${quoted(table)} (${given.map(([name]) => quoted(name))}) values (${given.map((_, index) => `$${index + 1}`)})`,
        given.map(([, value]) => value),
      );
      return;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      refusal = error;
      // An error without a constraint name came from a trigger, and any column could be the cause.
      const { rows } = await client.query<{ name: string }>(COLUMNS_OF, [error.constraint ?? ""]);
      const names = rows.length > 0 ? rows.map(({ name }) => name) : [...options.keys()];
      for (const name of names) {
        const values = options.get(name) ?? [];
        chosen.set(name, values[Math.floor(random() * values.length)] ?? null);
      }
    }
  }
  throw new Error(`The table ${table} accepts none of the values we tried. Add one that works to cli/fill-tables.ts.`, {
    cause: refusal,
  });
}

/** Values to try, most likely first. */
async function valuesFor(client: Client, column: Column, row: number): Promise<Value[]> {
  const otherwise: Value[] = [];
  if (column.has_default) otherwise.push(DEFAULT);
  if (column.nullable) otherwise.push(null);
  if (column.refers_to) {
    const { table, column: key } = column.refers_to;
    const { rows } = await client.query<{ key: string }>(
      `select ${quoted(key)}::text as key from ${quoted(table)} order by 1`,
    );
    return [
      ...rotated(
        rows.map(({ key: value }) => value),
        row,
      ),
      ...otherwise,
    ];
  }
  if (column.labels) return [...rotated(column.labels, row), ...otherwise];
  return [...plainValues(column, row), ...otherwise];
}

function plainValues({ name, type, literals }: Column, row: number): string[] {
  switch (type) {
    case "uuid":
      return [crypto.randomUUID()];
    case "boolean":
      return rotated(["true", "false"], row);
    case "smallint":
    case "integer":
    case "bigint":
    case "numeric":
    case "double precision":
    case "real":
      return [100 + row, 0, 1, 7, 2000 + row, 1000, 50_000].map(String);
    case "date":
      return [`2024-02-2${row}`, `2030-01-0${row + 1}`];
    case "timestamp with time zone":
    case "timestamp without time zone":
      return [`2024-02-2${row} 10:00:00`, `2030-01-0${row + 1} 10:00:00`, `2027-06-1${row} 10:00:00`];
    case "interval":
      return [`${row + 1} days`];
    case "json":
    case "jsonb":
      return ["{}", "[]", `{"row": ${row}}`];
    case "bytea":
      return [`\\x0${row}`];
    default:
      if (type.endsWith("[]")) return ["{}"];
      return [
        ...rotated(literals, row),
        name.includes("email") ? `person.${row}@example.org` : `${name} ${row} é`,
        ...["usd", "#1a2b3c", `https://example.org/${row}`, `person.${row}@example.org`, `${row}`, "", `a${row}`],
      ];
  }
}

const rotated = <T>(list: readonly T[], by: number): T[] => {
  const start = by % list.length || 0;
  return [...list.slice(start), ...list.slice(0, start)];
};

const quoted = (name: string) => pg.escapeIdentifier(name);

/** A linear congruential generator, so that every run uses the same numbers. */
function randomness(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
