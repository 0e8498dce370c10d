import { expect, test } from "vitest";
import type { ReminderPage, ReminderPreview } from "../../src/reminders/schemas.ts";
import { run } from "../cli/run.ts";
import { suppress } from "../harness/mail-feedback.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { neon_url, settings } from "../harness/platform.ts";

const HOURLY = "17 * * * *";
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

async function platformWithReminders() {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer("settings.email");
  const plan_id = await platform.plan();
  const member = async (term_end: Date, columns: Record<string, unknown> = {}) => {
    const someone = await platform.person("active");
    await platform.insert("subscriptions", {
      user_id: someone.id,
      plan_id,
      status: "active",
      billing_cycle: "custom",
      base_subscription_cents: 6000,
      payment_method: "cash",
      current_term_start: days(-300),
      current_term_end: term_end,
      ...columns,
    });
    return someone;
  };
  const list = async (search: Record<string, string>) =>
    (await platform.call<ReminderPage>("GET", `/api/admin/reminders?${new URLSearchParams(search)}`, { token })).body;
  return { ...platform, token, member, list };
}

test("volunteers see what was sent to somebody, what comes next, and why something did not go out", async () => {
  const { member, list, fire, sql, call, token } = await platformWithReminders();
  const someone = await member(days(29));
  const unwilling = await member(days(29));
  await sql("update users set wants_reminders = false where id = $1", [unwilling.id]);
  await fire(HOURLY);
  await fire(HOURLY);
  const shown = await list({ user_id: someone.id });
  expect(shown).toMatchObject({ total: 2, next_cursor: null });
  expect(shown.items.map(({ outcome }) => outcome).sort()).toEqual(["moot", "sent"]);
  const [moot] = (await list({ user_id: someone.id, outcome: "moot" })).items;
  expect(moot).toMatchObject({ reason: "A later one took its place", email_id: null });
  const [sent] = (await list({ user_id: someone.id, outcome: "sent" })).items;
  expect(sent).toMatchObject({
    kind: "term_ending",
    person: { id: someone.id, name: "Robin Example" },
    reason: null,
    email_id: expect.any(String),
  });
  expect(shown.next.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ...Array(3).fill(["term_ending", "sent"]),
    ...Array(4).fill(["past_due", "sent"]),
  ]);
  expect((await list({ user_id: unwilling.id, outcome: "opted_out" })).items).toMatchObject([
    { reason: "The person does not want such mail", email_id: null, email_status: null },
  ]);
  expect((await list({})).next).toEqual([]);

  const preview = await call<ReminderPreview>("GET", "/api/admin/reminders/preview?days=16", { token });
  expect(preview.body).toMatchObject({ total: 2, until: expect.any(String) });
  expect(preview.body.items.map(({ outcome }) => outcome).sort()).toEqual(["opted_out", "sent"]);
  await suppress(someone.email, sql);
  expect((await list({ user_id: someone.id })).next.map(({ outcome }) => outcome)).toEqual(Array(7).fill("suppressed"));
});

test.for([
  ["suppressed", "suppressed"],
  ["unsubscribed", "opted_out"],
])("a mail that was withheld as %s after its reminder was decided is shown as %s", async ([last_error, outcome]) => {
  const { member, list, fire, sql } = await platformWithReminders();
  const someone = await member(days(29));
  await fire(HOURLY);
  await sql("update emails set status = 'withheld', sent_at = null, last_error = $2 where user_id = $1", [
    someone.id,
    last_error,
  ]);
  expect((await list({ user_id: someone.id, outcome: outcome ?? "" })).items).toHaveLength(1);
  expect((await list({ user_id: someone.id, outcome: "sent" })).total).toBe(0);
});

test.for(["by itself", "among many"])(
  "a reminder that is no longer true when a delivery claims it does not go out, and no attempt is counted; sent after all %s, it counts as sent",
  async (how) => {
    const { member, list, fire, look, sql, call, token } = await platformWithReminders();
    const end = days(29);
    const [renewing, staying] = [await member(end), await member(end)];
    await fire(HOURLY);
    await sql(
      "update emails set status = 'pending', sent_at = null, attempts = 0, provider_message_id = null, next_attempt_at = now()",
    );
    await sql("update subscriptions set current_term_end = $2 where user_id = $1", [renewing.id, days(300)]);
    const sentToday = async () =>
      (await sql<{ sent_today: number }>("select sent_today from mail_pace"))[0]?.sent_today;
    const before = Number(await sentToday());
    await look("mail");
    const mails = () => sql("select user_id, status, last_error, attempts from emails order by status");
    await expect.poll(mails).toEqual([
      { user_id: staying.id, status: "sent", last_error: null, attempts: 1 },
      { user_id: renewing.id, status: "withheld", last_error: "moot", attempts: 0 },
    ]);
    await expect.poll(sentToday).toBe(before + 1);
    expect((await list({ user_id: renewing.id, outcome: "sent" })).total).toBe(0);
    const shown = async (outcome: string) =>
      (await list({ user_id: renewing.id, outcome })).items.filter(({ email_id }) => email_id);
    const [withheld] = await shown("moot");
    expect(withheld).toMatchObject({ reason: "It was no longer true when it was to go out", email_status: "withheld" });

    // A volunteer sends it after all, once it is true again.
    const retry = () =>
      how === "by itself"
        ? call("POST", `/api/admin/outbox/${withheld?.email_id}/retry`, { token })
        : call("POST", "/api/admin/outbox/retry", {
            token,
            body: { status: "withheld", last_error: "moot", from: "2026-01-01" },
          });
    expect((await retry()).status).toBe(200);
    await expect.poll(() => shown("moot")).toMatchObject([{ email_status: "withheld" }]);
    await sql("update subscriptions set current_term_end = $2 where user_id = $1", [renewing.id, end]);
    expect((await retry()).status).toBe(200);
    await expect.poll(() => shown("sent")).toMatchObject([{ reason: null, email_status: "sent" }]);
    expect(await shown("moot")).toEqual([]);
  },
);

test("more than one chunk is decided in one run", async () => {
  const { insert, sql, fire, plan } = await platformWithReminders();
  const plan_id = await plan();
  await sql(
    `with people as (
       insert into users (email, first_name, last_name, status, email_verified)
       select 'crowd.' || n || '@example.org', 'Robin', 'Example', 'active', true from generate_series(1, 430) n returning id
     ) insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, payment_method, current_term_start, current_term_end)
     select id, $1, 'active', 'custom', 6000, 'cash', now() - interval '1 year', now() + interval '10 days' from people`,
    [plan_id],
  );
  await insert("job_runs", { job: "other", started_at: new Date() });
  await fire(HOURLY);
  const [run_of_job] = await sql<{ report: unknown }>("select report from job_runs where job = 'reminders'");
  expect(run_of_job?.report).toMatchObject({ term_ending: 430, not_sent: 860 });
  expect(await sql("select from emails where template = 'term_ending'")).toHaveLength(430);
});

test("a dry run shows what would go out at a time, and writes nothing", { timeout: 30_000 }, async () => {
  const { member, sql, database_url } = await platformWithReminders();
  const someone = await member(days(29));
  const environment = {
    DATABASE_URL: database_url,
    NEON_HTTP_ENDPOINT: `${neon_url}/sql`,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
  };
  const job = (...args: string[]) => run("job.ts", environment, args);
  const dry = await job("reminders", "--at", days(23).toISOString(), "--dry-run");
  expect(dry).toMatchObject({ code: 0, stderr: "" });
  expect(dry.stdout).toMatch(new RegExp(`sent +term_ending +${someone.id}`));
  expect(dry.stdout).toMatch(/4 due at/);
  expect(await sql("select from reminders")).toEqual([]);
  expect(await job("reminders")).toMatchObject({ code: 0 });
  expect(await sql("select from reminders where outcome = 'sent'")).toHaveLength(1);
  expect(await job("nothing")).toMatchObject({ code: 1, stderr: expect.stringContaining("npm run job") });
  expect(await job("forget_old", "--dry-run")).toMatchObject({ code: 0, stdout: expect.stringContaining("0 emails") });
  expect(await job("deliver_mail")).toMatchObject({ code: 1, stderr: expect.stringContaining("Only the Worker") });
  const remote = { ...environment, DATABASE_URL: "postgres://loaf:secret@db.invalid/loaf", SECOND_FACTOR_KEY: "" };
  expect(await run("job.ts", remote, ["reminders", "--dry-run"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("needs the Worker's SECOND_FACTOR_KEY"),
  });
  expect(await job("reminders", "--at", "tomorrow", "--dry-run")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--at must be an instant"),
  });
});
