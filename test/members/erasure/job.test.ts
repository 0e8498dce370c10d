import { getTableColumns, getTableName } from "drizzle-orm";
import { expect, test } from "vitest";
import { THEIR_ROWS } from "../../../src/members/erasure/forget.ts";
import { ERASED, KEPT_COLUMNS } from "../../../src/people/erased.ts";
import { users } from "../../../src/tables/people.ts";
import { failDatabase } from "../../harness/faults.ts";
import { untilBlocked } from "../../harness/locks.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { objectsIn } from "../../harness/photos.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

const HOURLY = "17 * * * *";

test("every column of a person is erased, or kept on purpose", () => {
  const columns = Object.keys(getTableColumns(users)).sort();
  expect([...Object.keys(ERASED), ...KEPT_COLUMNS].sort()).toEqual(columns);
});

/** A photo with this text in each of its objects. */
async function storedImage({ insert, bucket }: Platform, kind: string, text: string) {
  const key = `${kind}/${crypto.randomUUID()}`;
  const photos = await bucket("PHOTOS");
  for (const name of ["full.webp", "thumb.webp"]) await photos.put(`${key}/${name}`, text);
  return { key, id: await insert("stored_files", { kind, key, status: "stored", content_type: "image/webp" }) };
}

/** A member who pays dues at Stripe, with this text wherever the platform keeps what people say. */
async function fullPerson(platform: Platform, text: string) {
  const { insert, sql } = platform;
  const member = await platform.payer();
  await platform.stripe.deliver(member.event_ids);
  const { id } = member;
  const email = `${text}@example.org`;
  const [other, friend] = [await platform.person("active"), await platform.person("pre_validated")];
  const { id: photo_id, key: photo_key } = await storedImage(platform, "profile_photo", text);
  const names = [
    "legal_name",
    "pronouns",
    "address",
    "phone",
    "bio",
    "partner_first_name",
    "partner_last_name",
    "referred_by",
    "external_id",
    "rejection_reason",
  ];
  await sql(
    `update users set email = $2, password_hash = $3, first_name = $3, last_name = $3, birthday = '1931-02-03', in_directory = true,
       phone_audience = 'members', photo_id = $4, newsletter_consent_at = now(), language = 'es', time_zone = 'Europe/Madrid',
       ${names.map((name) => `${name} = $3`)} where id = $1`,
    [id, email, text, photo_id],
  );
  await insert("sessions", { user_id: id, expires_at: new Date(), user_agent: text, network: text });
  await insert("login_attempts", { email, user_id: id, user_agent: text, source: text });
  await insert("login_attempts", { email, user_agent: text });
  await insert("second_factors", { user_id: id, secret_encrypted: text });
  await insert("recovery_codes", { user_id: id, code_hash: text });
  await insert("account_tokens", {
    user_id: id,
    purpose: "change_email",
    new_email: `new.${email}`,
    expires_at: new Date(),
  });
  await insert("account_tokens", {
    user_id: other.id,
    purpose: "change_email",
    new_email: email,
    expires_at: new Date(),
  });
  await insert("emails", { template: "approval", to_email: email, user_id: id, data: { first_name: text } });
  await insert("emails", { template: "donation_receipt", to_email: email, data: { donor_name: text } });
  await insert("user_notes", { user_id: id, author_id: other.id, body: text, sensitive: true });
  await sql("insert into user_tags (user_id, tag) values ($1, $2)", [id, text]);
  await insert("vouchings", { applicant_id: friend.id, member_id: id, asked_by: other.id });
  await insert("vouchings", { applicant_id: id, member_id: other.id });
  await insert("user_invitations", { email, expires_at: new Date(), message: text });
  const invitation_id = await insert("user_invitations", {
    email: `friend.of.${id}@example.org`,
    invited_by: id,
    expires_at: new Date(),
    message: text,
  });
  const account_token_id = await insert("account_tokens", {
    invitation_id,
    purpose: "accept_invitation",
    expires_at: new Date(),
  });
  await insert("emails", {
    template: "approval",
    to_email: `friend.of.${id}@example.org`,
    account_token_id,
    data: { first_name: text },
  });
  const job_id = await insert("import_jobs", { file_name: "people.csv", status: "ready" });
  const said = {
    problems: JSON.stringify([{ field: "phone", message: text }]),
    warnings: JSON.stringify([{ field: null, message: text }]),
  };
  await sql(
    "insert into import_rows (job_id, row, cells, user_id, before, problems, warnings) values ($1, 2, $2, $3, $4, $5, $6)",
    [job_id, JSON.stringify([text]), id, JSON.stringify({ bio: text }), said.problems, said.warnings],
  );
  await sql("insert into import_rows (job_id, row, cells) values ($1, 3, $2)", [job_id, JSON.stringify(["x", email])]);
  const event_id = await insert("events", {
    title: "Picnic",
    location: "Park",
    start_at: new Date(),
    end_at: new Date(Date.now() + 1000),
  });
  await sql("insert into event_rsvps (event_id, user_id, rsvp_status) values ($1, $2, 'yes')", [event_id, id]);
  const newsletter_id = await insert("newsletter_archives", { title: "Spring" });
  await sql("insert into newsletter_recipients (newsletter_id, user_id, queued_at) values ($1, $2, now())", [
    newsletter_id,
    id,
  ]);
  await insert("reminders", {
    kind: "event_reminder",
    subject_id: event_id,
    user_id: id,
    due_at: new Date(),
    outcome: "sent",
  });
  const { id: offered_id } = await storedImage(platform, "event_photo", text);
  await insert("event_galleries", { event_id, file_id: offered_id, uploaded_by: id, accepted_at: null, caption: text });
  const shown_id = await insert("event_galleries", { event_id, uploaded_by: id });
  const hidden_id = await insert("event_galleries", { event_id, takedown_by: id, takedown_at: new Date() });
  await sql("insert into photo_takedowns (photo_id, sha256, asked_by) values ($1, repeat('0', 64), $2)", [
    hidden_id,
    id,
  ]);
  const role_id = await insert("roles", { code: `test-${id}`, name: "Test" });
  await sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [id, role_id]);
  const given = {
    donor_name: text,
    donor_email: email,
    message: text,
    notes: text,
    donation_type: "member",
    amount_cents: 700,
    status: "completed",
    completed_at: new Date(),
  };
  const donation_id = await insert("donations", { user_id: id, ...given });
  const payment_id = await insert("payments", {
    user_id: id,
    donation_id,
    donation_cents: 700,
    paid_at: new Date(),
    payment_method: "cash",
  });
  await insert("reversals", {
    payment_id,
    kind: "refund",
    status: "succeeded",
    amount_cents: 100,
    reason: text,
    occurred_at: new Date(),
  });
  const guest_donation = await insert("donations", { ...given, donation_type: "public", amount_cents: 900 });
  await insert("payments", { donation_id: guest_donation, donation_cents: 900, paid_at: new Date() });
  await sql(
    "update subscriptions set notes = $2, cancel_reason = $2, card_brand = $2, card_exp_year = 2071 where user_id = $1",
    [id, text],
  );
  // Somebody else's registration with the same address, which they can never confirm.
  await insert("users", { email, first_name: text, last_name: "" });
  await sql("update users set erase_at = now() - interval '1 minute', erase_wished = true where id = $1", [id]);
  return { ...member, email, photo_id, photo_key, job_id, offered_id, shown_id, hidden_id };
}

/** Every table with a row that has this text somewhere. */
async function tablesWith({ sql }: Platform, text: string): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await sql<{ count: number }>(
        `select count(*)::int as count from ${name} as it where it::text ilike $1`,
        [`%${text}%`],
      );
      return row?.count ? [name] : [];
    }),
  );
  return found.flat().sort();
}

/** Every object with this text in it. */
async function objectsWith({ bucket }: Platform, text: string): Promise<string[]> {
  const buckets = await Promise.all([bucket("PHOTOS"), bucket("PUBLIC_FILES")]);
  const found = await Promise.all(
    buckets.map(async (objects) =>
      Promise.all(
        [...(await objectsIn(objects)).keys()].map(async (key) => {
          const content = Buffer.from((await (await objects.get(key))?.arrayBuffer()) ?? new ArrayBuffer());
          return key.includes(text) || content.includes(text) ? [key] : [];
        }),
      ),
    ),
  );
  return found.flat(2);
}

const money = ({ sql }: Platform) =>
  sql(
    `select kind, payment_method, base_subscription_cents, donation_cents, occurred_at,
       (select receipt_number from payments p where p.id = payment_id) as receipt_number,
       (select stripe_payment_intent_id from payments p where p.id = payment_id) as stripe_payment_intent_id
     from ledger order by occurred_at, kind, donation_cents`,
  );

const erasedAt = async ({ sql }: Platform, { id }: { id: string }) =>
  (await sql<{ erased_at: Date | null }>("select erased_at from users where id = $1", [id]))[0]?.erased_at;

const anyText = () => `sentinel${crypto.randomUUID().slice(0, 8)}`;

test("after the job nothing tells who they were, the money is unchanged, and what Stripe says later is still booked", async () => {
  const platform = await ownPlatform();
  const { sql, stripe, stripeApi } = platform;
  const text = anyText();
  const member = await fullPerson(platform, text);
  const treasurer = await platform.volunteer("donations.stats");
  const stats = async () => (await platform.call("GET", "/api/admin/donations/stats", { token: treasurer.token })).body;
  const [before, figures] = [await money(platform), await stats()];
  const { customer } = await stripeApi.subscriptions.retrieve(member.stripe_subscription_id);
  expect((await tablesWith(platform, text)).length).toBeGreaterThan(12);
  expect(await objectsWith(platform, text)).toHaveLength(4);

  await platform.fire(HOURLY);

  expect(await platform.lastRun("erase_people")).toMatchObject({
    outcome: "succeeded",
    report: { erased: 1, failed: 0 },
  });
  expect(await tablesWith(platform, text)).toEqual([]);
  expect(
    await sql("select from audit_log where subject_type = 'subscriptions' and changes::text like '%2071%'"),
  ).toEqual([]);
  expect(await objectsWith(platform, text)).toEqual([]);
  expect(await money(platform)).toEqual(before);
  // What they gave without signing in now counts as given by the same person.
  expect(await stats()).toEqual({ ...figures, donors: Number(figures.donors) - 1 });
  const [row] = await sql("select * from users where id = $1", [member.id]);
  expect(row).toMatchObject({
    status: "inactive",
    role: "guest",
    email: null,
    birthday: null,
    language: "en",
    in_directory: false,
    erased_at: expect.any(Date),
  });
  expect(await sql("select id from stored_files where id = any($1)", [[member.photo_id, member.offered_id]])).toEqual(
    [],
  );
  expect(
    await sql(
      "select id, uploaded_by, takedown_by, takedown_at is not null as hidden from event_galleries order by hidden",
    ),
  ).toEqual([
    { id: member.shown_id, uploaded_by: null, takedown_by: null, hidden: false },
    { id: member.hidden_id, uploaded_by: null, takedown_by: null, hidden: true },
  ]);
  expect(await sql("select photo_id, asked_by from photo_takedowns")).toEqual([
    { photo_id: member.hidden_id, asked_by: null },
  ]);
  expect(await sql("select outcome from import_rows where job_id = $1", [member.job_id])).toEqual([
    { outcome: "problem" },
    { outcome: "problem" },
  ]);
  for (const table of [...THEIR_ROWS.map(getTableName), "vouchings"])
    expect(
      await sql(`select from ${table} where ${table === "vouchings" ? "member_id" : "user_id"} = $1`, [member.id]),
    ).toEqual([]);
  const answer = await platform.call("GET", "/api/auth/me", { token: member.token });
  expect([answer.status, answer.body.code]).toEqual([401, "session_ended"]);

  expect((await stripeApi.subscriptions.retrieve(member.stripe_subscription_id)).status).toBe("canceled");
  expect(await stripeApi.customers.retrieve(String(customer))).toMatchObject({ deleted: true });

  // Money that goes back later is booked, and no event of theirs fails or brings anything back.
  const [payment] = await sql<{ stripe_payment_intent_id: string }>(
    "select stripe_payment_intent_id from payments where user_id = $1 and subscription_id is not null",
    [member.id],
  );
  const [invoice] = (await stripeApi.invoices.list({ subscription: member.stripe_subscription_id })).data;
  const [charge] = (await stripeApi.charges.list({ customer: String(customer) })).data;
  expect([invoice?.status, payment]).toEqual(["paid", expect.anything()]);
  await stripeApi.refunds.create({ charge: charge?.id ?? "", amount: 300 });
  const { event_ids } = await stripe.dispute({ charge: charge?.id ?? "", amount: 200 });
  const waiting = (await stripe.deliveries()).filter(({ state }) => state === "manual").map(({ event_id }) => event_id);
  const told = await stripe.deliver([...waiting, ...event_ids]);
  expect(told.filter(({ status }) => status !== 200)).toEqual([]);
  expect(await sql("select type, reason from stripe_events where status = 'parked'")).toEqual([]);
  expect(
    await sql("select type from stripe_events where type = 'customer.deleted' and status = 'applied'"),
  ).toHaveLength(1);
  const gone = await sql<{ cents: number }>(
    "select sum(base_subscription_cents + donation_cents)::int as cents from ledger where user_id = $1 and kind in ('refund', 'dispute')",
    [member.id],
  );
  expect(gone).toEqual([{ cents: -100 - 300 - 200 }]);
  expect(await tablesWith(platform, text)).toEqual([]);
  expect(await sql("select status, stripe_customer_id from users where id = $1", [member.id])).toEqual([
    { status: "inactive", stripe_customer_id: null },
  ]);

  // Something of theirs that was under way when they were erased is forgotten by the next run.
  await platform.insert("user_notes", { user_id: member.id, body: text });
  await platform.fire(HOURLY);
  expect(await tablesWith(platform, text)).toEqual([]);
}, 60_000);

/** Each call that the job makes for a member who pays dues at Stripe, in its order, failing in each way that matters. */
const FAULTS = [
  { call: "asks for the subscription", mode: "status", skip: 0 },
  { call: "ends the subscription", mode: "status", skip: 1 },
  { call: "deletes the customer", mode: "status", skip: 0 },
  { call: "reads what Stripe has", mode: "before", skip: 0 },
  { call: "forgets", mode: "before", skip: 1 },
  { call: "forgets", mode: "after_commit", skip: 1 },
  // Stripe did it, and the SDK, which asks again by itself, hears that there is nothing to do any more.
  { call: "ends the subscription", mode: "after", skip: 1 },
  { call: "deletes the customer", mode: "after", skip: 0 },
] as const;

/** Reconciliation runs at the same time. It would meet the fault instead, or learn of a customer, so that the job begins anew. */
const leaveNothingToReconcile = ({ insert }: Platform) => {
  const now = new Date().toISOString();
  const next = { stage: "balance", after: "2100-01-01T00:00:00.000Z" };
  return insert("job_runs", {
    job: "reconcile",
    started_at: now,
    report: JSON.stringify({ since: now, until: now, next, incomplete: false }),
  });
};

test("a fault at any step deletes nothing half, is seen, stops nobody else, and the next run ends the same", async () => {
  const platform = await ownPlatform();
  const { sql, stripe, stripeApi } = platform;
  const photos = await platform.bucket("PHOTOS");
  const faulty = await Promise.all(
    FAULTS.map(async (fault) => {
      const text = anyText();
      const member = await fullPerson(platform, text);
      const { customer } = await stripeApi.subscriptions.retrieve(member.stripe_subscription_id);
      return { ...fault, text, member, customer: String(customer), before: await tablesWith(platform, text) };
    }),
  );
  const other = await platform.person("inactive");
  await sql("update users set erase_at = now() - interval '1 minute' where id = $1", [other.id]);
  for (const { call, mode, skip, member, customer } of faulty) {
    if (mode === "before" || mode === "after_commit") await failDatabase({ match: member.id, mode, skip });
    else {
      const match = call === "deletes the customer" ? `customers/${customer}` : member.stripe_subscription_id;
      // The SDK asks once more by itself.
      await stripe.fault({ match, mode, skip, count: 2 });
    }
  }
  await leaveNothingToReconcile(platform);
  await platform.fire(HOURLY);
  const run = await platform.lastRun("erase_people");
  const failing = faulty.filter(({ mode }) => mode !== "after");
  expect([run?.outcome, run?.report.erased]).toEqual(["failed", 1 + faulty.length - failing.length]);
  expect(run?.report.people).toHaveLength(failing.length);
  expect(run?.report.people).toEqual(
    expect.arrayContaining(failing.map(({ member }) => ({ id: member.id, failure: expect.any(String) }))),
  );
  expect(await erasedAt(platform, other)).toEqual(expect.any(Date));
  for (const { call, mode, text, member, before } of faulty) {
    const done = mode === "after" || mode === "after_commit";
    expect(JSON.stringify(run)).not.toContain(text);
    expect([call, mode, await tablesWith(platform, text)]).toEqual([call, mode, done ? [] : before]);
    if (!done) expect([call, mode, await photos.head(`${member.photo_key}/full.webp`)]).not.toContain(null);
  }

  await stripe.clearFaults();
  await platform.fire(HOURLY);
  for (const { call, mode, text, member, customer } of faulty) {
    expect([call, mode, await tablesWith(platform, text)]).toEqual([call, mode, []]);
    expect([call, mode, await photos.head(`${member.photo_key}/full.webp`)]).toEqual([call, mode, null]);
    expect(await erasedAt(platform, member)).toEqual(expect.any(Date));
    expect(await stripeApi.customers.retrieve(customer)).toMatchObject({ deleted: true });
  }
}, 60_000);

test("a failure while photos are deleted is left to the hourly job, and the report still names who was not erased", async () => {
  const platform = await ownPlatform();
  const { sql, stripe } = platform;
  const [gone, stays] = [await fullPerson(platform, anyText()), await fullPerson(platform, anyText())];
  await stripe.fault({ match: stays.stripe_subscription_id, mode: "status", count: 2 });
  await sql(`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger refuse before delete on stored_files execute function refuse()`);
  await leaveNothingToReconcile(platform);
  await platform.fire(HOURLY);
  expect(await platform.lastRun("erase_people")).toMatchObject({
    outcome: "failed",
    report: { erased: 1, people: [{ id: stays.id, failure: expect.any(String) }], files: expect.any(String) },
  });
  const rowOfPhoto = () => sql("select from stored_files where key = $1", [gone.photo_key]);
  expect(await rowOfPhoto()).toHaveLength(1);

  await sql("drop function refuse() cascade");
  await platform.fire(HOURLY);
  expect(await rowOfPhoto()).toEqual([]);
});

test("a checkout that is open is ended, one that was refused leaves no customer, a donation whose payment is under way is booked without a name", async () => {
  const platform = await ownPlatform();
  const { sql, stripe, stripeApi } = platform;
  const [open, debit, refused, heard, once] = [
    await platform.person("payment_pending"),
    await platform.person("active"),
    await platform.person("payment_pending"),
    await platform.person("payment_pending"),
    await platform.person("payment_pending"),
  ];
  const start = async (path: string, token: string, body: object) =>
    (await platform.call<{ session_id: string }>("POST", path, { token, body })).body.session_id;
  const dues = await start("/api/checkout/subscription", open.token, {
    plan_id: await platform.plan(),
    donation_cents: 0,
  });
  const gift = await start("/api/donations/checkout", debit.token, { amount_cents: 2500, message: "for the picnic" });
  await stripe.pay(gift, { email: debit.email, name: "Robin Sentinel", later: true });
  // A payment that the bank refuses leaves a customer behind, whether we hear of it or not.
  const [lifelong, yearly] = [await platform.plan({ billing_cycle: "lifetime" }), await platform.plan()];
  const customers: unknown[] = [];
  for (const { person, plan_id, isHeard } of [
    { person: refused, plan_id: lifelong, isHeard: false },
    { person: once, plan_id: lifelong, isHeard: true },
    { person: heard, plan_id: yearly, isHeard: true },
  ]) {
    const attempt = await start("/api/checkout/subscription", person.token, { plan_id });
    await stripe.pay(attempt, { email: person.email, later: true });
    const { event_ids } = await stripe.settle(attempt, false);
    if (isHeard) await stripe.deliver(event_ids);
    customers.push((await stripeApi.checkout.sessions.retrieve(attempt)).customer);
    // Trying again replaces what the row knows of the first attempt.
    if (isHeard) await start("/api/checkout/subscription", person.token, { plan_id });
  }
  await sql("update users set erase_at = now() - interval '1 minute' where id = any($1)", [
    [open.id, debit.id, refused.id, heard.id, once.id],
  ]);
  await leaveNothingToReconcile(platform);
  await platform.fire(HOURLY);
  expect((await platform.lastRun("erase_people"))?.report).toMatchObject({ erased: 5, failed: 0 });
  for (const customer of customers)
    expect(await stripeApi.customers.retrieve(String(customer))).toMatchObject({ deleted: true });
  expect((await stripeApi.checkout.sessions.retrieve(dues)).status).toBe("expired");
  expect(await sql("select status from subscriptions where user_id = $1", [open.id])).toEqual([
    { status: "cancelled" },
  ]);

  await stripe.settle(gift, true);
  const waiting = (await stripe.deliveries()).filter(({ state }) => state === "manual").map(({ event_id }) => event_id);
  await stripe.deliver(waiting);
  expect(
    await sql(
      "select status, amount_cents, donor_name, donor_email, message, anonymous from donations where user_id = $1",
      [debit.id],
    ),
  ).toEqual([
    { status: "completed", amount_cents: 2500, donor_name: null, donor_email: null, message: null, anonymous: true },
  ]);
  expect(await tablesWith(platform, debit.email)).toEqual([]);
  expect(await tablesWith(platform, "sentinel")).toEqual([]);
});

test("a membership that was over before stays lost in the month in which it ended", async () => {
  const platform = await ownPlatform();
  const { sql } = platform;
  const member = await platform.person("inactive", { erase_at: new Date(0) });
  const former = await platform.insert("subscriptions", {
    user_id: member.id,
    plan_id: await platform.plan(),
    status: "cancelled",
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    cancel_at_period_end: true,
    cancelled_at: "2020-03-01T00:00:00Z",
    current_term_start: "2020-01-01T00:00:00Z",
    current_term_end: "2021-01-01T00:00:00Z",
  });
  const paid = { subscription_id: former, payment_method: "cash", base_subscription_cents: 6000 };
  const term = { term_start: "2020-01-01T00:00:00Z", term_end: "2021-01-01T00:00:00Z" };
  await platform.insert("payments", { user_id: member.id, paid_at: "2020-01-01T00:00:00Z", ...paid, ...term });
  const { token } = await platform.volunteer("subscriptions.stats");
  const lost = async (month: string) =>
    (await platform.call("GET", `/api/admin/subscriptions/stats?from=${month}-01&to=${month}-31`, { token })).body.lost;
  expect([await lost("2020-03"), await lost("2020-12")]).toEqual([0, 1]);
  await platform.fire(HOURLY);
  expect((await sql("select erased_at from users where id = $1", [member.id]))[0]?.erased_at).toEqual(expect.any(Date));
  expect([await lost("2020-03"), await lost("2020-12")]).toEqual([0, 1]);
});

test("an address that nobody confirmed brings nobody else's rows along", async () => {
  const platform = await ownPlatform();
  const { sql, insert } = platform;
  const owner = await platform.person("active");
  const stranger = await insert("users", {
    email: owner.email,
    first_name: "Sam",
    last_name: "",
    erase_at: new Date(Date.now() - 1000),
  });
  await insert("login_attempts", { email: owner.email, user_id: owner.id });
  await insert("emails", { template: "donation_receipt", to_email: owner.email });
  await insert("donations", {
    donor_email: owner.email,
    donor_name: "Robin",
    donation_type: "public",
    amount_cents: 100,
  });
  await platform.fire(HOURLY);
  expect(await erasedAt(platform, { id: stranger })).toEqual(expect.any(Date));
  expect(await tablesWith(platform, owner.email)).toEqual(["donations", "emails", "login_attempts", "users"]);
  expect(await sql("select donor_name, user_id from donations")).toEqual([{ donor_name: "Robin", user_id: null }]);
});

test("the last superadmin stays, even when another one left since they asked", async () => {
  const platform = await ownPlatform();
  const [superadmin] = await platform.sql<{ id: string }>("select id from roles where code = 'superadmin'");
  const [first, second] = [await platform.person("active"), await platform.person("active")];
  const holds = ({ id }: { id: string }) =>
    platform.sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [id, superadmin?.id]);
  const ask = (token: string) => platform.call("POST", "/api/members/erase", { token });
  await holds(first);
  const alone = await ask(first.token);
  expect([alone.status, alone.body.code]).toEqual([409, "last_superadmin"]);
  await holds(second);
  expect((await ask(first.token)).status).toBe(200);
  // Whoever will be erased does not count as somebody who stays.
  expect((await ask(second.token)).body.code).toBe("last_superadmin");
  await platform.sql("delete from user_role_assignments where user_id = $1", [second.id]);
  await platform.sql("update users set erase_at = now() - interval '1 minute' where id = $1", [first.id]);
  await platform.fire(HOURLY);
  expect(await erasedAt(platform, first)).toBeNull();
  expect((await platform.lastRun("erase_people"))?.report).toMatchObject({
    people: [{ id: first.id, failure: "last_superadmin" }],
  });
});

/** Runs the job, and does something else between its first look at a person and their erasure. */
async function whileErasing(platform: Platform, { id }: { id: string }, work: () => Promise<unknown>): Promise<void> {
  const holder = await platform.pool.connect();
  holder.on("error", () => undefined);
  try {
    await holder.query("begin");
    await holder.query("select from users where id = $1 for no key update", [id]);
    const run = platform.fire(HOURLY);
    await untilBlocked(holder, "no key update");
    await work();
    await holder.query("commit");
    await run;
  } finally {
    holder.release(true);
  }
}

const isDue = ({ sql }: Platform, { id }: { id: string }) =>
  sql("update users set erase_at = now() - interval '1 minute' where id = $1", [id]);

test("a superadmin stays whose erasure has begun when the other one loses the role", async () => {
  const platform = await ownPlatform();
  const { sql } = platform;
  const people = [await platform.person("active"), await platform.person("active"), await platform.person("active")];
  const [first, second, unopened] = people as [Awaited<ReturnType<typeof platform.person>>, ...typeof people];
  await sql(
    "insert into user_role_assignments (user_id, role_id) select unnest($1::uuid[]), id from roles where code = 'superadmin'",
    [people.map(({ id }) => id)],
  );
  await sql("update users set origin = 'paper', email_verified = false where id = $1", [unopened?.id]);
  await isDue(platform, first);
  await whileErasing(platform, first, () => sql("delete from user_role_assignments where user_id = $1", [second?.id]));
  expect((await platform.lastRun("erase_people"))?.report).toMatchObject({
    erased: 0,
    people: [{ id: first.id, failure: "last_superadmin" }],
  });
  expect(await erasedAt(platform, first)).toBeNull();
});

test("the seats of whoever is erased go to those who are next in line, and they are told", async () => {
  const platform = await ownPlatform();
  const { sql, insert } = platform;
  const [leaving, next] = [await platform.person("active"), await platform.person("active")];
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  const full = async (starts_in: number) => {
    const event_id = await insert("events", {
      title: "Picnic",
      location: "Park",
      start_at: hours(starts_in),
      end_at: hours(starts_in + 1),
      published: true,
      capacity: 1,
      waiting_list: true,
    });
    const said = (user_id: string, rsvp_status: string) =>
      sql("insert into event_rsvps (event_id, user_id, rsvp_status) values ($1, $2, $3)", [
        event_id,
        user_id,
        rsvp_status,
      ]);
    await said(leaving.id, "yes");
    await said(next.id, "waitlisted");
    return event_id;
  };
  const [coming, past] = [await full(48), await full(-48)];
  await isDue(platform, leaving);
  // They take a seat in this very moment, too.
  let late = "";
  await whileErasing(platform, leaving, async () => {
    late = await full(72);
  });
  expect(await erasedAt(platform, leaving)).toEqual(expect.any(Date));
  expect(await sql("select event_id, user_id, rsvp_status from event_rsvps order by event_id")).toEqual(
    [coming, past, late].sort().map((event_id) => ({
      event_id,
      user_id: next.id,
      rsvp_status: event_id === past ? "waitlisted" : "yes",
    })),
  );
  expect(
    await sql("select user_id, data->>'event_id' as event_id from emails where template = 'event_promoted' order by 2"),
  ).toEqual([coming, late].sort().map((event_id) => ({ user_id: next.id, event_id })));
});
