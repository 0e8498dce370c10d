import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { contextOf } from "../../cli/job-context.ts";
import { applicationUrl } from "../../local/settings.ts";
import { followUpBilling } from "../../src/subscriptions/billing-follow-ups.ts";
import { followSubscriptions } from "../../src/subscriptions/standing.ts";
import { beginningOf, dayAfter, dayIn } from "../harness/days.ts";
import { movedClock } from "../harness/moved-clock.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { settings } from "../harness/platform.ts";

let platform: Awaited<ReturnType<typeof ownPlatform>>;
beforeEach(async () => {
  platform = await ownPlatform();
}, 60_000);

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

/** A member with a subscription; times are days from now. */
async function member({
  term_end = 100,
  status = "active",
  person = "active",
  plan_id,
  ...columns
}: {
  term_end?: number | null;
  status?: string;
  person?: string;
  plan_id?: string;
  [column: string]: unknown;
} = {}) {
  const { id, email } = await platform.person(person);
  const subscription_id = await platform.insert("subscriptions", {
    user_id: id,
    plan_id: plan_id ?? (await platform.plan()),
    status,
    billing_cycle: "custom",
    base_subscription_cents: 6000,
    payment_method: "cash",
    current_term_start: days(-300),
    current_term_end: term_end === null ? null : days(term_end),
    ...columns,
  });
  return { id, email, subscription_id };
}

/** What became of somebody: their status, their subscription's, and the mails they got, with when grace ends in days. */
async function fate({ id }: { id: string }) {
  const [row] = await platform.sql<{ person: string; subscription: string; grace: number | null; mails: string[] }>(
    `select u.status as person, s.status as subscription,
       round(extract(epoch from s.grace_ends_at - now()) / 86400)::int as grace,
       array(select template from emails e where e.user_id = u.id order by created_at, template) as mails
     from users u join subscriptions s on s.user_id = u.id where u.id = $1`,
    [id],
  );
  return row && [row.person, row.subscription, row.grace, row.mails];
}

const run = () =>
  followUpBilling(contextOf({ ...settings, DATABASE_URL: applicationUrl(platform.database_url) }, new Date()));

const ofStripe = { billing_cycle: "yearly", payment_method: "stripe", stripe_subscription_id: "sub_1" };

describe("what time brings about", { timeout: 60_000 }, () => {
  test("terms that ended are past due with grace, then expired, and doing it again changes nothing", async () => {
    const people = {
      running: await member(),
      forever: await member({ term_end: null, billing_cycle: "lifetime" }),
      late: await member({ term_end: -3 }),
      cancelled: await member({ term_end: -3, cancel_at_period_end: true }),
      // Nobody looked for a month: grace is counted from the term's end.
      missed: await member({ term_end: -30 }),
      grace_over: await member({ term_end: -15, status: "past_due", grace_ends_at: days(-1) }),
      in_grace: await member({ term_end: -13, status: "past_due", grace_ends_at: days(1) }),
      at_stripe: await member({ ...ofStripe, term_end: -3 }),
    };
    const ended = ["inactive", "expired", null, ["membership_ended"]];
    const expected = {
      running: ["active", "active", null, []],
      forever: ["active", "active", null, []],
      late: ["active", "past_due", 11, []],
      cancelled: ended,
      missed: ended,
      grace_over: ended,
      in_grace: ["active", "past_due", 1, []],
      at_stripe: ["active", "active", null, []],
    };
    const seen = async () =>
      Object.fromEntries(await Promise.all(Object.entries(people).map(async ([name, who]) => [name, await fate(who)])));
    const report = { resumed: 0, ended: 1, past_due: 2, expired: 2, lapsed: 0 };
    expect(await run()).toEqual(report);
    expect(await seen()).toEqual(expected);
    expect(await platform.sql("select distinct data -> 'overdue' as overdue from emails")).toEqual([
      { overdue: false },
    ]);
    expect(await run()).toEqual({ resumed: 0, ended: 0, past_due: 0, expired: 0, lapsed: 0 });
    expect(await seen()).toEqual(expected);
  });

  test("grace lasts whole days, also when daylight saving begins or ends in them", async () => {
    const last = dayIn(Date.now() - 2 * 86_400_000);
    const { subscription_id } = await member({ term_end: -1 });
    for (const grace_days of [100, 200, 300]) {
      await platform.sql("update organisation_settings set grace_days = $1", [grace_days]);
      await platform.sql(
        "update subscriptions set status = 'active', grace_ends_at = null, current_term_end = $2 where id = $1",
        [subscription_id, beginningOf(dayAfter(last, 1))],
      );
      await run();
      expect(await platform.sql("select grace_ends_at from subscriptions where id = $1", [subscription_id])).toEqual([
        { grace_ends_at: beginningOf(dayAfter(last, grace_days + 1)) },
      ]);
    }
  });

  test("grace is as long as the settings say", async () => {
    await platform.sql(
      "insert into organisation_settings (grace_days) values (30) on conflict (singleton) do update set grace_days = 30",
    );
    const late = await member({ term_end: -3 });
    await run();
    expect(await fate(late)).toEqual(["active", "past_due", 27, []]);
  });

  test("whom Stripe still tries to collect from lapses after grace, and stays past due; superadmins stay", async () => {
    const late = { ...ofStripe, status: "past_due", term_end: -15, grace_ends_at: days(-1) };
    const lapsing = await member(late);
    const endless = await member({ ...late, stripe_subscription_id: "sub_4", term_end: null });
    const patient = await member({ ...late, stripe_subscription_id: "sub_2", grace_ends_at: days(1) });
    const superadmin = await member({ ...late, stripe_subscription_id: "sub_3" });
    await platform.sql(
      "insert into user_role_assignments (user_id, role_id) select $1, id from roles where code = 'superadmin'",
      [superadmin.id],
    );
    await run();
    await run();
    // Somebody made them active again, and nothing was collected: they lapse once more, and were told already.
    await platform.sql("update users set status = 'active' where id = any($1)", [[lapsing.id, endless.id]]);
    await run();
    for (const someone of [lapsing, endless])
      expect(await fate(someone)).toEqual(["inactive", "past_due", -1, ["membership_ended"]]);
    expect(
      await platform.sql(
        "select distinct data -> 'overdue' as overdue from emails where template = 'membership_ended'",
      ),
    ).toEqual([{ overdue: true }]);
    expect(await fate(patient)).toEqual(["active", "past_due", 1, []]);
    expect(await fate(superadmin)).toEqual(["active", "past_due", -1, []]);
  });

  test("the hourly cron does it", async () => {
    const late = await member({ term_end: -3 });
    await platform.fire("17 * * * *");
    expect((await fate(late))?.slice(0, 3)).toEqual(["active", "past_due", 11]);
  });

  test("a pause that is over ends, and the term ends later by as long as it lasted", async () => {
    const paused = { status: "paused", paused_at: days(-20) };
    const over = await member({ ...paused, term_end: 50, resumes_at: days(-10) });
    const not_yet = await member({ ...paused, term_end: -5, resumes_at: days(10) });
    const open = await member({ ...paused, term_end: -5 });
    expect(await run()).toMatchObject({ resumed: 1, past_due: 0 });
    expect(await fate(over)).toEqual(["active", "active", null, []]);
    for (const who of [not_yet, open]) expect(await fate(who)).toEqual(["active", "paused", null, []]);
    const [term] = await platform.sql(
      "select round(extract(epoch from current_term_end - now()) / 86400)::int as days from subscriptions where id = $1",
      [over.subscription_id],
    );
    expect(term).toEqual({ days: 60 });
  });

  test("one run does more than one batch", async () => {
    const plan_id = await platform.plan();
    await platform.sql(
      `with people as (
         insert into users (email, first_name, last_name, status, email_verified)
         select 'crowd.' || n || '@example.org', 'Robin', 'Example', 'active', true from generate_series(1, 230) n returning id
       ) insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, payment_method, current_term_start, current_term_end)
       select id, $1, 'active', 'custom', 6000, 'cash', now() - interval '1 year', now() - interval '30 days' from people`,
      [plan_id],
    );
    expect(await run()).toMatchObject({ past_due: 230, expired: 230 });
    expect(await platform.sql("select status, count(*)::int from users group by status")).toEqual([
      { status: "inactive", count: 230 },
    ]);
    expect(await platform.sql("select count(*)::int from emails where template = 'membership_ended'")).toEqual([
      { count: 230 },
    ]);
  });
});

test("people who are no longer members after midnight read so in the morning, unless they paid during the night", async () => {
  const clock = await movedClock();
  await clock.moveTo("2027-03-01T12:00:00Z");
  const plan_id = await clock.plan();
  const leaving = async () => {
    const user_id = await clock.person("active");
    await clock.insert("subscriptions", {
      user_id,
      plan_id,
      status: "active",
      billing_cycle: "custom",
      base_subscription_cents: 6000,
      payment_method: "cash",
      current_term_start: "2026-09-01T04:00:00Z",
      current_term_end: beginningOf("2027-03-03"),
      cancel_at_period_end: true,
    });
    return user_id;
  };
  const gone = await leaving();
  const [back, back_later] = [await leaving(), await leaving()];
  await clock.moveTo("2027-03-03T05:17:00Z");
  await followUpBilling(clock.context());
  const people = () => clock.sql("select id, status from users where id = any($1)", [[gone, back, back_later]]);
  expect((await people()).map(({ status }) => status)).toEqual(["inactive", "inactive", "inactive"]);
  // The provider was out for a day.
  await clock.sql("update emails set status = 'failed', attempts = 12 where user_id = $1", [back_later]);
  for (const id of [back, back_later]) {
    await clock.sql("update subscriptions set status = 'active', current_term_end = $2 where user_id = $1", [
      id,
      beginningOf("2028-03-03"),
    ]);
    await clock.context().transact((t) => followSubscriptions(t, sql`${id}::uuid`));
  }
  expect(Object.fromEntries((await people()).map(({ id, status }) => [id, status]))).toEqual({
    [back]: "active",
    [back_later]: "active",
    [gone]: "inactive",
  });
  expect(await clock.sql("select user_id, template, next_attempt_at from emails")).toEqual([
    { user_id: gone, template: "membership_ended", next_attempt_at: new Date("2027-03-03T13:00:00Z") },
  ]);
}, 60_000);
