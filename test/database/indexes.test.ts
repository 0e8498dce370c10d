import { base64url } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selectEntries } from "../../src/audit/list.ts";
import { AuditFilters } from "../../src/audit/schemas.ts";
import { database } from "../harness/platform.ts";

const AN_ID = "00000000-0000-4000-8000-000000000000";

/** Every list's order, with the filter that goes with it: what a page of it asks for. */
const LISTS = {
  "people, newest": "from users order by created_at desc, id desc",
  "people, oldest": "from users order by created_at, id",
  "people, by name": "from users order by lower(last_name), lower(first_name), id",
  "people of a status, newest": "from users where status = 'active' order by created_at desc, id desc",
  "events to come": "from events where published and true order by start_at, id",
  "events past": "from events where published and true order by start_at desc, id desc",
  plans: "from subscription_plans order by position, id",
  "subscriptions of a status": "from subscriptions where status = 'active' order by created_at desc, id desc",
  "donations of a type": "from donations where donation_type = 'public' order by created_at desc, id desc",
  roles: "from roles order by code",
  permissions: "from permissions order by code",
  "my sessions": `from sessions where user_id = '${AN_ID}' and revoked_at is null order by created_at desc, id desc`,
  "my sign-ins": `from login_attempts where user_id = '${AN_ID}' order by created_at desc, id desc`,
  "mail that is due": "from emails where status = 'pending' and next_attempt_at <= now() order by next_attempt_at",
};

const client = await database.connect();
beforeAll(async () => {
  await client.query(
    "begin; set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off",
  );
  // Enough for the planner to see which of two indexes reads less.
  await client.query(
    `insert into audit_log (action, subject_type, subject_id, actor_id, request_id)
     select 'action ' || n % 100, 'subject ' || n % 100, gen_random_uuid(), gen_random_uuid(), gen_random_uuid() from generate_series(1, 5000) n`,
  );
  await client.query("analyze audit_log");
});
afterAll(async () => {
  await client.query("rollback");
  client.release();
});

/** What PostgreSQL would do. */
async function planOf(statement: string, params: unknown[] = []): Promise<string> {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain ${statement}`, params);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

test.each(Object.entries(LISTS))("an index gives the order of: %s", async (_, list) => {
  const plan = await planOf(`select * ${list} limit 26`);
  expect(plan).toContain("Index");
  expect(plan).not.toContain("Sort");
});

const AN_INSTANT = "2026-01-01T00:00:00.000Z";
const AUDIT_FILTERS = {
  actor_id: AN_ID,
  subject_type: "users",
  subject_id: AN_ID,
  action: "update",
  from: AN_INSTANT,
  to: AN_INSTANT,
  request_id: AN_ID,
  cursor: base64url.encode(JSON.stringify(["newest", AN_INSTANT, AN_ID])),
};

test("an index gives the order of the audit log, whatever is filtered, on every page", async () => {
  const every = Object.entries(AUDIT_FILTERS);
  for (let chosen = 0; chosen < 2 ** every.length; chosen += 1) {
    const filters = Object.fromEntries(every.filter((_, index) => chosen & (1 << index)));
    const { sql, params } = selectEntries(AuditFilters.parse(filters)).toSQL();
    const plan = await planOf(sql, params);
    const names = Object.keys(filters).join(", ");
    expect(plan, names).toMatch(/Index (Only )?Scan( Backward)? using audit_log_/);
    expect(plan, names).not.toContain("Sort");
  }
});

test.each([
  { filters: { actor_id: AN_ID }, index: "audit_log_actor" },
  { filters: { action: "action 1" }, index: "audit_log_action" },
  { filters: { subject_type: "subject 1" }, index: "audit_log_subject_type" },
  { filters: { subject_type: "users", subject_id: AN_ID }, index: "audit_log_subject" },
  { filters: { request_id: AN_ID }, index: "audit_log_request" },
])("a page of the audit log reads no more than it shows, by $index", async ({ filters, index }) => {
  const { sql, params } = selectEntries(AuditFilters.parse(filters)).toSQL();
  const plan = await planOf(sql, params);
  expect(plan).toContain(`using ${index} on audit_log`);
  expect(plan).not.toContain("Filter");
});
