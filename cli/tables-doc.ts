import { globSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgEnumColumn, PgTable } from "drizzle-orm/pg-core";
import { STATUS_FLOW } from "../src/people/status.ts";
import * as schema from "../src/tables/schema.ts";
import { asCommand } from "./command.ts";

const ROOT = join(import.meta.dirname, "..");

/** `npm run docs:tables` writes the part of it that shows the tables. */
export const ARCHITECTURE_DOC = join(ROOT, "docs/architecture.md");

const BEGIN = "<!-- npm run docs:tables writes everything from here -->";
const END = "<!-- to here -->";

/** What each file of src/tables is about, in the order of the document. A table goes where its file goes. */
const AREAS: Record<string, string> = {
  people: "People",
  accounts: "Signing in",
  access: "Roles and the audit log",
  members: "What volunteers know about people",
  "import-jobs": "Imports",
  plans: "Plans",
  subscriptions: "Subscriptions",
  donations: "Donations",
  ledger: "The ledger",
  "stripe-events": "The inbox",
  mail: "The outbox and reminders",
  events: "Events",
  gallery: "The gallery",
  documents: "Newsletters, reports and rules",
  files: "Files",
  organisation: "The organization",
  jobs: "Jobs",
};

/** The tables to know first. */
const CORE = [
  "users",
  "user_role_assignments",
  "roles",
  "subscription_plans",
  "subscriptions",
  "payments",
  "reversals",
  "donations",
  "events",
  "event_rsvps",
];

/** A table with at most so many columns besides its keys is shown whole. */
const SMALL = 7;

interface Described {
  name: string;
  area: string;
  /** The comment above it in the code. */
  says: string | undefined;
  config: ReturnType<typeof getTableConfig>;
}

/** The part of docs/architecture.md that shows the tables. */
export function describeTables(): string {
  const tables = readTables();
  const unknown = tables.find(({ area }) => !(area in AREAS));
  if (unknown) throw new Error(`AREAS in cli/tables-doc.ts says nothing about src/tables/${unknown.area}.ts.`);
  return [
    BEGIN,
    `There are ${tables.length} tables. First, how the most important ones belong together:`,
    diagram(
      CORE.flatMap((name) => tables.find((table) => table.name === name) ?? []),
      { bare: true },
    ),
    ...Object.entries(AREAS).flatMap(([area, title]) => section(area, title, tables)),
    END,
  ].join("\n\n");
}

/** The document with its part about the tables as the code has it now. */
export function withTables(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/architecture.md has lost "${BEGIN}".`);
  return before + describeTables() + after;
}

function readTables(): Described[] {
  const exported: Record<string, unknown> = schema;
  return globSync("src/tables/*.ts", { cwd: ROOT })
    .sort()
    .flatMap((file) =>
      [
        ...readFileSync(join(ROOT, file), "utf8").matchAll(
          /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export const (\w+) = pgTable\(/g,
        ),
      ].flatMap(([, comment, name = ""]) => {
        const table = exported[name];
        if (!is(table, PgTable)) throw new Error(`src/tables/schema.ts does not export ${name}.`);
        return [{ name, area: basename(file, ".ts"), says: comment && plain(comment), config: getTableConfig(table) }];
      }),
    );
}

/** The text of a comment, on one line. */
const plain = (comment: string) =>
  comment
    .replaceAll(/\n\s*\* ?/g, "\n")
    .replaceAll(/\s+/g, " ")
    .trim();

function section(area: string, title: string, tables: Described[]): string[] {
  const own = tables.filter((table) => table.area === area);
  const said = own.flatMap(({ name, says }) => (says ? [`- \`${name}\`: ${says}`] : []));
  return [
    `### ${title} (\`src/tables/${area}.ts\`)`,
    ...(said.length > 0 ? [said.join("\n")] : []),
    diagram(own),
    ...(area === "people" ? ["How the status of a person changes (`src/people/status.ts`):", statuses()] : []),
  ];
}

/** Every change of a person's status, and from where to where it leads. */
function statuses(): string {
  const arrows = new Map<string, string[]>();
  for (const [change, { from, to }] of Object.entries(STATUS_FLOW))
    for (const status of from) {
      const arrow = `${status} --> ${to}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), change]);
    }
  const lines = [...arrows].map(([arrow, changes]) => `  ${arrow}: ${changes.join(", ")}`);
  return ["```mermaid", "stateDiagram-v2", ...lines, "```"].join("\n");
}

/** Tables with their keys, and what they refer to. `bare`: only how these tables refer to each other. */
function diagram(tables: Described[], { bare = false } = {}): string {
  const shown = new Set(tables.map(({ name }) => name));
  const relations = tables.flatMap((table) => relationsOf(table).filter(({ to }) => !bare || shown.has(to)));
  return [
    "```mermaid",
    "erDiagram",
    ...relations.map(({ line }) => `  ${line}`),
    ...tables.flatMap((table) => (bare ? [] : entity(table))),
    "```",
  ].join("\n");
}

/** One line for each table that this one refers to, and for each kind of reference. */
function relationsOf({ name, config }: Described): { to: string; line: string }[] {
  const kinds = new Map<string, { to: string; columns: string[] }>();
  for (const key of config.foreignKeys) {
    const { columns, foreignTable } = key.reference();
    if (columns.some(saysWhoActed)) continue;
    const to = getTableConfig(foreignTable as PgTable).name;
    const parent = columns.every(({ notNull }) => notNull) ? "||" : "|o";
    const child = columns.length === 1 && columns[0] && isUnique(columns[0], config) ? "o|" : "o{";
    const kind = `${to} ${parent}--${child} ${name}`;
    const known = kinds.get(kind) ?? { to, columns: [] };
    kinds.set(kind, { to, columns: [...known.columns, columns.map((column) => column.name).join(" and ")] });
  }
  return [...kinds].map(([kind, { to, columns }]) => ({ to, line: `${kind} : "${columns.join(", ")}"` }));
}

/** Who entered, changed or canceled something: every table has such columns, and they would hide the others. */
const saysWhoActed = ({ name }: PgColumn) => name.endsWith("_by");

function isUnique(column: PgColumn, { uniqueConstraints, primaryKeys, indexes }: Described["config"]): boolean {
  const alone = (columns: readonly unknown[]) =>
    columns.length === 1 && (columns[0] as Partial<PgColumn>).name === column.name;
  return (
    column.isUnique ||
    column.primary ||
    uniqueConstraints.some(({ columns }) => alone(columns)) ||
    primaryKeys.some(({ columns }) => alone(columns)) ||
    indexes.some(({ config }) => config.unique && !config.where && alone(config.columns))
  );
}

function entity({ name, config }: Described): string[] {
  const primary = new Set(config.primaryKeys.flatMap(({ columns }) => columns.map((column) => column.name)));
  const foreign = new Set(
    config.foreignKeys.flatMap((key) => key.reference().columns.filter((column) => !saysWhoActed(column))),
  );
  const columns = config.columns
    .filter((column) => !saysWhoActed(column) && column.name !== "created_at" && column.name !== "updated_at")
    .map((column) => {
      const is_primary = column.primary || primary.has(column.name);
      const keys = [
        ...(is_primary ? ["PK"] : []),
        ...(foreign.has(column) ? ["FK"] : []),
        ...(!is_primary && isUnique(column, config) ? ["UK"] : []),
      ];
      return { column, keys };
    });
  const others = columns.filter(({ keys }) => keys.length === 0);
  const lines = columns
    .filter(({ column, keys }) => keys.length > 0 || others.length <= SMALL || is(column, PgEnumColumn))
    .map(
      ({ column, keys }) =>
        `    ${column.getSQLType().replaceAll(/[^\w()[\]]+/g, "_")} ${column.name}${keys.length > 0 ? ` ${keys.join(", ")}` : ""}`,
    );
  return [`  ${name} {`, ...lines, "  }"];
}

await asCommand(import.meta, async () => {
  await writeFile(ARCHITECTURE_DOC, withTables(await readFile(ARCHITECTURE_DOC, "utf8")));
  console.log("Wrote the tables in docs/architecture.md.");
});
