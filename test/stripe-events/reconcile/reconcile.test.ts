import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { failDatabase } from "../../harness/faults.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { neon_url, settings } from "../../harness/platform.ts";

const HOURLY = "17 * * * *";
const PATIENT = { timeout: 60_000 };

/** What is left when there is nothing to do. */
const ALL_WELL = { repaired: 0, repairs: [], unexplained: 0, concerns: [], next: null, incomplete: false };

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

/** Runs the hourly job and gives its report. */
async function reconcile(platform: Platform): Promise<Record<string, unknown>> {
  await platform.fire(HOURLY);
  const last = await platform.lastRun("reconcile");
  return { outcome: last?.outcome, ...last?.report };
}

/** A platform whose last round was three days ago: the next one need not look at all that Stripe remembers. */
async function runningPlatform(): Promise<Platform> {
  const platform = await ownPlatform();
  const until = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await platform.insert("job_runs", {
    job: "reconcile",
    started_at: until,
    outcome: "succeeded",
    report: { since: until, until, next: null, incomplete: false },
  });
  return platform;
}

/** As if every event so far had come, and nothing had been done about it. */
async function passOver({ stripeApi, sql }: Platform): Promise<void> {
  for await (const { id, type } of stripeApi.events.list({ limit: 100 }))
    await sql(
      "insert into stripe_events (id, type, status, stripe_created_at) values ($1, $2, 'ignored', now()) on conflict do nothing",
      [id, type],
    );
}

test("events that never came are made up for and told of, and the next run finds nothing", PATIENT, async () => {
  const platform = await ownPlatform();
  const [one, other] = [await platform.payer(), await platform.payer()];
  expect(await platform.standingOf(one)).toMatchObject({ status: "payment_pending", payments: 0 });

  const report = await reconcile(platform);
  expect(report).toMatchObject({ outcome: "succeeded", unexplained: 0, concerns: [], next: null });
  expect(report.repairs).toContainEqual({
    kind: "event",
    object_id: expect.stringMatching(/^evt_/),
    before: null,
    after: { type: "checkout.session.completed", status: "applied", reason: null },
  });
  const cents = 6500;
  for (const member of [one, other])
    expect(await platform.standingOf(member)).toEqual({
      status: "active",
      subscription: "active",
      cancel_at_period_end: false,
      payments: 1,
      cents,
      mails: ["thank_you"],
    });
  const today = { ours_cents: 2 * cents, stripe_cents: 2 * cents, others_cents: 0, unmatched: [] };
  expect(report.days).toEqual([{ day: new Date().toISOString().slice(0, 10), ...today }]);

  expect(await reconcile(platform)).toMatchObject({ outcome: "succeeded", ...ALL_WELL });
  // What Stripe sends after all changes nothing any more.
  await platform.stripe.deliver([...one.event_ids, ...other.event_ids]);
  expect(await platform.standingOf(one)).toMatchObject({ payments: 1, mails: ["thank_you"] });
});

test(
  "a subscription that changed without an event agrees again, and one that Stripe does not know is told of",
  PATIENT,
  async () => {
    const platform = await runningPlatform();
    const { stripeApi, sql } = platform;
    const [in_portal, leaving, unknown] = [await platform.payer(), await platform.payer(), await platform.payer()];
    await reconcile(platform);
    await stripeApi.subscriptions.update(leaving.stripe_subscription_id, { cancel_at_period_end: true });
    const { items } = await stripeApi.subscriptions.retrieve(in_portal.stripe_subscription_id);
    await stripeApi.subscriptions.update(in_portal.stripe_subscription_id, {
      cancel_at: items.data[0]?.current_period_end ?? "",
    });
    await sql("update subscriptions set stripe_subscription_id = 'sub_gone' where stripe_subscription_id = $1", [
      unknown.stripe_subscription_id,
    ]);
    await passOver(platform);

    const report = await reconcile(platform);
    const cents = { base_subscription_cents: 6000, donation_cents: 500 };
    const row = { status: "active", current_term_end: expect.any(String), ...cents };
    expect(report.repairs).toEqual(
      [leaving, in_portal].map(({ stripe_subscription_id }) => ({
        kind: "subscription",
        object_id: stripe_subscription_id,
        before: { ...row, cancel_at_period_end: false },
        after: { ...row, cancel_at_period_end: true },
      })),
    );
    expect(report.concerns).toEqual([
      {
        kind: "subscription",
        object_id: unknown.stripe_subscription_id,
        reason: "the row belongs to another Stripe subscription",
      },
      { kind: "subscription", object_id: "sub_gone", reason: "Stripe does not know it" },
    ]);
    expect(await platform.standingOf(leaving)).toMatchObject({ cancel_at_period_end: true, status: "active" });
  },
);

test("an outage of Stripe or the database undoes nothing, and the next run goes on where it was", PATIENT, async () => {
  const platform = await runningPlatform();
  const member = await platform.payer();
  await platform.stripe.fault({ mode: "status", status: 500, count: 100, match: "/v1/balance_transactions" });

  const broken = await reconcile(platform);
  expect(broken).toMatchObject({
    outcome: "failed",
    failure: "StripeAPIError",
    next: { stage: "money" },
    incomplete: true,
  });
  expect(broken.repaired).toBeGreaterThan(0);
  expect(await platform.standingOf(member)).toMatchObject({ status: "active", payments: 1 });

  await platform.stripe.clearFaults();
  expect(await reconcile(platform)).toMatchObject({
    outcome: "succeeded",
    repairs: [],
    next: null,
    since: broken.since,
    until: broken.until,
  });
  // Something could not be asked: the next round looks at the same time once more, and the one after that does not.
  const again = await reconcile(platform);
  expect(again).toMatchObject({ outcome: "succeeded", ...ALL_WELL });
  const MINUTE = 60_000;
  expect(Date.parse(String(again.since))).toBeLessThan(Date.parse(String(broken.since)) + MINUTE);
  const later = await reconcile(platform);
  expect(Date.parse(String(later.since))).toBeGreaterThan(Date.parse(String(again.since)) + MINUTE);

  // Those before the database's are done, and those after it next time.
  const [before, after] = [await platform.payer(), await platform.payer()];
  const { customer } = await platform.stripeApi.subscriptions.retrieve(after.stripe_subscription_id);
  // The third event in a row is about the customer alone.
  await failDatabase({ mode: "before", match: after.stripe_subscription_id, count: 2 });
  await failDatabase({ mode: "before", match: String(customer) });
  expect(await reconcile(platform)).toMatchObject({
    outcome: "failed",
    error_code: null,
    next: { stage: "events" },
    incomplete: true,
  });
  expect(await platform.standingOf(before)).toMatchObject({ status: "active", payments: 1 });
  expect(await platform.standingOf(after)).toMatchObject({ status: "payment_pending", payments: 0 });

  expect(await reconcile(platform)).toMatchObject({ outcome: "succeeded", next: null, unexplained: 0 });
  for (const member of [before, after])
    expect(await platform.standingOf(member)).toMatchObject({ status: "active", payments: 1, mails: ["thank_you"] });
});

test("a run stops before it makes more calls than a Worker may, and the next one goes on", PATIENT, async () => {
  const platform = await ownPlatform();
  const since = new Date(Date.now() - 170 * 86_400_000).toISOString();
  const until = new Date().toISOString();
  await platform.insert("job_runs", {
    job: "reconcile",
    started_at: new Date(Date.now() - 1000),
    outcome: "succeeded",
    report: { since, until, next: { stage: "balance", after: null }, incomplete: false },
  });
  const asked = async () => (await platform.stripe.requests("/v1/balance_transactions")).length;
  const first = await reconcile(platform);
  expect(first).toMatchObject({ outcome: "succeeded", since, until, next: { stage: "balance" } });
  const asked_first = await asked();
  expect(asked_first).toBeGreaterThan(100);
  expect(asked_first).toBeLessThan(170);
  expect(await reconcile(platform)).toMatchObject({ since, until, next: null });
  // Each day was asked for once.
  expect(await asked()).toBe(171);
});

test("one object that fails does not stop the others", PATIENT, async () => {
  const platform = await runningPlatform();
  const [failing, other] = [await platform.payer(), await platform.payer()];
  const match = `/v1/subscriptions/${failing.stripe_subscription_id}`;
  await platform.stripe.fault({ mode: "status", status: 404, count: 100, match });
  const report = await reconcile(platform);
  expect(report).toMatchObject({ outcome: "succeeded", next: null, incomplete: false });
  expect(await platform.standingOf(other)).toMatchObject({ status: "active" });
  expect(await platform.standingOf(failing)).toMatchObject({ status: "payment_pending" });
  // What would fail every time is parked, as it is when Stripe sends it.
  const parked = await platform.sql<{ id: string; reason: string }>(
    "select id, reason from stripe_events where status = 'parked'",
  );
  expect(failing.event_ids).toEqual(expect.arrayContaining(parked.map(({ id }) => id)));
  expect(parked.length).toBeGreaterThan(0);
  for (const { id, reason } of parked) {
    expect(reason).toMatch(/^failed: \w+/);
    expect(report.concerns).toContainEqual({ kind: "event", object_id: id, reason });
  }

  await platform.stripe.clearFaults();
  await reconcile(platform);
  expect(await platform.standingOf(failing)).toMatchObject({ status: "active", payments: 1 });
});

test(
  "a refund whose answer was lost is found at Stripe, and one that never came there is cancelled after a day",
  PATIENT,
  async () => {
    const platform = await runningPlatform();
    const { sql, insert, stripeApi } = platform;
    const member = await platform.payer();
    await reconcile(platform);
    const [payment] = await sql<{ id: string; stripe_payment_intent_id: string }>(
      "select id, stripe_payment_intent_id from payments where user_id = $1",
      [member.id],
    );
    if (!payment) throw new Error("Nothing was paid");
    const asked = (minutes: number) =>
      insert("reversals", {
        payment_id: payment.id,
        kind: "refund",
        status: "requested",
        amount_cents: 100,
        created_at: new Date(Date.now() - minutes * 60_000),
      });
    const [made, never, waiting, recent] = [await asked(20), await asked(25 * 60), await asked(20), await asked(1)];
    await stripeApi.refunds.create({
      payment_intent: payment.stripe_payment_intent_id,
      amount: 100,
      metadata: { refund_id: made },
    });
    await passOver(platform);

    const report = await reconcile(platform);
    const statuses = await sql<{ id: string; status: string }>("select id, status from reversals");
    expect(Object.fromEntries(statuses.map(({ id, status }) => [id, status]))).toEqual({
      [made]: "succeeded",
      [never]: "canceled",
      [waiting]: "requested",
      [recent]: "requested",
    });
    const requested = { status: "requested" };
    expect(report.repairs).toHaveLength(2);
    expect(report.repairs).toEqual(
      expect.arrayContaining([
        { kind: "refund", object_id: made, before: requested, after: { status: "succeeded" } },
        { kind: "refund", object_id: never, before: requested, after: { status: "canceled" } },
      ]),
    );
    expect(await platform.standingOf(member)).toMatchObject({ cents: 6400 });
  },
);

test(
  "checkouts end here that ended unheard, and donations that Stripe never heard of a day later",
  PATIENT,
  async () => {
    const platform = await runningPlatform();
    const { sql } = platform;
    await reconcile(platform);
    const answer = await platform.call("POST", "/api/donations/checkout", {
      body: { amount_cents: 2500, donor_name: "Kim", donor_email: "kim@example.org" },
    });
    expect(answer.status).toBe(200);
    const session_id = String(answer.body.session_id);
    await platform.stripe.expire(session_id);
    await passOver(platform);
    await sql("update donations set checkout_expires_at = now() - interval '1 minute'");
    const began = (hours_ago: number) =>
      platform.insert("donations", {
        donation_type: "public",
        amount_cents: 2500,
        checkout_expires_at: new Date(Date.now() - hours_ago * 3_600_000),
      });
    const [given_up, recent] = [await began(25), await began(23)];

    const ended = { kind: "checkout", before: { status: "pending" }, after: { status: "failed" } };
    expect(await reconcile(platform)).toMatchObject({
      unexplained: 0,
      repairs: [
        { ...ended, object_id: given_up },
        { ...ended, object_id: session_id },
      ],
    });
    const rows = await sql("select coalesce(stripe_checkout_session_id, id::text) as id, status from donations");
    expect(Object.fromEntries(rows.map(({ id, status }) => [id, status]))).toEqual({
      [session_id]: "failed",
      [given_up]: "failed",
      [recent]: "pending",
    });
    expect(await reconcile(platform)).toMatchObject(ALL_WELL);
  },
);

test("a checkout of somebody who was rejected while Stripe did not answer is ended", PATIENT, async () => {
  const platform = await runningPlatform();
  const { id, token } = await platform.person();
  const plan_id = await platform.plan();
  const { body } = await platform.call<{ session_id: string }>("POST", "/api/checkout/subscription", {
    token,
    body: { plan_id },
  });
  await platform.sql(
    "update users set status = 'rejected', rejection_reason = 'none given', rejected_at = now() where id = $1",
    [id],
  );
  expect(await reconcile(platform)).toMatchObject({
    unexplained: 0,
    repairs: [
      { kind: "checkout", object_id: body.session_id, before: { status: "pending" }, after: { status: "cancelled" } },
    ],
  });
  expect((await platform.stripeApi.checkout.sessions.retrieve(body.session_id)).status).toBe("expired");
  expect(await platform.sql("select status from subscriptions where user_id = $1", [id])).toEqual([
    { status: "cancelled" },
  ]);
  expect(await reconcile(platform)).toMatchObject(ALL_WELL);
});

test(
  "all checkouts of rejected people are ended in a run, also behind those that Stripe cannot end",
  PATIENT,
  async () => {
    const platform = await runningPlatform();
    const plan_id = await platform.plan();
    const failing = 100;
    await platform.sql(
      `with people as (
       insert into users (email, first_name, last_name, status, rejection_reason, rejected_at)
       select number || '@example.org', 'Robin', 'Example', 'rejected', 'none given', now() from generate_series(0, $2::int) number
       returning id, split_part(email, '@', 1)::int as number)
     insert into subscriptions (id, user_id, plan_id, billing_cycle, base_subscription_cents, stripe_checkout_session_id)
     select lpad(number::text, 32, '0')::uuid, id, $1, 'yearly', 6000,
       case when number < $2 then 'cs_test_odd' || number else 'cs_test_gone' end from people`,
      [plan_id, failing],
    );
    await platform.stripe.fault({ mode: "status", status: 402, count: 1000, match: "cs_test_odd" });
    const report = await reconcile(platform);
    expect(report).toMatchObject({
      outcome: "succeeded",
      next: null,
      repairs: [{ kind: "checkout", object_id: "cs_test_gone", after: { status: "cancelled" } }],
    });
    expect(report.concerns).toHaveLength(failing);
  },
);

test.for([
  { whose: "who was rejected while Stripe did not answer", status: "rejected", busy: false },
  { whose: "who was rejected while Stripe completed their checkout", status: "rejected", busy: true },
  { whose: "who was rejected, and reconsidered before we looked", status: "pending_validation", busy: false },
])("what somebody pays $whose begins nothing, and is not collected again", PATIENT, async ({ status, busy }) => {
  const platform = await runningPlatform();
  const { sql, stripe, stripeApi } = platform;
  const { id, token, email } = await platform.person();
  const { body } = await platform.call<{ session_id: string }>("POST", "/api/checkout/subscription", {
    token,
    body: { plan_id: await platform.plan({ billing_cycle: "monthly" }) },
  });
  await sql("update users set status = $2, rejection_reason = 'none given', rejected_at = now() where id = $1", [
    id,
    status,
  ]);
  if (busy) {
    await stripe.fault({ mode: "status", status: 400, match: `${body.session_id}/expire` });
    expect((await reconcile(platform)).concerns).toHaveLength(1);
    expect(await platform.standingOf({ id })).toMatchObject({ status, subscription: "pending" });
  }
  await stripe.pay(body.session_id, { email, later: true });
  await stripe.settle(body.session_id, true);
  const standing = { status, subscription: "cancelled", payments: 1, cents: 6000, mails: [] };

  expect(await reconcile(platform)).toMatchObject({ outcome: "succeeded" });
  expect(await platform.standingOf({ id })).toMatchObject(standing);
  const { subscription } = await stripeApi.checkout.sessions.retrieve(body.session_id);
  expect(await stripeApi.subscriptions.retrieve(String(subscription))).toMatchObject({ status: "canceled" });
  await reconcile(platform);
  expect(await platform.standingOf({ id })).toMatchObject(standing);
  expect(await sql("select distinct reason from stripe_events where status = 'parked'")).toEqual([
    { reason: "the checkout was cancelled before it was paid" },
  ]);
  await sql("update stripe_events set status = 'ignored', reason = 'dismissed: ' || reason where status = 'parked'");
  expect(await reconcile(platform)).toMatchObject(ALL_WELL);
});

test("the command shows the days and what it repaired, and fails while something is unexplained", PATIENT, async () => {
  const platform = await ownPlatform();
  const member = await platform.payer();
  const environment = {
    DATABASE_URL: platform.database_url,
    NEON_HTTP_ENDPOINT: `${neon_url}/sql`,
    STRIPE_API_BASE: platform.vars.STRIPE_API_BASE,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
  };
  const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const first = await run("reconcile.ts", environment, ["--since", since]);
  expect(first.stderr).toBe("");
  expect(first.stdout).toMatch(/\$65\.00 +\$65\.00 +\$0\.00\n/);
  expect(first.stdout).toMatch(/event evt_\w+: nothing → .*checkout\.session\.completed/);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining("The database and Stripe agree.") });
  expect(await platform.standingOf(member)).toMatchObject({ status: "active", mails: ["thank_you"] });

  // Money of somebody else's on the same account is nothing to explain; a payment that Stripe does not know is.
  const { id } = await platform.stripeApi.checkout.sessions.create({
    mode: "payment",
    success_url: "https://example.org/",
    line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 999, product_data: { name: "A mug" } } }],
    // It calls something of its own as we call ours.
    metadata: { donation_id: "mug-1" },
    payment_intent_data: { metadata: { donation_id: "mug-1" } },
  });
  await platform.stripe.pay(id, { email: "mug@example.org" });
  await platform.sql(
    `insert into payments (user_id, subscription_id, base_subscription_cents, paid_at, stripe_payment_intent_id)
     select user_id, id, 4200, now(), 'pi_nobody_knows' from subscriptions`,
  );
  const second = await run("reconcile.ts", environment, ["--since", since]);
  expect(second.stdout).toMatch(/\$107\.00 +\$65\.00 +\$9\.99\n {2}only here: pi_nobody_knows \$42\.00\n/);
  expect(second).toMatchObject({ code: 1, stdout: expect.stringContaining("Nothing to repair.") });
  expect(second.stdout).toContain("Unexplained: 1");
});

test("the command says what is wrong with what it is given", async () => {
  const remote = { DATABASE_URL: "postgres://loaf@db.example.org/loaf", STRIPE_SECRET_KEY: "" };
  const [keyless, homeless, never] = await Promise.all([
    run("reconcile.ts", remote),
    run("reconcile.ts", { ...remote, STRIPE_SECRET_KEY: "sk_test", STRIPE_API_BASE: "stripe" }),
    run("reconcile.ts", {}, ["--since", "tomorrow"]),
  ]);
  expect(keyless).toMatchObject({ code: 1, stderr: expect.stringContaining("STRIPE_SECRET_KEY is missing") });
  expect(homeless).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("STRIPE_API_BASE must be an http(s) URL"),
  });
  expect(never).toMatchObject({ code: 1, stderr: expect.stringContaining("--since must be a date in the past") });
});
