import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { HOURLY } from "../harness/newsletter-platform.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { UNUSED_WORKER } from "../harness/own-worker.ts";
import { neon_url, settings } from "../harness/platform.ts";
import { zoneAt } from "../harness/zones.ts";
import { run } from "./run.ts";

const PATIENT = { timeout: 60_000 };
const HOUR = 3_600_000;

/** What docs/operations.md says to run for a payment whose row is lost. */
const statementsAfter = (words: string): string =>
  /```sql\n([^`]+)```/.exec(readFileSync("docs/operations.md", "utf8").split(words)[1] ?? "")?.[1] ?? "";

/** The next full second: Stripe counts in seconds, so what is paid from now on is paid after it. */
async function nextSecond(): Promise<Date> {
  await sleep(1010 - (Date.now() % 1000));
  return new Date(Math.floor(Date.now() / 1000) * 1000);
}

/** A database as it was at its backup: Stripe has told it nothing since. */
async function restoredPlatform() {
  const platform = await ownPlatform(UNUSED_WORKER);
  const environment = {
    DATABASE_URL: platform.database_url,
    NEON_HTTP_ENDPOINT: `${neon_url}/sql`,
    STRIPE_API_BASE: platform.vars.STRIPE_API_BASE,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
  };
  return {
    ...platform,
    restored: (...flags: string[]) => run("restored.ts", environment, flags),
    reconcile: (...flags: string[]) => run("reconcile.ts", environment, flags),
    mailsOf: ({ id }: { id: string }) =>
      platform.sql("select template, status from emails where user_id = $1 order by template", [id]),
  };
}

test("after a restore, nobody gets a second receipt, newsletter or reminder", PATIENT, async () => {
  const platform = await restoredPlatform();
  const { sql, insert, mailsOf } = platform;
  const now = Date.now();
  const payer = await platform.payer();
  const guest = await platform.person("active", { newsletter_consent_at: new Date() });
  const held = await insert("emails", { template: "approval", to_email: guest.email, user_id: guest.id });
  const letter = { title: "Spring", body: "Hello.", send_at: new Date(now - HOUR) };
  const scheduled = await insert("newsletter_archives", { ...letter, send_status: "scheduled" });
  const sending = await insert("newsletter_archives", { ...letter, send_status: "sending" });
  for (const newsletter_id of [scheduled, sending])
    await insert("newsletter_recipients", { newsletter_id, user_id: guest.id });
  const event = async (hours: number) => {
    const event_id = await insert("events", {
      title: "Picnic",
      location: "Lake",
      published: true,
      start_at: new Date(now + hours * HOUR),
      end_at: new Date(now + (hours + 1) * HOUR),
    });
    const answered_at = new Date(now - 99 * HOUR);
    await insert("event_rsvps", { event_id, user_id: guest.id, rsvp_status: "yes", answered_at });
    return event_id;
  };
  const soon = await event(2);
  const stopped = await nextSecond();
  // Nobody heard of it, since the Worker had stopped.
  const late_payer = await platform.payer();
  const late_due = await event(3);
  await sql("update events set start_at = start_at + $2 * interval '1 millisecond' where id = $1", [
    late_due,
    Date.now() - now,
  ]);

  const { code, stdout, stderr } = await platform.restored("--stopped", stopped.toISOString());
  expect([code, stderr]).toEqual([0, ""]);
  for (const line of [
    "Emails held back: 1",
    "Newsletters stopped: 2",
    `  ${scheduled}`,
    "The database and Stripe agree.",
  ])
    expect(stdout).toContain(line);
  expect(stdout).toMatch(/Reminders that count as sent: [1-9]/);
  expect(await sql("select count(*)::int from sessions where revoked_at is null")).toEqual([{ count: 0 }]);
  expect(await platform.standingOf(payer)).toMatchObject({ status: "active", payments: 1 });
  expect(await mailsOf(payer)).toEqual([{ template: "thank_you", status: "withheld" }]);
  expect(await mailsOf(late_payer)).toEqual([{ template: "thank_you", status: "pending" }]);
  // A second run, after the first was stopped, holds back nothing that is to go out.
  expect(await platform.restored("--stopped", stopped.toISOString())).toMatchObject({ code: 0 });

  // Now the Worker is connected.
  await platform.fire(HOURLY);
  expect(await mailsOf(payer)).toEqual([{ template: "thank_you", status: "withheld" }]);
  expect(await mailsOf(late_payer)).toEqual([{ template: "thank_you", status: "sent" }]);
  expect(await mailsOf(guest)).toEqual([
    { template: "approval", status: "withheld" },
    // It was due after the Worker had stopped, so nobody had got it.
    { template: "event_reminder", status: expect.any(String) },
  ]);
  expect(await sql("select last_error from emails where id = $1", [held])).toEqual([{ last_error: "restored" }]);
  expect(await sql("select subject_id from reminders where email_id is not null")).toEqual([{ subject_id: late_due }]);
  expect(await sql("select outcome from reminders where subject_id = $1 order by due_at desc limit 1", [soon])).toEqual(
    [{ outcome: "sent" }],
  );
  expect(await sql("select distinct send_status, send_at is null as never from newsletter_archives")).toEqual([
    { send_status: "stopped", never: false },
  ]);
});

test(
  "a reminder that still waited for the morning when the Worker stopped does not count as sent",
  PATIENT,
  async () => {
    const platform = await restoredPlatform();
    const { sql, insert } = platform;
    await sql("update organisation_settings set time_zone = $1", [zoneAt(2)]);
    const { id: user_id } = await platform.person("active");
    const [end] = await sql<{ at: Date }>(
      "select (date_trunc('day', now() at time zone time_zone) + interval '8 days') at time zone time_zone as at from organisation_settings",
    );
    await insert("subscriptions", {
      user_id,
      plan_id: await platform.plan(),
      status: "active",
      billing_cycle: "yearly",
      payment_method: "cash",
      base_subscription_cents: 6000,
      current_term_start: new Date(Date.now() - 300 * 24 * HOUR),
      current_term_end: end?.at,
    });
    const stopped = await nextSecond();
    expect(await platform.restored("--stopped", stopped.toISOString())).toMatchObject({ code: 0 });
    expect(
      await sql("select from reminders where user_id = $1 and due_at > now() - interval '1 day'", [user_id]),
    ).toEqual([]);
  },
);

test(
  "payments whose checkouts began after the backup are shown, and count once their rows are there again",
  PATIENT,
  async () => {
    const platform = await restoredPlatform();
    const { sql } = platform;
    const payer = await platform.payer();
    const given = await platform.call<{ session_id: string }>("POST", "/api/donations/checkout", {
      body: { amount_cents: 4200, donor_name: "Ada", donor_email: "ada@example.org" },
    });
    await platform.stripe.pay(given.body.session_id, { email: "ada@example.org" });
    const [lost] = await sql<{ id: string; plan_id: string }>("delete from subscriptions returning id, plan_id");
    const [gift] = await sql<{ id: string }>("delete from donations returning id");
    const stopped = (await nextSecond()).toISOString();
    const { code, stdout, stderr } = await platform.restored("--stopped", stopped);
    expect([code, stderr]).toEqual([0, ""]);
    for (const shown of ["Needs a person:", "no such subscription of ours", "no such donation of ours"])
      expect(stdout).toContain(shown);
    expect(await sql("select distinct reason from stripe_events where status = 'parked' order by 1")).toEqual([
      { reason: "no such donation of ours" },
      { reason: "no such subscription of ours" },
    ]);

    await sql(
      statementsAfter("**A payment of dues**")
        .replace("SUBSCRIPTION_ID", lost?.id ?? "")
        .replace("USER_ID", payer.id)
        .replace("PLAN_ID", lost?.plan_id ?? ""),
    );
    await sql(statementsAfter("**A donation**").replace("DONATION_ID", gift?.id ?? ""));
    expect(await platform.reconcile("--no-mails-before", stopped)).toMatchObject({ code: 0, stderr: "" });
    expect(await platform.standingOf(payer)).toMatchObject({ status: "active", payments: 1, cents: 6500 });
    expect(await sql("select status, amount_cents, donor_email from donations")).toEqual([
      { status: "completed", amount_cents: 4200, donor_email: "ada@example.org" },
    ]);
    expect(await sql("select template, status from emails order by template")).toEqual([
      { template: "donation_receipt", status: "withheld" },
      { template: "thank_you", status: "withheld" },
    ]);
  },
);

test("the command refuses a database that the Worker uses, and a time that cannot be", async () => {
  const platform = await restoredPlatform();
  const [nothing, future, unreadable] = await Promise.all([
    platform.restored(),
    platform.restored("--stopped", "2999-01-01T00:00Z"),
    platform.restored("--stopped", "yesterday"),
  ]);
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("Pass --stopped") });
  expect(future).toMatchObject({ code: 1, stderr: expect.stringContaining("--stopped is in the future") });
  expect(unreadable).toMatchObject({ code: 1, stderr: expect.stringContaining("--stopped must be an instant") });
  const stopped = new Date().toISOString();
  await platform.fire(HOURLY);
  const used = await platform.restored("--stopped", stopped);
  expect([used.code, used.stderr]).toEqual([1, expect.stringContaining("A job ran with this database at 20")]);
});
