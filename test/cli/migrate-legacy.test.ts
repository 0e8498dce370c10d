import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSync } from "bcryptjs";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { ownPlatform } from "../harness/own-platform.ts";
import { neon_url, settings } from "../harness/platform.ts";
import { CREATED, legacyDatabase, type OldDatabase } from "./legacy-database.ts";
import { emptyDatabase, run, seededDatabase } from "./run.ts";

const PATIENT = { timeout: 90_000 };
const PASSWORD = "a password of the old system";

async function oldDatabase(): Promise<OldDatabase & { url: string }> {
  const url = await emptyDatabase();
  const old = await legacyDatabase(url);
  onTestFinished(() => old.end());
  return { ...old, url };
}

async function move(from: string, to: string, ...flags: string[]) {
  const report = join(await mkdtemp(join(tmpdir(), "legacy-")), "report.csv");
  const outcome = await run("migrate-legacy.ts", { DATABASE_URL: to, OLD_DATABASE_URL: from }, [
    ...["--report", report],
    ...flags,
  ]);
  return { ...outcome, report: await readFile(report, "utf8").catch(() => "") };
}

/** Everything in a database, but for when what the move itself wrote was written. */
async function contents({ sql }: Pick<Awaited<ReturnType<typeof ownPlatform>>, "sql">): Promise<unknown> {
  const tables = await sql<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables) all[name] = await sql(`select t::text from ${name} t order by 1`);
  return {
    ...all,
    next_receipt: await sql("select last_value + is_called::int as number from payments_receipt_number_seq"),
  };
}

/** A small organization, with what years of use leave in a database. */
async function fill(old: OldDatabase) {
  const alex = await old.person({
    email: " Alex.Admin@Example.ORG ",
    password_hash: hashSync(PASSWORD, 4),
    role: "superadmin",
    phone: "(212) 555-0123",
    address: "1 Example Street",
    city: "New York",
    state: "NY",
    zipcode: "10001",
    date_of_birth: "1980-02-29 00:00:00",
    profile_photo_url: "https://files.example.org/photos/alex.jpg",
    newsletter_subscribed: true,
    email_verification_token: "secret-token",
  });
  const desk = await old.add("roles", { code: "desk", name: "Desk", is_system_role: false, created_at: CREATED });
  const admin = await old.add("roles", {
    code: "admin",
    name: "Administrator",
    is_system_role: true,
    created_at: CREATED,
  });
  const view = await old.add("permissions", { code: "users.view", name: "See", module: "users" });
  const fly = await old.add("permissions", { code: "users.fly", name: "Fly", module: "users" });
  for (const permission_id of [view, fly]) await old.add("role_permissions", { role_id: desk, permission_id });
  const volunteer = await old.person({ first_name: "Vera", last_name: null, role: "member" });
  for (const role_id of [desk, admin])
    await old.add("user_role_assignments", { user_id: volunteer, role_id, assigned_by: alex, assigned_at: CREATED });
  const unconfirmed = await old.person({ email_verified: false });
  const rejected = await old.person({ status: "REJECTED", role: "guest", rejected_by: alex, email_verified: false });

  const plan_id = await old.add("subscription_plans", {
    name: "Yearly",
    price_cents: 6000,
    billing_cycle: "yearly",
    allow_donation: true,
    active: true,
    stripe_price_id: "price_old",
    created_at: CREATED,
    updated_at: CREATED,
  });
  const by_check = await old.add("subscriptions", {
    user_id: volunteer,
    plan_id,
    status: "active",
    start_date: "2026-06-01 12:00:00",
    end_date: "2099-06-01 12:00:00",
    base_subscription_cents: 6000,
    donation_cents: 1500,
    manual_payment: true,
    manual_payment_date: "2026-06-02 09:30:00",
    payment_method: "check",
    created_at: CREATED,
    updated_at: CREATED,
  });
  const earlier = await old.add("subscriptions", {
    user_id: volunteer,
    plan_id,
    status: "active",
    start_date: "2025-06-01 12:00:00",
    end_date: "2026-06-01 12:00:00",
    base_subscription_cents: 5000,
    donation_cents: 0,
    manual_payment: true,
    payment_method: "venmo",
    created_at: CREATED,
    updated_at: CREATED,
  });
  await old.add("subscriptions", {
    user_id: alex,
    plan_id,
    status: "pending",
    created_at: CREATED,
    updated_at: CREATED,
  });
  const given = await old.add("donations", {
    user_id: volunteer,
    donation_type: "member",
    status: "completed",
    amount: 25.1,
    payment_method: "cash",
    created_at: "2025-12-24 20:00:00-05",
  });
  const refunded = await old.add("donations", {
    donation_type: "public",
    status: "refunded",
    amount: 10,
    donor_email: "guest@example.org",
    payment_method: "check",
    created_at: "2025-11-11 11:11:11+00",
  });
  const event = await old.add("events", {
    title: "Picnic",
    location: "Park",
    start_at: "2026-05-01 16:00:00",
    capacity: 20,
    published: true,
    created_by: alex,
    created_at: CREATED,
    updated_at: CREATED,
  });
  const answer = { event_id: event, user_id: volunteer, created_at: CREATED };
  await old.add("event_rsvps", { ...answer, rsvp_status: "maybe", attended: false, updated_at: CREATED });
  await old.add("event_rsvps", { ...answer, rsvp_status: "yes", attended: true, updated_at: "2026-05-02 10:00:00" });
  await old.add("event_galleries", {
    event_id: event,
    image_url: "https://files.example.org/gallery/1.jpg",
    image_key: "gallery/1.jpg",
    file_size_bytes: 1234,
    created_at: CREATED,
  });
  const document = { title: "Old", created_at: CREATED, updated_at: CREATED, created_by: crypto.randomUUID() };
  const url = "https://files.example.org/docs/a.pdf";
  await old.add("newsletter_archives", {
    ...document,
    document_url: url,
    document_type: "upload",
    published_date: "2022-01-31",
  });
  await old.add("financial_reports", { ...document, year: 2024, document_url: url, document_type: "link" });
  for (const version of ["1", "2"])
    await old.add("bylaws_documents", {
      ...document,
      version,
      effective_date: `202${version}-01-01 00:00:00`,
      document_url: url,
      document_type: "link",
      is_current: true,
    });
  await old.add("storage_usage", { total_bytes_used: 999, max_bytes_allowed: 5_000_000 });
  for (const invited_at of ["2026-01-01 00:00:00", "2026-02-01 00:00:00"])
    await old.add("user_invitations", {
      email: "New@Example.org",
      token: "secret-token",
      role: "admin",
      status: "pending",
      invited_by: alex,
      invited_at,
      expires_at: "2099-01-01 00:00:00",
    });
  await old.add("import_jobs", {
    filename: "people.csv",
    total_rows: 3,
    successful_rows: 2,
    failed_rows: 1,
    status: "completed",
    started_at: CREATED,
  });
  return { alex, volunteer, unconfirmed, rejected, desk, by_check, earlier, given, refunded, event };
}

test(
  "the old database is moved whole: ids, dates and money are kept, and old passwords open accounts",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const old = await oldDatabase();
    const made = await fill(old);
    const before = await contents(platform);
    const dry = await move(old.url, platform.database_url, "--dry-run");
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toContain("users: stays behind, because it is unknown here: volunteer_interests (0 values)");
    expect(dry.stdout).toContain("users: stays behind on purpose: email_verification_token");
    expect(await contents(platform)).toEqual(before);

    const moved = await move(old.url, platform.database_url);
    expect(moved).toMatchObject({ code: 0, stderr: "" });
    expect(moved.stdout).not.toMatch(/differs|@example|Vera|secret-token/i);
    const line = (table: string) =>
      moved.stdout
        .split("\n")
        .find((text) => text.startsWith(`${table} `))
        ?.split(/\s+/);
    expect(line("users")).toEqual(["users", "4", "0", "4"]);
    expect(line("subscriptions")).toEqual(["subscriptions", "3", "0", "3", "18500", "18500"]);
    expect(line("donations")).toEqual(["donations", "2", "0", "2", "3510", "3510"]);
    expect(line("payments")).toEqual(["payments", "4", "0", "4", "16010", "16010"]);
    expect(line("event_rsvps")).toEqual(["event_rsvps", "2", "1", "1"]);

    const [alex] = await platform.sql("select *, birthday::text from users where id = $1", [made.alex]);
    expect(alex).toMatchObject({
      email: "alex.admin@example.org",
      phone: "+12125550123",
      address: "1 Example Street\nNew York, NY 10001",
      birthday: "1980-02-29",
      status: "active",
      role: "superadmin",
      origin: "registration",
      created_at: new Date("2021-03-04T05:06:07.891Z"),
      updated_at: new Date("2024-02-29T23:59:59.500Z"),
      newsletter_consent_at: new Date("2021-03-04T05:06:07.891Z"),
    });
    expect(
      await platform.sql(
        "select id, origin, email_verified, last_name from users where id = any($1) order by origin desc, last_name",
        [[made.unconfirmed, made.volunteer]],
      ),
    ).toEqual([
      { id: made.volunteer, origin: "registration", email_verified: true, last_name: "" },
      { id: made.unconfirmed, origin: "import", email_verified: false, last_name: "Old" },
    ]);
    const roles = await platform.sql(
      `select r.code, a.user_id from user_role_assignments a join roles r on r.id = a.role_id
     where a.user_id = any($1) order by r.code, a.user_id = $2 desc`,
      [[made.alex, made.volunteer, made.unconfirmed, made.rejected], made.alex],
    );
    expect(roles).toEqual([
      { code: "admin", user_id: made.volunteer },
      { code: "desk", user_id: made.volunteer },
      ...[made.alex, expect.any(String), expect.any(String)].map((user_id) => ({ code: "member", user_id })),
      { code: "superadmin", user_id: made.alex },
    ]);
    expect(
      await platform.sql(
        "select p.code from role_permissions rp join permissions p on p.id = rp.permission_id where role_id = $1",
        [made.desk],
      ),
    ).toEqual([{ code: "users.view" }]);

    expect(
      await platform.sql(
        `select coalesce(subscription_id, donation_id) as id, kind, payment_method, base_subscription_cents as dues, donation_cents as given, occurred_at as at
       from ledger where coalesce(subscription_id, donation_id) = any($1) order by occurred_at`,
        [[made.by_check, made.earlier, made.given, made.refunded]],
      ),
    ).toEqual([
      {
        id: made.earlier,
        kind: "payment",
        payment_method: "cash",
        dues: 5000,
        given: 0,
        at: new Date("2025-06-01T12:00:00Z"),
      },
      {
        id: made.refunded,
        kind: "payment",
        payment_method: "cheque",
        dues: 0,
        given: 1000,
        at: new Date("2025-11-11T11:11:11Z"),
      },
      {
        id: made.refunded,
        kind: "refund",
        payment_method: "cheque",
        dues: 0,
        given: -1000,
        at: new Date("2025-11-11T11:11:11Z"),
      },
      {
        id: made.given,
        kind: "payment",
        payment_method: "cash",
        dues: 0,
        given: 2510,
        at: new Date("2025-12-25T01:00:00Z"),
      },
      {
        id: made.by_check,
        kind: "payment",
        payment_method: "cheque",
        dues: 6000,
        given: 1500,
        at: new Date("2026-06-02T09:30:00Z"),
      },
    ]);
    expect(await platform.sql("select status from subscriptions where id = $1", [made.earlier])).toEqual([
      { status: "expired" },
    ]);
    expect(
      await platform.sql("select rsvp_status, attended from event_rsvps where event_id = $1", [made.event]),
    ).toEqual([{ rsvp_status: "yes", attended: true }]);
    expect(await platform.sql("select end_at from events where id = $1", [made.event])).toEqual([
      { end_at: new Date("2026-05-01T18:00:00Z") },
    ]);
    expect(await platform.sql("select version from bylaws_documents where current")).toEqual([{ version: "2" }]);
    expect(await platform.sql("select email, status from user_invitations order by status")).toEqual([
      { email: "new@example.org", status: "pending" },
      { email: "new@example.org", status: "revoked" },
    ]);
    for (const address of ["photos/alex.jpg", "gallery/1.jpg", "docs/a.pdf"])
      expect(moved.report).toContain(`"https://files.example.org/${address}"`);
    expect(await platform.sql("select from emails")).toEqual([]);

    const signed_in = await platform.call<{ user: object }>("POST", "/api/auth/login", {
      body: { email: "alex.admin@example.org", password: PASSWORD },
    });
    expect([signed_in.status, signed_in.body.user]).toMatchObject([200, { id: made.alex, role: "superadmin" }]);

    const first = await contents(platform);
    expect(await move(old.url, platform.database_url)).toMatchObject({ code: 0, stderr: "" });
    expect(await contents(platform)).toEqual(first);
  },
);

test(
  "what was paid at Stripe comes from there, once: reconciliation agrees, and nobody is thanked again",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const old = await oldDatabase();
    const member = await platform.payer();
    const gift = await platform.call<{ session_id: string }>("POST", "/api/donations/checkout", {
      body: { amount_cents: 4200, donor_name: "Giver", donor_email: "giver@example.org" },
    });
    await platform.stripe.pay(gift.body.session_id);
    const { payment_intent } = await platform.stripeApi.checkout.sessions.retrieve(gift.body.session_id);
    const { customer } = await platform.stripeApi.subscriptions.retrieve(member.stripe_subscription_id);
    // The same, as the old platform would have it.
    const [row] = await platform.sql<{ id: string; plan_id: string }>("select id, plan_id from subscriptions");
    const [donation] = await platform.sql<{ id: string }>("select id from donations");
    await old.person({ id: member.id, email: member.email });
    await old.add("subscription_plans", {
      id: row?.plan_id,
      name: "Yearly",
      price_cents: 6000,
      billing_cycle: "yearly",
      active: true,
    });
    await old.add("subscriptions", {
      id: row?.id,
      user_id: member.id,
      plan_id: row?.plan_id,
      stripe_subscription_id: member.stripe_subscription_id,
      stripe_customer_id: customer,
      status: "active",
      base_subscription_cents: 6000,
      donation_cents: 500,
      created_at: CREATED,
    });
    await old.add("donations", {
      id: donation?.id,
      status: "completed",
      amount: 42,
      donor_email: "giver@example.org",
      stripe_checkout_session_id: gift.body.session_id,
      stripe_payment_intent_id: payment_intent,
      created_at: new Date(),
    });
    // The old platform gave its subscriptions metadata of its own.
    await platform.stripeApi.subscriptions.update(member.stripe_subscription_id, {
      metadata: { subscription_id: "", plan_id: "", billing_cycle: "", user: "17" },
    });
    // And somebody got their donation back, in Stripe's dashboard.
    const returned = await platform.stripeApi.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { quantity: 1, price_data: { currency: "usd", unit_amount: 1100, product_data: { name: "A donation" } } },
      ],
      metadata: { user: "17" },
      success_url: "https://example.org",
    });
    await platform.stripe.pay(returned.id);
    const { payment_intent: intent } = await platform.stripeApi.checkout.sessions.retrieve(returned.id);
    await platform.stripeApi.refunds.create({ payment_intent: String(intent) });
    await old.add("donations", {
      status: "completed",
      amount: 11,
      donor_email: "giver@example.org",
      stripe_checkout_session_id: returned.id,
      stripe_payment_intent_id: intent,
      created_at: new Date(),
    });
    // Stripe's events told the old platform, not us.
    for await (const { id, type } of platform.stripeApi.events.list({ limit: 100 }))
      await platform.insert("stripe_events", { id, type, status: "ignored", stripe_created_at: new Date() });
    for (const table of ["subscriptions", "donations", "subscription_plans", "users"])
      await platform.sql(`delete from ${table}`);

    expect(await move(old.url, platform.database_url)).toMatchObject({ code: 0, stderr: "" });
    expect(await platform.sql("select donation_cents from payments order by 1")).toEqual([
      { donation_cents: 1100 },
      { donation_cents: 4200 },
    ]);
    const environment = {
      DATABASE_URL: platform.database_url,
      NEON_HTTP_ENDPOINT: `${neon_url}/sql`,
      STRIPE_API_BASE: platform.vars.STRIPE_API_BASE,
      STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
    };
    const since = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const frozen = new Date().toISOString();
    for (const _ of ["first", "again"]) {
      const reconciled = await run("reconcile.ts", environment, ["--since", since, "--no-mails-before", frozen]);
      expect(reconciled.stdout).toContain("The database and Stripe agree.");
      expect(reconciled.code).toBe(0);
      expect(
        await platform.sql(
          "select sum(base_subscription_cents)::int as dues, sum(donation_cents)::int as given from ledger",
        ),
      ).toEqual([{ dues: 6000, given: 4700 }]);
      expect(await platform.sql("select status from donations where amount_cents = 1100")).toEqual([
        { status: "refunded" },
      ]);
    }
    expect(await platform.sql("select distinct status from emails")).toEqual([{ status: "withheld" }]);
    expect(await platform.sql("select status from users where id = $1", [member.id])).toEqual([{ status: "active" }]);
    expect(await move(old.url, platform.database_url)).toMatchObject({ code: 0 });
  },
);

test(
  "what nobody paid is no payment: a checkout that was left open, or a row without a sign of one",
  PATIENT,
  async () => {
    const DATABASE_URL = await seededDatabase();
    const here = new pg.Client({ connectionString: DATABASE_URL });
    await here.connect();
    onTestFinished(() => here.end());
    const old = await oldDatabase();
    const plan_id = await old.add("subscription_plans", { name: "Yearly", price_cents: 6000, billing_cycle: "yearly" });
    const row = async (columns: Record<string, unknown>) => {
      const user_id = await old.person();
      const dues = { user_id, plan_id, base_subscription_cents: 6000, created_at: CREATED };
      return old.add("subscriptions", { ...dues, ...columns });
    };
    // Clicked on "Pay" three times, and never paid.
    const user_id = await old.person({ status: "PAYMENT_PENDING" });
    const clicked = { user_id, status: "pending", payment_method: "stripe" };
    await row({ ...clicked, created_at: "2022-01-01 12:00:00" });
    await row({ ...clicked, created_at: "2022-02-02 12:00:00" });
    const newest = await row({ ...clicked, created_at: "2022-03-03 12:00:00" });
    const left = await row({ status: "cancelled", manual_payment: false });
    const active = await row({ status: "active", end_date: "2099-06-01 12:00:00" });
    const [start_date, end_date] = ["2022-06-02 09:30:00", "2023-06-02 09:30:00"];
    const paid = [
      await row({ status: "cancelled", manual_payment: true }),
      await row({ status: "cancelled", manual_payment_date: start_date }),
      await row({ status: "expired", start_date, end_date }),
    ];

    const moved = await move(old.url, DATABASE_URL);
    expect(moved).toMatchObject({ code: 0, stderr: "" });
    const { rows: payments } = await here.query(
      "select subscription_id as id, base_subscription_cents as dues from payments",
    );
    expect(new Map(payments.map(({ id, dues }) => [id, dues]))).toEqual(new Map(paid.map((id) => [id, 6000])));
    expect(moved.stdout).toMatch(/^payments +3 +0 +3 +18000 +18000$/m);
    const { rows: checkouts } = await here.query(
      "select id, status, payment_method from subscriptions where user_id = $1 order by created_at desc",
      [user_id],
    );
    const cancelled = { id: expect.any(String), status: "cancelled", payment_method: "stripe" };
    expect(checkouts).toEqual([{ id: newest, status: "pending", payment_method: "stripe" }, cancelled, cancelled]);
    const looked = moved.report.split("\n").filter((text) => text.includes("does not say that anybody paid"));
    expect(looked.map((text) => text.split(",")[2]).toSorted()).toEqual(
      [left, active].map((id) => `"${id}"`).toSorted(),
    );
  },
);

test("a row that cannot be moved is named by its id, and then nothing is moved", PATIENT, async () => {
  const DATABASE_URL = await seededDatabase();
  const old = await oldDatabase();
  const twins = [await old.person({ email: "Twin@Example.org" }), await old.person({ email: "twin@example.org " })];
  const plan_id = await old.add("subscription_plans", {
    name: "Yearly",
    price_cents: 60.5,
    billing_cycle: "fortnightly",
  });
  const negative = await old.add("donations", { status: "completed", amount: -5 });
  const strange = await old.add("donations", { status: "chargeback", amount: 5 });
  const { code, stdout, report } = await move(old.url, DATABASE_URL);
  expect(code).toBe(1);
  expect(stdout).toContain("Nothing was written");
  expect(stdout).not.toContain("example.org");
  const refused = report.split("\n").filter((text) => text.startsWith('"refused"'));
  for (const id of [...twins, plan_id, negative, strange]) expect(refused.join("\n")).toContain(id);
  // Once what is wrong is mended there, all of it comes.
  await old.sql("update users set email_verified = false, status = 'PENDING_EMAIL' where id = $1", [twins[1]]);
  await old.sql("update subscription_plans set price_cents = 60, billing_cycle = 'ANNUAL'");
  await old.sql("delete from donations");
  expect(await move(old.url, DATABASE_URL)).toMatchObject({ code: 0, stderr: "" });
});

test("it says in a sentence what is wrong with the databases", async () => {
  const [empty, seeded] = [await emptyDatabase(), await seededDatabase()];
  expect((await move(empty, seeded)).stderr).toContain("The old database has no table users.");
  expect((await move(empty, empty)).stderr).toContain("OLD_DATABASE_URL is the new database.");
  expect((await move(seeded, empty)).stderr).toContain("Run `npm run db:migrate` first.");
  const nowhere = "postgres://nobody:s3cret@127.0.0.1:9/none";
  expect((await move(nowhere, seeded)).stderr).toMatch(/^OLD_DATABASE_URL names 127.0.0.1:9/);
  const shown = await run("migrate-legacy.ts", { DATABASE_URL: seeded }, ["--from", nowhere]);
  expect([shown.code, shown.stderr]).toEqual([1, expect.stringMatching(/^--from has a password.* OLD_DATABASE_URL/)]);
  expect(shown.stderr).not.toContain("s3cret");
});
