import { Client } from "pg";
import type { NamedDatabase } from "../../local/database-url.ts";
import { agrees, type Comparison, compare } from "./compare.ts";
import { CONTENT_TABLES } from "./content-tables.ts";
import type { Findings } from "./findings.ts";
import { MONEY_TABLES } from "./money-tables.ts";
import { countValues, openOldDatabase, readOldTables } from "./old-database.ts";
import { PEOPLE_TABLES } from "./people-tables.ts";
import { RULES } from "./rules.ts";
import { type Mapping, mappingOf, stage } from "./stage.ts";
import type { OldTable } from "./table.ts";
import { followRoles, holdSequences, insertStaged, pauseTriggers, writePayments } from "./write.ts";

const TABLES: OldTable[] = [...PEOPLE_TABLES, ...MONEY_TABLES, ...CONTENT_TABLES];

const WRITTEN = [...TABLES.map(({ name }) => name).filter((name) => name !== "permissions"), "payments", "reversals"];

export interface Outcome {
  /** `refused`: a row cannot be moved, or the databases would differ. Nothing was written, as in a dry run. */
  outcome: "moved" | "dry run" | "refused";
  comparisons: Comparison[];
}

/**
 * Moves the old database here in one transaction, or nothing at all. A dry run does the same and takes it back.
 *
 * @param say for what is known before anything is written
 */
export async function moveLegacy(
  { from, to, dry_run }: { from: NamedDatabase; to: string; dry_run: boolean },
  findings: Findings,
  say: (line: string) => void,
): Promise<Outcome> {
  const old = await openOldDatabase(from);
  const here = new Client({ connectionString: to });
  try {
    await here.connect();
    await guardReady(here);
    const old_tables = await readOldTables(old);
    const mappings = TABLES.map((table) => mappingOf(table, old_tables));
    await describe(old, mappings, [...old_tables.keys()], say);
    await here.query("begin");
    await here.query("select pg_advisory_xact_lock(hashtext('loaf:migrate'))");
    const comparisons = await move(old, here, mappings, findings);
    const refused = findings.count("refused") > 0 || !comparisons.every(agrees);
    await here.query(refused || dry_run ? "rollback" : "commit");
    return { outcome: refused ? "refused" : dry_run ? "dry run" : "moved", comparisons };
  } finally {
    await Promise.allSettled([old.end(), here.end()]);
  }
}

async function guardReady(here: Client): Promise<void> {
  const { rows } = await here.query<{ ready: string | null }>("select to_regclass('public.job_states')::text as ready");
  if (!rows[0]?.ready) throw new Error("The new database is not migrated. Run `npm run db:migrate` first.");
  const { rowCount } = await here.query("select from roles where code = 'superadmin'");
  if (rowCount === 0) throw new Error("The roles are missing. Run `npm run db:seed` first.");
}

/** Lists what is unknown and what is missing. Throws if something is missing that nothing can be moved without. */
async function describe(old: Client, mappings: Mapping[], old_tables: string[], say: (line: string) => void) {
  const known = new Set(mappings.map(({ found }) => found));
  const strange = old_tables.filter((name) => !known.has(name) && name !== "alembic_version");
  if (strange.length > 0) say(`Tables that stay behind: ${strange.join(", ")}`);
  for (const { table, found, unknown, left, missing } of mappings) {
    if (found === undefined) {
      say(`${table.name}: not in the old database`);
      continue;
    }
    const values = await countValues(old, found, unknown);
    const filled = unknown.map((name) => `${name} (${values.get(name)} values)`);
    if (filled.length > 0) say(`${table.name}: stays behind, because it is unknown here: ${filled.join(", ")}`);
    if (left.length > 0) say(`${table.name}: stays behind on purpose: ${left.join(", ")}`);
    if (missing.length > 0) say(`${table.name}: not in the old database: ${missing.join(", ")}`);
  }
  const lacking = mappings.flatMap(({ table, found, needed }) =>
    found ? needed.map((name) => `${table.name}.${name}`) : [],
  );
  if (lacking.length > 0) throw new Error(`The old database lacks ${lacking.join(", ")}. Nothing was written.`);
  if (!mappings[0]?.found) throw new Error("The old database has no table users. Is the address right?");
}

async function move(old: Client, here: Client, mappings: Mapping[], findings: Findings): Promise<Comparison[]> {
  const { rows } = await here.query<{ country: string }>("select country from organisation_settings");
  for (const mapping of mappings) await stage(old, here, mapping, findings, rows[0]?.country ?? "US");
  for (const { kind, table, what, sql } of RULES) {
    const found = await here.query<{ id: string | null; address?: string }>(sql);
    for (const { id, address } of found.rows) findings.add(kind, table, id ?? "", what, address);
  }
  if (findings.count("refused") > 0) return [];
  await holdSequences(here);
  await pauseTriggers(here, WRITTEN, true);
  await insertAll(here, findings);
  if (findings.count("refused") > 0) return [];
  await writePayments(here);
  await followRoles(here);
  const comparisons = await compare(old, here, mappings, findings);
  await here.query(
    "insert into audit_log (action, subject_type, changes) select 'legacy.moved', 'database', jsonb_build_object('rows', jsonb_build_array(0, count(*))) from old_new having count(*) > 0",
  );
  await pauseTriggers(here, WRITTEN, false);
  return comparisons;
}

const byName = (name: string): OldTable => {
  const table = TABLES.find((each) => each.name === name);
  if (!table) throw new Error(`No table ${name}`);
  return table;
};

/** Our role for an old one: system roles have ids of their own here. */
const OURS = "(select r.ours from old_roles r where r.id = o.role_id)";

async function insertAll(here: Client, findings: Findings): Promise<void> {
  const insert = (name: string, more: Partial<Parameters<typeof insertStaged>[1]> = {}) =>
    insertStaged(here, { table: byName(name), ...more }, findings);
  await here.query("create temp table old_new (name text, id uuid) on commit drop");
  await here.query("alter table old_roles add column ours uuid");
  await here.query(
    "update old_roles o set ours = coalesce((select id from public.roles r where r.code = o.code), o.id)",
  );
  await insert("roles", { where: "o.ours = o.id" });
  await insert("role_permissions", {
    key: "role_id, permission_id",
    order: "created_at",
    instead: {
      role_id: OURS,
      permission_id:
        "(select ours.id from old_permissions p join public.permissions ours on ours.code = p.code where p.id = o.permission_id)",
    },
  });
  // People refer to each other, so who rejected them comes last.
  await insert("users", { instead: { rejected_by: "null::uuid" } });
  await here.query(
    `update users u set rejected_by = o.rejected_by from old_users o join old_new n on n.name = 'users' and n.id = o.id
     where o.id = u.id and o.rejected_by is not null`,
  );
  await insert("user_role_assignments", {
    key: "user_id, role_id",
    order: "created_at",
    instead: { role_id: `coalesce(${OURS}, o.role_id)` },
  });
  for (const name of ["subscription_plans", "subscriptions", "donations", "events"]) await insert(name);
  await insert("event_rsvps", { key: "event_id, user_id", order: "created_at, user_id" });
  for (const name of ["event_galleries", "newsletter_archives", "financial_reports", "bylaws_documents"])
    await insert(name);
  await insert("user_invitations", {
    instead: {
      role_id: `coalesce(${OURS}, (select r.id from public.roles r where r.code = o.old_role and r.code not in ('member')))`,
      status: "case when o.status = 'pending' and o.expires_at < now() then 'expired' else o.status end",
    },
  });
  await insert("import_jobs");
  await here.query(
    `update storage_usage set limit_bytes = o.limit_bytes from old_storage_usage o
     where o.limit_bytes > 0 and storage_usage.limit_bytes <> o.limit_bytes`,
  );
}
