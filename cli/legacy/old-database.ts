import { Client } from "pg";
import { type NamedDatabase, unreachable } from "../../local/database-url.ts";

/** A column of the old database. `type` is PostgreSQL's name, such as `timestamp without time zone`. */
export interface OldColumn {
  name: string;
  type: string;
}

/** A row of the old database, each value as text. */
export type OldRow = Record<string, string | null>;

const PAGE = 1000;

/** The old database as it is now: one snapshot, and nothing that could write to it. */
export async function openOldDatabase({ name, url }: NamedDatabase): Promise<Client> {
  const old = new Client({ connectionString: url });
  await old.connect().catch((error: unknown) => {
    throw new Error(unreachable(name, url, error) ?? "The old database does not answer.", {
      cause: error,
    });
  });
  await old.query("set timezone to 'UTC'");
  await old.query("set datestyle to 'ISO, YMD'");
  await old.query("set extra_float_digits to 0");
  await old.query("begin transaction isolation level repeatable read read only");
  return old;
}

/** Every table of the old database with its columns, in order. */
export async function readOldTables(old: Client): Promise<Map<string, OldColumn[]>> {
  const { rows } = await old.query<{ table_name: string } & OldColumn>(
    `select c.table_name, c.column_name as name, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position`,
  );
  const tables = new Map<string, OldColumn[]>();
  for (const { table_name, name, type } of rows)
    tables.set(table_name, [...(tables.get(table_name) ?? []), { name, type }]);
  return tables;
}

/** The rows of a table, a page at a time, so that memory does not grow with the table. */
export async function* readOldRows(old: Client, table: string, columns: OldColumn[]): AsyncGenerator<OldRow[]> {
  const list = columns.map(({ name }) => `${quoted(name)}::text as ${quoted(name)}`).join(", ");
  await old.query(`declare move no scroll cursor for select ${list} from ${quoted(table)}`);
  try {
    for (;;) {
      const { rows } = await old.query<OldRow>(`fetch ${PAGE} from move`);
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
    }
  } finally {
    await old.query("close move");
  }
}

/** How many rows of a table have a value in each of these columns. */
export async function countValues(old: Client, table: string, columns: string[]): Promise<Map<string, number>> {
  if (columns.length === 0) return new Map();
  const list = columns.map((name) => `count(${quoted(name)})::int as ${quoted(name)}`).join(", ");
  const { rows } = await old.query<Record<string, number>>(`select ${list} from ${quoted(table)}`);
  return new Map(Object.entries(rows[0] ?? {}));
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
