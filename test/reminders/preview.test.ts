import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { upcomingReminders } from "../../src/reminders/upcoming.ts";
import { beginningOf, dayAfter } from "../harness/days.ts";
import { movedClock } from "../harness/moved-clock.ts";
import { chance } from "../harness/reminder-windows.ts";

const TODAY = "2027-02-22"; // a Monday
const NOW = new Date(`${TODAY}T15:00:00Z`);
const DAYS = 9;
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);

test("what the preview promises is what the job sends, to people of every kind", { timeout: 60_000 }, async () => {
  const random = chance(11);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const clock = await movedClock();
  const { insert, person } = clock;
  await clock.moveTo(NOW);
  const plan_id = await clock.plan();
  const anybody = () => ({
    wants_reminders: random() < 0.8,
    wants_event_news: random() < 0.8,
    time_zone: random() < 0.3 ? "Asia/Tokyo" : null,
  });
  const member = async (columns: Record<string, unknown>) => {
    const user_id = await person("active", anybody());
    const ends = dayAfter(TODAY, between(-12, 70));
    const at_midnight = random() < 0.6;
    await insert("subscriptions", {
      user_id,
      plan_id,
      status: "active",
      billing_cycle: "yearly",
      base_subscription_cents: 6000,
      payment_method: "cash",
      current_term_start: beginningOf(dayAfter(ends, -365)),
      current_term_end: at_midnight ? beginningOf(ends) : new Date(`${ends}T${random() < 0.5 ? 15 : 23}:30:00Z`),
      ...columns,
    });
    return user_id;
  };
  const events: string[] = [];
  for (const [days, capacity] of [
    [1, null],
    [4, 1],
    [6, null],
    [8, null],
  ] as const) {
    const start_at = hours(days * 24 + between(0, 10));
    events.push(
      await insert("events", {
        title: "Picnic",
        location: "The park",
        start_at,
        end_at: new Date(start_at.getTime() + 3_600_000),
        capacity,
        published: true,
        welcome_statuses: "{active,pending_validation}",
      }),
    );
  }
  for (let index = 0; index < 8; index += 1) {
    const stripe = () => ({ stripe_subscription_id: `sub_${crypto.randomUUID()}`, payment_method: "stripe" });
    const card = { card_brand: "visa", card_last4: "4242", card_exp_month: between(3, 5), card_exp_year: 2027 };
    const guest = await member({});
    await member({ cancel_at_period_end: random() < 0.3 });
    await member({ status: "past_due" });
    await member({ ...stripe(), ...card });
    await member({ ...stripe(), billing_cycle: random() < 0.5 ? "quarterly" : "monthly" });
    await member({ ...stripe(), status: "past_due" });
    await person("payment_pending", { ...anybody(), status_since: hours(-between(0, 33 * 24)) });
    const since = hours(-between(0, 9 * 24));
    await person(random() < 0.7 ? "pending_validation" : "pre_validated", { ...anybody(), status_since: since });
    const created_at = hours(-between(0, 5 * 24));
    const user_id = await person("pending_email", { created_at });
    await insert("account_tokens", { user_id, purpose: "verify_email", expires_at: hours(300), created_at });
    for (const event_id of events.slice(index % 3))
      await insert("event_rsvps", { event_id, user_id: guest, rsvp_status: "yes", answered_at: hours(-24) });
  }
  await clock.sql(
    `with desk as (insert into roles (code, name) values ('desk', 'Desk') returning id),
       may as (insert into role_permissions (role_id, permission_id)
         select desk.id, permissions.id from desk cross join permissions where permissions.code = 'users.approve')
     insert into user_role_assignments (user_id, role_id) select $1, id from desk`,
    [await person("active")],
  );

  // What is due already is decided, so that only what comes is compared.
  await clock.remind();
  const [before] = await clock.sql<{ count: number }>("select count(*)::int from reminders");
  const { items: promised, total } = await clock.context().transact((t) =>
    upcomingReminders(t, {
      settings: clock.settings,
      now: sql`now()`,
      by: sql`${hours(DAYS * 24).toISOString()}::timestamptz`,
    }),
  );
  expect(total).toBe(promised.length);
  // Each kind runs when one of it is due, and all of them once a day.
  const runs = Map.groupBy(promised, ({ due_at }) => Date.parse(due_at));
  for (let day = 1; day <= DAYS; day += 1) runs.set(+hours(day * 24), []);
  for (const [moment, due] of [...runs].sort(([one], [other]) => one - other)) {
    await clock.moveTo(new Date(moment));
    if (due.length === 0) await clock.remind();
    for (const kind of new Set(due.map(({ kind }) => kind))) await clock.remind(kind);
  }
  const decided = await clock.sql<{ kind: string; subject_id: string; user_id: string; due_at: Date; outcome: string }>(
    "select kind, subject_id, user_id, due_at, outcome from reminders where decided_at > $1",
    [NOW],
  );
  const line = (kind: string, subject_id: string, user_id: string | undefined, due_at: string, outcome: string) =>
    [due_at, kind, outcome, subject_id, user_id].join(" ");
  const did = decided.map((row) => line(row.kind, row.subject_id, row.user_id, row.due_at.toISOString(), row.outcome));
  const said = promised.map((row) => line(row.kind, row.subject_id, row.person?.id, row.due_at, row.outcome));
  expect(said.filter((each) => !did.includes(each))).toEqual([]);
  expect(did.filter((each) => each.includes(" sent ") && !said.includes(each))).toEqual([]);
  expect(before?.count).toBeGreaterThan(10);
  expect(new Set(promised.map(({ kind }) => kind)).size).toBe(9);
});
