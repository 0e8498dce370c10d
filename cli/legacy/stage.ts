import type { Client } from "pg";
import type { Findings } from "./findings.ts";
import { type OldColumn, type OldRow, quoted, readOldRows } from "./old-database.ts";
import { normalisePhone } from "./people-tables.ts";
import type { OldTable, Row } from "./table.ts";
import { Unreadable } from "./values.ts";

/** Which of the old columns fill which of ours, and which do not. */
export interface Mapping {
  table: OldTable;
  /** Its name in the old database. Undefined if it is not there. */
  found: string | undefined;
  columns: OldColumn[];
  sources: Map<string, OldColumn>;
  /** Old columns that nothing is filled from. */
  unknown: string[];
  /** Old columns that stay behind on purpose. */
  left: string[];
  /** Columns of ours that no old column fills. */
  missing: string[];
  /** The same, but nothing can be moved without them. */
  needed: string[];
}

export function mappingOf(table: OldTable, old_tables: Map<string, OldColumn[]>): Mapping {
  const found = [table.name, ...(table.also_called ?? [])].find((name) => old_tables.has(name));
  const columns = old_tables.get(found ?? "") ?? [];
  const sources = new Map<string, OldColumn>();
  const missing: string[] = [];
  const needed: string[] = [];
  for (const [name, { from, required, extra }] of Object.entries(table.fields)) {
    const source = [name, ...from].flatMap((each) => columns.find((column) => column.name === each) ?? [])[0];
    if (source) sources.set(name, source);
    else if (required) needed.push(name);
    else if (extra === undefined) missing.push(name);
  }
  const used = new Set([...[...sources.values()].map(({ name }) => name), ...(table.reads ?? [])]);
  const rest = columns.filter(({ name }) => !used.has(name)).map(({ name }) => name);
  const left = rest.filter((name) => table.leaves?.includes(name));
  return {
    table,
    found,
    columns,
    sources,
    missing,
    needed,
    left,
    unknown: rest.filter((name) => !left.includes(name)),
  };
}

/** Copies an old table into a temporary one of our columns and types, which the rules then work on. */
export async function stage(old: Client, here: Client, mapping: Mapping, findings: Findings, country: string) {
  const { table, found, columns } = mapping;
  const extras = Object.entries(table.fields).filter(([, { extra }]) => extra !== undefined);
  await here.query(
    `create temp table old_${table.name} on commit drop as select * from public.${table.name} with no data`,
  );
  for (const [name, { extra }] of extras) await here.query(`alter table old_${table.name} add column ${name} ${extra}`);
  if (found === undefined) return;
  for await (const page of readOldRows(old, found, columns)) {
    const rows: Row[] = [];
    for (const each of page) {
      const row = read(mapping, each, findings);
      if (row && table.name === "users") await normalisePhone(row, country);
      if (row) rows.push(row);
    }
    await write(here, table, rows, findings);
  }
  await here.query(`analyze old_${table.name}`);
}

/** The columns of ours that the staged rows fill. */
export const filledColumns = ({ fields, fills = [] }: OldTable): string[] => [
  ...Object.keys(fields).filter((name) => fields[name]?.extra === undefined),
  ...fills,
];

function read({ table, sources }: Mapping, old: OldRow, findings: Findings): Row | undefined {
  const row: Row = {};
  const id = idOf(old);
  let readable = true;
  for (const [name, field] of Object.entries(table.fields)) {
    const source = sources.get(name);
    const value = source ? old[source.name] : null;
    try {
      row[name] = value == null || !source ? null : field.read(value, source.type);
      if (field.required && row[name] === null) throw new Unreadable("is empty");
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      findings.add("refused", table.name, id, `${source?.name} ${error.message}`);
      readable = false;
    }
  }
  if (!readable) return undefined;
  table.complete?.(row, old, (what) => findings.add("changed", table.name, id, what));
  return row;
}

const idOf = ({ id, event_id, user_id, role_id, permission_id }: OldRow): string =>
  id ?? [event_id, user_id, role_id, permission_id].filter(Boolean).join("/");

/** Inserts all at once. If the database refuses, inserts one by one to find the rows that it refuses. */
async function write(here: Client, table: OldTable, rows: Row[], findings: Findings): Promise<void> {
  const columns = [...filledColumns(table), ...Object.keys(table.fields).filter((name) => table.fields[name]?.extra)];
  const list = [...new Set(columns)].map(quoted).join(", ");
  const insert = `insert into old_${table.name} (${list})
    select ${list} from jsonb_populate_recordset(null::old_${table.name}, $1::jsonb)`;
  const attempt = (some: Row[]) => refusalOf(here, insert, [JSON.stringify(some)]);
  if (rows.length === 0 || (await attempt(rows)) === undefined) return;
  for (const row of rows) {
    const refusal = await attempt([row]);
    if (refusal !== undefined) findings.add("refused", table.name, String(row.id ?? row.user_id ?? ""), refusal);
  }
}

/** Runs a statement. If the database refuses it, undoes it and returns why, without any value. */
export async function refusalOf(here: Client, statement: string, params: unknown[] = []): Promise<string | undefined> {
  await here.query("savepoint attempt");
  try {
    await here.query(statement, params);
    await here.query("release savepoint attempt");
    return undefined;
  } catch (error) {
    await here.query("rollback to savepoint attempt");
    const { code, constraint, column } = Object(error) as { code?: string; constraint?: string; column?: string };
    // Only what is wrong with the data: class 22 and 23.
    if (!code || !/^2[23]/.test(code)) throw error;
    return `breaks ${constraint ?? column ?? "a type"} (${code})`;
  }
}
