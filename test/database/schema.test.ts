import { describe, expect, test } from "vitest";
import { PERMITTED_STATUSES } from "../../src/access/access.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { sql } from "../harness/platform.ts";

const TABLES = [
  // The old system's seventeen.
  "users",
  "events",
  "event_rsvps",
  "event_galleries",
  "subscription_plans",
  "subscriptions",
  "donations",
  "roles",
  "permissions",
  "role_permissions",
  "user_role_assignments",
  "newsletter_archives",
  "financial_reports",
  "bylaws_documents",
  "storage_usage",
  "user_invitations",
  "donation_receipts",
  "import_jobs",
  // The platform's own.
  "sessions",
  "account_tokens",
  "login_attempts",
  "second_factors",
  "recovery_codes",
  "emails",
  "stripe_events",
  "payments",
  "reversals",
  "audit_log",
  "organisation_settings",
  "job_runs",
  "stored_files",
  "user_notes",
  "user_tags",
  "vouchings",
  "import_rows",
  "stripe_fees",
  "event_series",
  "event_questions",
  "event_answers",
  "door_links",
  "calendar_tokens",
  "email_batches",
  "mail_pace",
  "mail_suppressions",
  "mail_events",
  "email_templates",
  "reminders",
  "job_states",
  "newsletter_recipients",
  "document_acceptances",
  "photo_takedowns",
];

const ENUMS: Record<string, string[]> = {
  userstatus: [
    "pending_email",
    "pending_validation",
    "pre_validated",
    "payment_pending",
    "active",
    "rejected",
    "inactive",
  ],
  userrole: ["guest", "member", "admin", "finance", "superadmin"],
  rsvpstatus: ["yes", "no", "maybe", "waitlisted"],
  subscriptionstatus: ["pending", "active", "past_due", "paused", "cancelled", "expired"],
  billingcycle: ["monthly", "quarterly", "yearly", "lifetime", "custom"],
  donationtype: ["member", "public"],
  donationstatus: ["pending", "completed", "failed", "refunded"],
  documenttype: ["link", "upload"],
  invitationstatus: ["pending", "accepted", "expired", "revoked"],
  paymentmethod: ["stripe", "cash", "cheque", "complimentary", "outside_stripe"],
  importjobstatus: ["uploaded", "validating", "ready", "applying", "completed", "failed"],
};

const ALL_CHANGES = ["DELETE", "INSERT", "UPDATE"];
const AUDITED: Record<string, string[]> = {
  users: ALL_CHANGES,
  roles: ALL_CHANGES,
  role_permissions: ALL_CHANGES,
  user_role_assignments: ALL_CHANGES,
  second_factors: ALL_CHANGES,
  // That one was used; that there are new ones is written once for all of them.
  recovery_codes: ["UPDATE"],
  subscriptions: ALL_CHANGES,
  donations: ALL_CHANGES,
  events: ALL_CHANGES,
  event_galleries: ALL_CHANGES,
  organisation_settings: ALL_CHANGES,
  subscription_plans: ALL_CHANGES,
  payments: ALL_CHANGES,
  reversals: ALL_CHANGES,
  user_notes: ALL_CHANGES,
  user_tags: ALL_CHANGES,
  newsletter_archives: ALL_CHANGES,
  financial_reports: ALL_CHANGES,
  bylaws_documents: ALL_CHANGES,
  email_templates: ALL_CHANGES,
};

const names = async (query: string): Promise<string[]> =>
  (await sql<{ name: string }>(query)).map(({ name }) => name).sort();

describe.concurrent("the schema", () => {
  test("has exactly its 51 tables", async () => {
    expect(TABLES).toHaveLength(51);
    expect(
      await names(
        "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
      ),
    ).toEqual([...TABLES].sort());
  });

  test("has exactly its eleven enums, their values in order", async () => {
    const found = await sql<{ name: string; labels: string[] }>(
      `select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
       from pg_type t join pg_enum e on e.enumtypid = t.oid join pg_namespace n on n.oid = t.typnamespace
       where n.nspname = 'public' group by t.typname`,
    );
    expect(Object.keys(ENUMS)).toHaveLength(11);
    expect(Object.fromEntries(found.map(({ name, labels }) => [name, labels]))).toEqual(ENUMS);
  });

  test("has more than thirty indexes beside those of its keys", async () => {
    const found = await names(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where c.relnamespace = 'public'::regnamespace
         and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    );
    expect(found.length).toBeGreaterThan(30);
  });

  test("has an index that begins with each foreign key, so that deleting what it names reads no whole table", async () => {
    // Those of who did something, on tables of a few rows, are not worth one.
    const small = [
      "user_role_assignments",
      "user_invitations",
      "import_jobs",
      "bylaws_documents",
      "financial_reports",
      "newsletter_archives",
    ];
    const unindexed = await sql<{ name: string; col: string }>(
      `select k.conrelid::regclass::text as name, a.attname as col
       from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
       where k.contype = 'f' and k.connamespace = 'public'::regnamespace
         and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])`,
    );
    expect(unindexed.filter(({ name }) => !small.includes(name))).toEqual([]);
  });

  test("keeps every instant with its time zone, to the millisecond", async () => {
    expect(
      await sql(
        `select table_name, column_name from information_schema.columns where table_schema = 'public'
         and data_type like 'timestamp%' and (data_type <> 'timestamp with time zone' or datetime_precision <> 3)`,
      ),
    ).toEqual([]);
  });

  test("keeps money in integer cents", async () => {
    const found = await sql<{ data_type: string }>(
      "select distinct data_type from information_schema.columns where table_schema = 'public' and column_name like '%\\_cents'",
    );
    expect(found).toEqual([{ data_type: "integer" }]);
    expect(
      await sql(
        "select from information_schema.columns where table_schema = 'public' and data_type in ('real', 'double precision', 'money')",
      ),
    ).toEqual([]);
  });

  test("touches updated_at wherever there is one, and nothing else has a table without", async () => {
    const touched = await names(
      "select event_object_table as name from information_schema.triggers where trigger_name = 'touch_updated_at' and event_manipulation = 'UPDATE' and action_timing = 'BEFORE'",
    );
    const with_column = await names(
      "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'updated_at'",
    );
    expect(touched).toEqual(with_column);
    expect(with_column).toEqual(TABLES.filter((table) => table !== "audit_log").sort());
  });

  test("audits what matters", async () => {
    const audited = await sql<{ name: string; on: string[] }>(
      `select event_object_table::text as name, array_agg(event_manipulation::text order by event_manipulation) as "on"
       from information_schema.triggers where trigger_name = 'audit' group by event_object_table`,
    );
    expect(Object.fromEntries(audited.map(({ name, on }) => [name, on]))).toEqual(AUDITED);
  });

  test("has the one row of what exists once, and takes no second", async () => {
    for (const table of ["organisation_settings", "storage_usage"]) {
      expect(await sql(`select singleton from ${table}`)).toEqual([{ singleton: true }]);
      await expect(sql(`insert into ${table} default values`)).rejects.toMatchObject({ code: "23505" });
      await expect(sql(`insert into ${table} (singleton) values (false)`)).rejects.toMatchObject({ code: "23514" });
    }
  });

  test("keeps as superadmins who can act just those statuses that keep a volunteer's powers", async () => {
    const [trigger] = await sql<{ prosrc: string }>("select prosrc from pg_proc where proname = 'keep_a_superadmin'");
    expect(trigger?.prosrc).toContain(`'{${PERMITTED_STATUSES.join(",")}}'`);
  });

  test("came with the system's roles", async () => {
    expect(await names("select code as name from roles where system")).toEqual(
      SYSTEM_ROLES.map(({ code }) => code).sort(),
    );
  });
});
