import { eq, type SQLWrapper } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { base64url } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAuditLog } from "../../src/audit/list.ts";
import { AuditFilters } from "../../src/audit/schemas.ts";
import { Plan } from "../../src/database/plan.ts";
import { query } from "../../src/database/query.ts";
import { listDonations } from "../../src/donations/admin/list.ts";
import { DonationFilters } from "../../src/donations/admin/schemas.ts";
import { getManagedEvent, listManagedEvents } from "../../src/events/admin/find.ts";
import { RsvpFilters } from "../../src/events/admin/rsvp-schemas.ts";
import { listRsvps } from "../../src/events/admin/rsvps.ts";
import { ManagedEventFilters } from "../../src/events/admin/schemas.ts";
import { listMyRsvps, MyRsvpFilters } from "../../src/events/my-rsvps.ts";
import { getPublishedEvent, listPublishedEvents } from "../../src/events/public.ts";
import { rsvp, withdraw } from "../../src/events/rsvp.ts";
import { EventFilters, RsvpInput } from "../../src/events/schemas.ts";
import { eventSeatsTaken } from "../../src/events/seats.ts";
import type { SignedInContext } from "../../src/http/context.ts";
import { after } from "../../src/http/pagination.ts";
import { ledgerIn } from "../../src/ledger/export.ts";
import { LedgerExport } from "../../src/ledger/schemas.ts";
import { selectAccesses } from "../../src/members/access-log/list.ts";
import { selectMatches } from "../../src/members/import/match.ts";
import { readUsers } from "../../src/members/list.ts";
import { UserFilters } from "../../src/members/schemas.ts";
import { selectTwinsOf } from "../../src/people/twins.ts";
import { SubscriptionFilters } from "../../src/subscriptions/admin/filters.ts";
import { listSubscriptions } from "../../src/subscriptions/admin/list.ts";
import { events } from "../../src/tables/events.ts";
import { database, settings } from "../harness/platform.ts";

/** The statement that reads a page of the audit log. */
function auditPage(filters: object) {
  const t = new Plan();
  readAuditLog(t, AuditFilters.parse(filters));
  const [page] = t.statements;
  return new PgDialect().sqlToQuery((page as unknown as SQLWrapper).getSQL());
}

const AN_ID = "00000000-0000-4000-8000-000000000000";

/** Every list's order, with the filter that goes with it: what a page of it asks for. */
const LISTS = {
  "people, newest": "from users order by created_at desc, id desc",
  "people, oldest": "from users order by created_at, id",
  "people, by name": "from users order by ltrim(last_name || ' ' || first_name) collate \"und-x-icu\", id",
  "people of a status, newest": "from users where status = 'active' order by created_at desc, id desc",
  "events to come": "from events where published and true order by start_at, id",
  "events past": "from events where published and true order by start_at desc, id desc",
  plans: "from subscription_plans order by position, id",
  "subscriptions, newest": "from subscriptions order by created_at desc, id desc",
  "subscriptions, by the end of the term":
    "from subscriptions where current_term_end is not null order by current_term_end, id",
  "subscriptions of a status": "from subscriptions where status = 'active' order by created_at desc, id desc",
  "subscriptions of a cycle": "from subscriptions where billing_cycle = 'custom' order by created_at desc, id desc",
  "subscriptions of a payment method":
    "from subscriptions where payment_method = 'cash' order by created_at desc, id desc",
  "subscriptions whose grace ends": "from subscriptions where status = 'past_due' order by grace_ends_at, id",
  "donations, newest": "from donations order by created_at desc, id desc",
  "donations, largest": "from donations order by amount_cents desc, id desc",
  "donations of a status": "from donations where status = 'completed' order by created_at desc, id desc",
  "donations of a type": "from donations where donation_type = 'public' order by created_at desc, id desc",
  "a member's donations": `from donations where user_id = '${AN_ID}' order by created_at desc`,
  "payments, newest": "from payments order by paid_at desc, id desc",
  "a member's payments": `from payments where user_id = '${AN_ID}' order by paid_at desc`,
  "payments of a subscription": `from payments where subscription_id = '${AN_ID}' order by paid_at desc`,
  "what went back of a payment": `from reversals where payment_id = '${AN_ID}' order by occurred_at`,
  "refunds that were asked for": "from reversals where status = 'requested' order by created_at, id",
  "events of Stripe, newest": "from stripe_events order by created_at desc, id desc",
  "events of Stripe of a status": "from stripe_events where status = 'parked' order by created_at desc, id desc",
  "events of Stripe of a type": "from stripe_events where type = 'invoice.paid' order by created_at desc, id desc",
  "photos of all events, latest": "from event_galleries order by coalesce(taken_at, created_at) desc, id desc",
  "photos, newest upload": "from event_galleries order by created_at desc, id desc",
  "offered photos": "from event_galleries where accepted_at is null order by created_at desc, id desc",
  roles: "from roles order by code",
  permissions: "from permissions order by code",
  "my sessions": `from sessions where user_id = '${AN_ID}' and revoked_at is null order by created_at desc, id desc`,
  "my sign-ins": `from login_attempts where user_id = '${AN_ID}' order by created_at desc, id desc`,
  "people to erase": "from users where erase_at <= now() and erased_at is null order by erase_at",
  "mail that is due in a lane":
    "from emails where status = 'pending' and lane = 1 and next_attempt_at <= now() order by next_attempt_at, queue_number",
  "mail that was refused as part of a batch":
    "from emails where status = 'pending' and lane = 2 and next_attempt_at <= now() and attempts > 0 and batch_id is null order by next_attempt_at, queue_number",
  "the batch that is due again":
    "from emails where status = 'pending' and lane = 2 and next_attempt_at <= now() and batch_id is not null order by next_attempt_at, queue_number",
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
  await client.query("set local session_replication_role = replica");
  await client.query(
    `insert into users (email, first_name, last_name, status, email_verified, phone, birthday, address, joined_at, created_at, updated_at, status_since)
     select n || '@' || md5(n::text) || '.org', 'First' || n % 50, md5((7 * n)::text), (case when n % 10 = 0 then 'pre_validated' when n % 50 = 1 then 'pending_email' else 'active' end)::userstatus, n % 50 <> 1,
       '+1212' || n, date '1950-01-01' + n, n || ' Main Street', at, at, at, at
     from generate_series(1, 5000) n, lateral (select timestamptz '2001-01-01' + n * interval '1 day' as at) a`,
  );
  await client.query(
    `insert into user_tags (user_id, tag) select id, 'tag ' || (extract(epoch from created_at) / 86400)::int % 100 from users where created_at < '2014-01-01'`,
  );
  await client.query(
    `insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents)
     select id, md5(((extract(epoch from created_at) / 86400)::int % 100)::text)::uuid, 'paused', 'yearly', 1 from users where created_at < '2014-01-01'`,
  );
  await client.query(
    `insert into payments (user_id, subscription_id, base_subscription_cents, payment_method, paid_at, term_start, term_end)
     select user_id, id, 1, 'cash', at, at, at + interval '30 days'
     from (select *, timestamptz '2001-01-01' + row_number() over (order by id) * interval '2 days' as at from subscriptions) s`,
  );
  await client.query(
    `insert into events (title, location, start_at, end_at, published, cancelled_at)
     select 'Evening ' || n, 'The park', at, at + interval '2 hours', n % 10 <> 0, case when n % 30 = 1 then at end
     from generate_series(1, 5000) n, lateral (select now() + (n - 2500) * interval '12 hours' as at) a`,
  );
  // What was just inserted waits in a list of its own, which makes the index look slow.
  await client.query("select gin_clean_pending_list('users_search')");
  await client.query("analyze users; analyze user_tags; analyze subscriptions; analyze payments; analyze events");
  // As after a vacuum, which would find the pages visible to all. Here they are not yet.
  await client.query(
    `select pg_restore_relation_stats('schemaname', 'public', 'relname', 'events', 'relallvisible', relpages)
     from pg_class where oid = 'events'::regclass`,
  );
});
afterAll(async () => {
  await client.query("rollback");
  client.release();
});

/** The statements that read a page of people, and how many there are. */
function peoplePage(filters: Record<string, string>) {
  const t = new Plan();
  readUsers(t, { user_id: AN_ID, settings }, UserFilters.parse(filters));
  return t.statements.map((statement) => new PgDialect().sqlToQuery((statement as unknown as SQLWrapper).getSQL()));
}

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

test.each([
  { table: "subscriptions", column: "plan_id", value: AN_ID, index: "subscriptions_plan" },
  { table: "subscriptions", column: "user_id", value: AN_ID, index: "subscriptions_user" },
  { table: "donations", column: "recorded_by", value: AN_ID, index: "donations_recorded_by" },
  { table: "payments", column: "recorded_by", value: AN_ID, index: "payments_recorded_by" },
  { table: "payments", column: "donation_id", value: AN_ID, index: "payments_donation_id_unique" },
  { table: "payments", column: "stripe_invoice_id", value: "in_1", index: "payments_stripe_invoice_id_unique" },
  { table: "reversals", column: "requested_by", value: AN_ID, index: "reversals_requested_by" },
  { table: "reversals", column: "stripe_id", value: "re_1", index: "reversals_stripe_id_unique" },
  { table: "stripe_events", column: "object_id", value: "sub_1", index: "stripe_events_object" },
])("an index finds $table by $column", async ({ table, column, value, index }) => {
  expect(await planOf(`select * from ${table} where ${column} = $1`, [value])).toContain(`using ${index} on ${table}`);
});

const AN_INSTANT = "2026-01-01T00:00:00.000Z";
const AUDIT_FILTERS = {
  actor_id: AN_ID,
  subject_type: "route",
  subject_id: "GET /api/admin/users",
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
    const { sql, params } = auditPage(filters);
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
  { filters: { subject_type: "route", subject_id: "GET /api/admin/users" }, index: "audit_log_subject" },
  { filters: { request_id: AN_ID }, index: "audit_log_request" },
])("a page of the audit log reads no more than it shows, by $index", async ({ filters, index }) => {
  const { sql, params } = auditPage(filters);
  const plan = await planOf(sql, params);
  expect(plan).toContain(`using ${index} on audit_log`);
  expect(plan).not.toContain("Filter");
});

/** The statements of a use case, as they would be sent. */
function statementsOf(use: (ctx: SignedInContext) => unknown): { sql: string; params: unknown[] }[] {
  const t = new Plan();
  const transact = async (write: (plan: Plan) => unknown) => {
    write(t);
    return { items: [] };
  };
  use({ user_id: AN_ID, settings, transact } as unknown as SignedInContext);
  return t.statements.map((statement) => new PgDialect().sqlToQuery((statement as unknown as SQLWrapper).getSQL()));
}

test.each<[string, (ctx: SignedInContext) => unknown]>([
  ["events to come", (ctx) => listPublishedEvents(ctx, EventFilters.parse({}))],
  ["events past", (ctx) => listPublishedEvents(ctx, EventFilters.parse({ when: "past" }))],
  ["an event", (ctx) => getPublishedEvent(ctx, AN_ID)],
  ["all events", (ctx) => listManagedEvents(ctx, ManagedEventFilters.parse({}))],
  ["an event, with a draft", (ctx) => getManagedEvent(ctx, AN_ID)],
  ["my answers", (ctx) => listMyRsvps(ctx, MyRsvpFilters.parse({}))],
  ["the answers to an event", (ctx) => listRsvps(ctx, AN_ID, RsvpFilters.parse({}))],
  ["those who wait", (ctx) => listRsvps(ctx, AN_ID, RsvpFilters.parse({ rsvp_status: "waitlisted" }))],
  ["answering an event", (ctx) => rsvp(ctx, AN_ID, RsvpInput.parse({ rsvp_status: "yes" }))],
  ["giving up a seat", (ctx) => withdraw(ctx, AN_ID)],
])("an index finds %s and its answers", async (name, use) => {
  for (const { sql, params } of statementsOf(use)) {
    const plan = await planOf(sql, params);
    expect(plan, name).not.toMatch(/Seq Scan on (event_rsvps|users)/);
    expect(plan, name).not.toContain("Seq Scan on events");
    // My answers are few: they are found by an index, and then sorted by when the events start. Questions are few too.
    const [rows] = plan.split("SubPlan");
    if (sql.includes("limit") && name !== "my answers") expect(rows, name).not.toContain("Sort");
  }
});

test.each([
  [{}, "events_\\w+"],
  [{ when: "upcoming" }, "events_end"],
  [{ when: "past" }, "events_end"],
  [{ status: "draft" }, "events_counted"],
  [{ status: "published" }, "events_counted"],
  [{ status: "cancelled" }, "events_counted"],
  [{ status: "published", when: "upcoming" }, "events_counted"],
  [{ status: "cancelled", when: "past" }, "events_counted"],
  [{ from: "2026-01-01", to: "2026-01-31" }, "events_start"],
])("an index alone counts the events of volunteers by %j", async (filters, index) => {
  const counted = statementsOf((ctx) => listManagedEvents(ctx, ManagedEventFilters.parse(filters))).at(-1);
  expect(await planOf(counted?.sql ?? "", counted?.params)).toMatch(
    new RegExp(`Index Only Scan using ${index} on events`),
  );
});

test("an index alone counts the seats that are taken, with those of guests", async () => {
  const { sql, params } = query.select({ taken: eventSeatsTaken }).from(events).where(eq(events.id, AN_ID)).toSQL();
  expect(await planOf(sql, params)).toContain("Index Only Scan using event_rsvps_status_line on event_rsvps");
});

test("a search among the answers to an event uses the search key that each person already has", async () => {
  for (const { sql, params } of statementsOf((ctx) => listRsvps(ctx, AN_ID, RsvpFilters.parse({ search: "kim" }))))
    expect(await planOf(sql, params)).not.toContain("search_key(");
});

test("a search among donations finds members by the index on their search keys", async () => {
  await client.query("set local enable_bitmapscan = on");
  for (const { sql, params } of statementsOf((ctx) => listDonations(ctx, DonationFilters.parse({ search: "kim" })))) {
    const plan = await planOf(sql, params);
    expect(plan).toContain("users_search");
    expect(plan).not.toContain("Seq Scan on users");
  }
  await client.query("set local enable_bitmapscan = off");
});

test.each(["", "&kind=dues", "&payment_method=cash"])(
  "indexes find how far back a page of the ledger%s reaches, and the payments, reversals and fees on it",
  async (filter) => {
    const search = new URLSearchParams(`from=2025-01-01&to=2026-12-31${filter}`);
    const options = LedgerExport.parse(Object.fromEntries(search));
    const { order, select } = ledgerIn({ user_id: AN_ID, settings }, options);
    const cursor = base64url.encode(JSON.stringify([order.name, AN_INSTANT, AN_ID, "payment", "dues", ""]));
    const { sql, params } = select(after(order, cursor), 26).toSQL();
    const plan = await planOf(sql, params);
    const boundsOf = (index: string, column: string) =>
      plan.match(new RegExp(`using ${index} on \\w+[^\\n]*\\n\\s+Index Cond: [^\\n]*${column} <= '2026-01-01`, "g"));
    expect(boundsOf("payments_paid", "paid_at")).toHaveLength(2);
    expect(boundsOf("reversals_occurred", "occurred_at")).toHaveLength(1);
    expect(boundsOf("reversals_returned", "returned_at")).toHaveLength(1);
    expect(boundsOf("stripe_fees_occurred", "occurred_at")).toHaveLength(1);
  },
);

/** Each filter of the list of people, with the index that finds the page, and the one that counts. */
const PEOPLE: [filters: Record<string, string>, page: string, counts: string][] = [
  [{}, "users_newest", "users_counted"],
  [{ status: "pre_validated" }, "users_status_newest", "users_counted"],
  [{ status: "pre_validated", sort: "name" }, "users_status_name", "users_counted"],
  [{ role: "finance" }, "users_role_newest", "users_role_newest"],
  [{ email_verified: "true" }, "users_newest", "users_counted"],
  [{ email_verified: "false" }, "users_unverified", "users_(unverified|counted)"],
  [{ search: "4711@" }, "users_search", "users_search"],
  [{ search: "471, first11" }, "users_search", "users_search"],
  [{ joined_from: "2010-01-01", joined_to: "2010-02-01" }, "users_joined", "users_joined"],
  [{ updated_from: "2010-01-01", updated_to: "2010-02-01" }, "users_updated", "users_updated"],
  [{ status_from: "2010-01-01", status_to: "2010-02-01" }, "users_status_since", "users_status_since"],
  [
    { status_from: "2010-01-01", status_to: "2010-02-01", status: "active" },
    "users_status_since",
    "users_status_since",
  ],
  [{ joined_from: "2010-01-01", sort: "joined" }, "users_joined", "users_joined"],
  [{ sort: "updated" }, "users_updated", "users_counted"],
  [{ sort: "oldest" }, "users_newest", "users_counted"],
  [{ sort: "waiting" }, "users_waiting", "users_counted"],
  [{ sort: "waiting", status: "pre_validated" }, "users_waiting", "users_counted"],
  [{ status: "pending_validation,pre_validated" }, "users_newest", "users_counted"],
  [{ role_id: AN_ID }, "user_role_assignments_role", "user_role_assignments_role"],
  [{ plan: AN_ID }, "subscriptions_plan", "subscriptions_plan"],
  [{ has_photo: "true" }, "users_(with_)?photo", "users_(with_)?photo"],
  [{ has_photo: "false" }, "users_newest", "users_\\w+"],
  [{ no_email: "true" }, "users_(without_)?email", "users_(without_)?email"],
  [{ no_email: "false" }, "users_newest", "users_\\w+"],
  [{ erasing: "true" }, "users_erase_due", "users_erase_due"],
  [{ erasing: "false" }, "users_newest", "users_\\w+"],
  [{ tag: "tag 17" }, "user_tags_tag", "user_tags_tag"],
  [{ taken_on_by: "me" }, "users_taken_on_by", "users_taken_on_by"],
  [{ taken_on_by: "nobody" }, "users_newest", "users_\\w+"],
  [{ taken_on_by: "nobody", sort: "waiting" }, "users_waiting", "users_\\w+"],
];

test.each(PEOPLE)("an index finds people by %j, and another or the same counts them", async (filters, page, counts) => {
  await client.query("set local enable_bitmapscan = on; set local enable_sort = on");
  const [rows, counted] = peoplePage(filters);
  for (const [statement, index] of [
    [rows, page],
    [counted, counts],
  ] as const) {
    const plan = await planOf(statement?.sql ?? "", statement?.params);
    expect(plan).toMatch(new RegExp(` ${index} `));
    expect(plan).not.toContain("Seq Scan on users");
    if (statement === rows && filters.sort) expect(plan).not.toContain("Sort");
  }
});

test("indexes find the subscriptions of which a term ended on some days", async () => {
  await client.query("set local enable_bitmapscan = on; set local enable_sort = on");
  const filters = SubscriptionFilters.parse({ ended_from: "2026-01-01", ended_to: "2026-01-31", renewal: "lost" });
  for (const { sql, params } of statementsOf((ctx) => listSubscriptions(ctx, filters))) {
    const plan = await planOf(sql, params);
    for (const index of ["subscriptions_ended", "payments_term_end"]) expect(plan).toContain(` ${index} `);
  }
});

test("an index finds likely twins by each sign", async () => {
  const [{ id } = { id: "" }] = (await client.query<{ id: string }>("select id from users where phone = '+121217'"))
    .rows;
  const { sql, params } = new PgDialect().sqlToQuery((selectTwinsOf(id) as unknown as SQLWrapper).getSQL());
  const plan = await planOf(sql, params);
  for (const index of TWINS) expect(plan).toContain(` ${index}`);
});

const TWINS = ["users_email", "users_birthday", "users_phone", "users_address"];

test("an index finds whether people in the queue have likely twins, by each sign", async () => {
  const [page] = peoplePage({ status: "pre_validated", sort: "oldest" });
  const plan = await planOf(page?.sql ?? "", page?.params);
  for (const index of TWINS) expect(plan).toContain(` ${index}`);
});

test("an index finds the likely twins of an import's rows by each sign, and people with the same name", async () => {
  await client.query("set local enable_bitmapscan = on");
  const { sql, params } = new PgDialect().sqlToQuery((selectMatches(AN_ID, []) as unknown as SQLWrapper).getSQL());
  const plan = await planOf(sql, params);
  await client.query("set local enable_bitmapscan = off");
  for (const index of [...TWINS, "users_search"]) expect(plan).toContain(` ${index}`);
  expect(plan).not.toContain("Seq Scan on users");
});

test("indexes find the entries of the audit log about a person, alone or among many", async () => {
  await client.query("set local enable_sort = on; set local enable_bitmapscan = on");
  const { sql, params } = auditPage({ subject_type: "users", subject_id: AN_ID });
  const plan = await planOf(sql, params);
  await client.query("set local enable_sort = off; set local enable_bitmapscan = off");
  expect(plan).toMatch(/audit_log_subject\b/);
  expect(plan).toContain("audit_log_subjects");
  expect(plan).not.toContain("Seq Scan");
});

test("indexes find which volunteers read somebody's data, in an entry of their own or of many people", async () => {
  await client.query("set local enable_bitmapscan = on");
  const { sql, params } = new PgDialect().sqlToQuery(selectAccesses(AN_ID).getSQL());
  const plan = await planOf(sql, params);
  await client.query("set local enable_bitmapscan = off");
  expect(plan).toMatch(/audit_log_subject\b/);
  expect(plan).toContain("audit_log_subjects");
  expect(plan).not.toContain("Seq Scan");
});
