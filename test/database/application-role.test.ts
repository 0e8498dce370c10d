import pg from "pg";
import { afterAll, describe, expect, inject, test } from "vitest";
import { APPLICATION_LOGIN, applicationUrl } from "../../local/settings.ts";
import { settings, sql } from "../harness/platform.ts";

/**
 * What the application may do with each table. A wider grant or a new table changes this list, on purpose; the grants
 * themselves are in the migrations.
 */
const PRIVILEGES: Record<string, string> = {
  account_tokens: "SELECT INSERT UPDATE DELETE",
  audit_log: "SELECT INSERT",
  bylaws_documents: "SELECT INSERT UPDATE DELETE",
  calendar_tokens: "SELECT INSERT UPDATE DELETE",
  document_acceptances: "SELECT INSERT UPDATE DELETE",
  donation_receipts: "SELECT INSERT",
  donations: "SELECT INSERT UPDATE",
  door_links: "SELECT INSERT UPDATE DELETE",
  "drizzle.__drizzle_migrations": "",
  email_batches: "SELECT INSERT UPDATE DELETE",
  email_templates: "SELECT INSERT UPDATE DELETE",
  emails: "SELECT INSERT UPDATE DELETE",
  event_answers: "SELECT INSERT UPDATE DELETE",
  event_galleries: "SELECT INSERT UPDATE DELETE",
  event_questions: "SELECT INSERT UPDATE DELETE",
  event_rsvps: "SELECT INSERT UPDATE DELETE",
  event_series: "SELECT INSERT UPDATE DELETE",
  events: "SELECT INSERT UPDATE DELETE",
  financial_reports: "SELECT INSERT UPDATE DELETE",
  import_jobs: "SELECT INSERT UPDATE",
  import_rows: "SELECT INSERT UPDATE DELETE",
  job_runs: "SELECT INSERT UPDATE DELETE",
  job_states: "SELECT INSERT UPDATE DELETE",
  ledger: "SELECT",
  login_attempts: "SELECT INSERT UPDATE DELETE",
  mail_events: "SELECT INSERT UPDATE DELETE",
  mail_pace: "SELECT UPDATE",
  mail_suppressions: "SELECT INSERT UPDATE DELETE",
  newsletter_archives: "SELECT INSERT UPDATE DELETE",
  newsletter_recipients: "SELECT INSERT UPDATE DELETE",
  organisation_settings: "SELECT UPDATE",
  payments: "SELECT INSERT UPDATE",
  permissions: "SELECT",
  photo_takedowns: "SELECT INSERT UPDATE DELETE",
  recovery_codes: "SELECT INSERT UPDATE DELETE",
  reminders: "SELECT INSERT UPDATE DELETE",
  reversals: "SELECT INSERT UPDATE",
  role_permissions: "SELECT INSERT DELETE",
  roles: "SELECT INSERT UPDATE DELETE",
  second_factors: "SELECT INSERT UPDATE DELETE",
  sessions: "SELECT INSERT UPDATE DELETE",
  storage_usage: "SELECT UPDATE",
  stored_files: "SELECT INSERT UPDATE DELETE",
  stripe_events: "SELECT INSERT UPDATE",
  stripe_fees: "SELECT INSERT UPDATE",
  subscription_plans: "SELECT INSERT UPDATE DELETE",
  subscriptions: "SELECT INSERT UPDATE",
  user_invitations: "SELECT INSERT UPDATE DELETE",
  user_notes: "SELECT INSERT UPDATE DELETE",
  user_role_assignments: "SELECT INSERT DELETE",
  user_tags: "SELECT INSERT UPDATE DELETE",
  users: "SELECT INSERT UPDATE DELETE",
  vouchings: "SELECT INSERT UPDATE DELETE",
};

const INSUFFICIENT_PRIVILEGE = "42501";
const { database_url } = inject("stack");
const application = new pg.Pool({ connectionString: applicationUrl(database_url) });

/** Runs a statement as the application, and undoes it. */
async function asApplication(statement: string): Promise<pg.QueryResult> {
  const client = await application.connect();
  try {
    await client.query("begin");
    return await client.query(statement);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

afterAll(() => application.end());

test("the Worker of the local stack connects as the application", () => {
  expect(settings.DATABASE_URL).toBe(applicationUrl(database_url));
});

describe("the application", () => {
  test("is the login that was meant, and nothing more: no power over the server, no other role, nothing of its own", async () => {
    const { rows } = await asApplication("select session_user, current_user");
    expect(rows).toEqual([{ session_user: APPLICATION_LOGIN, current_user: APPLICATION_LOGIN }]);
    const roles = await sql(
      `select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
         array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid) as member_of,
         exists (select from pg_shdepend d where d.refobjid = r.oid and d.refclassid = 'pg_authid'::regclass
           and d.deptype = 'o') as owns
       from pg_roles r where rolname in ('loaf_app', $1) order by rolname`,
      [APPLICATION_LOGIN],
    );
    const none = { rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false };
    const plain = { ...none, rolbypassrls: false, owns: false };
    expect(roles).toEqual([
      { ...plain, rolname: APPLICATION_LOGIN, member_of: ["loaf_app"] },
      { ...plain, rolname: "loaf_app", member_of: [] },
    ]);
  });

  test("has just these privileges on just these tables", async () => {
    const tables = await sql<{ name: string; privileges: string }>(
      `select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as name, (
         select coalesce(string_agg(privilege_type, ' ' order by array_position('{SELECT,INSERT,UPDATE,DELETE}', privilege_type)), '')
         from aclexplode(acldefault('r', c.relowner)) where has_table_privilege($1, c.oid, privilege_type)
       ) as privileges
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'`,
      [APPLICATION_LOGIN],
    );
    expect(Object.fromEntries(tables.map(({ name, privileges }) => [name, privileges]))).toEqual(PRIVILEGES);
  });

  test("gets no more on single columns, and no function lends it its owner's powers", async () => {
    expect(
      await sql("select attrelid::regclass, attname from pg_attribute where attacl is not null and attrelid >= 16384"),
    ).toEqual([]);
    expect(await sql("select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace")).toEqual(
      [],
    );
  });

  test("can make nothing in any schema, and no schema", async () => {
    const schemas = await sql(
      `select nspname from pg_namespace
       where has_schema_privilege($1, oid, 'create') or (nspname = 'drizzle' and has_schema_privilege($1, oid, 'usage'))`,
      [APPLICATION_LOGIN],
    );
    expect(schemas).toEqual([]);
    expect(
      await sql("select has_database_privilege($1, current_database(), 'create') as may", [APPLICATION_LOGIN]),
    ).toEqual([{ may: false }]);
  });

  test("adds to the audit log and reads it", async () => {
    const { rows } = await asApplication(
      "insert into audit_log (action, subject_type) values ('test.added', 'test') returning action",
    );
    expect(rows).toEqual([{ action: "test.added" }]);
    expect((await asApplication("select id from audit_log limit 1")).rowCount).toBe(1);
  });

  test.each([
    "update audit_log set action = 'nothing'",
    "update audit_log set changes = changes where false",
    "delete from audit_log",
    "truncate audit_log",
    "truncate users cascade",
    "insert into audit_log (id, action, subject_type) select id, 'x', 'x' from audit_log on conflict (id) do update set action = 'x'",
    "merge into audit_log a using users u on a.actor_id = u.id when matched then delete",
    "select id from audit_log for update",
    "lock table audit_log in access exclusive mode",
    "create rule forget as on insert to audit_log do instead nothing",
    "alter table audit_log disable trigger all",
    "alter table users disable trigger audit",
    "set session_replication_role = replica",
    "drop trigger audit on users",
    "create trigger later before insert on audit_log for each row execute function touch_updated_at()",
    "create or replace function audit() returns trigger language plpgsql as 'begin return null; end'",
    "drop function audit()",
    "alter function audit() set search_path = pg_temp",
    "drop table audit_log",
    "alter table audit_log rename to forgotten",
    "alter table audit_log drop column changes",
    "alter table users add column is_admin boolean",
    "create table notes (id int)",
    // Triggers would write into it: it is found first.
    "create temporary table audit_log (like public.audit_log)",
    "create schema elsewhere",
    "create role accomplice superuser",
    `alter role ${APPLICATION_LOGIN} superuser`,
    "grant pg_write_all_data to loaf_app",
    "set role postgres",
    "select rolpassword from pg_authid",
    "select from drizzle.__drizzle_migrations",
    "update permissions set code = 'users.view'",
    "copy users to '/tmp/users'",
    "copy users to program 'cat'",
    "select pg_read_file('PG_VERSION')",
  ])("is refused by PostgreSQL: %s", async (statement) => {
    await expect(asApplication(statement)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  });
});
