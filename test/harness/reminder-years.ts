import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { scheduler } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import type { Context } from "../../src/http/context.ts";
import { deliver } from "../../src/mail/delivery.ts";
import { remind } from "../../src/reminders/remind.ts";
import { withholdMoot } from "../../src/reminders/withhold-moot.ts";
import { followUpBilling } from "../../src/subscriptions/billing-follow-ups.ts";
import { beginningOf, dayAfter, dayIn } from "./days.ts";
import { movedClock } from "./moved-clock.ts";
import { anyEmail } from "./people.ts";

// Workers have it as a global.
Object.assign(globalThis, { scheduler });

const FIRST_DAY = "2027-01-04";
const PAYMENT_DAYS = [3, 7, 14, 30];
const RENEWAL_DAYS = [60, 30, 14, 7, 0];
const PAST_DUE_DAYS = [0, 3, 7, 13];

/** Mulberry32: the same seed gives the same years. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A mail that the model expects: once, not before `from`, and not from `to` on. */
interface Window {
  template: string;
  user_id: string;
  from: Date;
  to: Date;
}

interface Received {
  template: string;
  user_id: string;
  at: Date;
}

/** A provider that keeps idempotency keys. While it is down it fails, or takes a mail and loses the answer. */
async function provider(random: () => number, now: () => Date) {
  const taken = new Map<string, Date>();
  const state = { down: false, faults: 0 };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const fault = state.down ? random() : 1;
      const key = String(request.headers["idempotency-key"]);
      if (fault >= 0.4 && !taken.has(key)) taken.set(key, now());
      if (fault < 0.8) {
        state.faults += 1;
        response.writeHead(503).end("{}");
      } else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ id: key }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, state };
}

/** Runs `members` people through so many days, with faults of every kind. Returns what happened; throws if a mail is wrong. */
export async function liveThrough({ days, members, seed }: { days: number; members: number; seed: number }) {
  const random = chance(seed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  let today = FIRST_DAY;
  let now = new Date(`${today}T12:00:00Z`);
  const mail = await provider(random, () => now);
  const clock = await movedClock();
  const { sql, insert } = clock;
  const settings = { ...clock.settings, MAIL_API_BASE: mail.url };
  const windows: Window[] = [];
  const faults = { database: 0, killed: 0, doubled: 0, nights_without_cron: 0, rings_lost: 0 };
  await clock.moveTo(now);
  const plan_id = await clock.plan();

  /** A context whose transactions fail before or after the commit, or all of them once the run was killed. */
  function context(faulty: boolean): Context {
    let left = faulty && random() < 0.3 ? between(0, 6) : Number.POSITIVE_INFINITY;
    const base = clock.context();
    const broken = async () => {
      throw new Error("The database did not answer");
    };
    return {
      ...base,
      settings,
      ring: async () => {
        faults.rings_lost += 1;
      },
      transact: async (write) => {
        if (left <= 0) faults.killed += 1;
        if (left-- <= 0) return broken();
        const fault = faulty ? random() : 1;
        if (fault < 0.1) faults.database += 1;
        if (fault < 0.05) return broken();
        const answer = await base.transact(write);
        return fault < 0.1 ? broken() : answer;
      },
    };
  }

  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
  const at = (time: string) => new Date(`${today}T${time}Z`);
  const midnight = (day: string) => beginningOf(day);
  const expectMail = (template: string, user_id: string, from: Date, to: Date) => {
    if (from < to) windows.push({ template, user_id, from, to });
  };
  /** Each offset is true until the next one, or until something ends it. */
  const expectSeries = (template: string, user_id: string, dues: Date[], ends: Date) => {
    for (const [index, due] of dues.entries())
      expectMail(template, user_id, due, new Date(Math.min(ends.getTime(), (dues[index + 1] ?? ends).getTime())));
  };

  // People by what they do. A day's deeds happen at 12:00 UTC, before the jobs of 17:17.
  type Deed = () => Promise<unknown>;
  const diary = new Map<string, Deed[]>();
  const plan = (day: string, deed: Deed) => diary.set(day, [...(diary.get(day) ?? []), deed]);
  const finals = new Map<string, string>();

  /** Pays for a term outside Stripe, and decides what becomes of it. */
  async function beginTerm(user_id: string, subscription_id: string | null): Promise<void> {
    const yearly = random() < 0.4;
    const began = today;
    const last = dayAfter(began, yearly ? 364 : between(89, 120));
    const ends = midnight(dayAfter(last, 1));
    const id =
      subscription_id ??
      (await insert("subscriptions", {
        user_id,
        plan_id,
        status: "active",
        billing_cycle: "custom",
        base_subscription_cents: 6000,
        payment_method: "cash",
        current_term_start: midnight(began),
        current_term_end: ends,
      }));
    if (subscription_id)
      await sql(
        "update subscriptions set status = 'active', grace_ends_at = null, current_term_start = $2, current_term_end = $3 where id = $1",
        [id, midnight(began), ends],
      );
    await sql("update users set status = 'active' where id = $1 and status <> 'active'", [user_id]);
    finals.set(user_id, "active");
    const half = (ends.getTime() - midnight(began).getTime()) / 2;
    const dues = RENEWAL_DAYS.filter((offset) => offset * 86_400_000 < half).map((offset) =>
      midnight(dayAfter(last, -offset)),
    );
    const kind = random();
    // Renews some days before or after the end, or never.
    const renews = kind < 0.3 ? dayAfter(last, -between(1, 20)) : kind < 0.6 ? dayAfter(last, between(2, 13)) : null;
    const renewed_at = renews ? new Date(`${renews}T12:00:00Z`) : null;
    const grace = midnight(dayAfter(last, 15));
    expectSeries("term_ending", user_id, dues, renewed_at && renewed_at < ends ? renewed_at : ends);
    if (!renewed_at || renewed_at > ends) {
      const late = PAST_DUE_DAYS.map((offset) => midnight(dayAfter(last, 1 + offset)));
      expectSeries("past_due_reminder", user_id, late, renewed_at ?? grace);
    }
    if (renews) plan(renews, () => beginTerm(user_id, id));
    else plan(dayAfter(last, 20), async () => void finals.set(user_id, "inactive"));
  }

  async function approve(user_id: string): Promise<void> {
    await sql("update users set status = 'payment_pending' where id = $1", [user_id]);
    finals.set(user_id, "payment_pending");
    const pays = random() < 0.8 ? dayAfter(today, between(1, 40)) : null;
    const ends = pays ? new Date(`${pays}T12:00:00Z`) : midnight(dayAfter(today, 44));
    const dues = PAYMENT_DAYS.map((offset) => midnight(dayAfter(today, offset)));
    expectSeries("payment_reminder", user_id, dues, ends);
    if (pays) plan(pays, () => beginTerm(user_id, null));
  }

  async function apply(): Promise<void> {
    const user_id = await clock.person("pending_email", { email: anyEmail("applicant") });
    await insert("account_tokens", {
      user_id,
      purpose: "verify_email",
      expires_at: new Date(now.getTime() + 7 * 86_400_000),
      created_at: now,
    });
    const verifies = random() < 0.7 ? dayAfter(today, between(0, 6)) : null;
    const due = midnight(dayAfter(today, 3));
    const until = midnight(dayAfter(today, 6));
    const ends = verifies ? new Date(`${verifies}T12:00:00Z`) : until;
    expectMail("verification_reminder", user_id, due, ends < until ? ends : until);
    finals.set(user_id, "pending_email");
    if (!verifies) return;
    const confirm = async () => {
      await sql("update users set status = 'pending_validation', email_verified = true where id = $1", [user_id]);
      finals.set(user_id, "pending_validation");
      if (random() < 0.8) plan(dayAfter(today, between(1, 15)), () => approve(user_id));
    };
    if (verifies === today) await confirm();
    else plan(verifies, confirm);
  }

  /** Somebody whose dues Stripe collects each year. */
  async function subscribe(): Promise<void> {
    const user_id = await clock.person("active");
    finals.set(user_id, "active");
    const began = dayAfter(today, -between(1, 360));
    let last = dayAfter(began, 364);
    const id = await insert("subscriptions", {
      user_id,
      plan_id,
      status: "active",
      billing_cycle: "yearly",
      base_subscription_cents: 6000,
      payment_method: "stripe",
      stripe_subscription_id: `sub_${user_id}`,
      current_term_start: midnight(began),
      current_term_end: midnight(dayAfter(last, 1)),
    });
    const announce = () => {
      const due = midnight(dayAfter(last, -6));
      const leaving = random() < 0.2 ? dayAfter(last, -between(1, 12)) : null;
      const leaves = leaving && leaving > today ? leaving : null;
      const ends = leaves ? new Date(`${leaves}T12:00:00Z`) : midnight(dayAfter(last, 1));
      if (ends > now) expectMail("renewal_reminder", user_id, due > now ? due : now, ends);
      if (leaves) plan(leaves, () => sql("update subscriptions set cancel_at_period_end = true where id = $1", [id]));
      else
        plan(dayAfter(last, 1), async () => {
          last = dayAfter(last, 365);
          await sql("update subscriptions set current_term_end = $2 where id = $1", [id, midnight(dayAfter(last, 1))]);
          announce();
        });
    };
    announce();
  }

  /** An event in a week, to which some come; it may move or be called off. */
  async function invite(guests: string[]): Promise<void> {
    const day = dayAfter(today, 7);
    const starts = new Date(`${day}T20:30:00Z`);
    const event_id = await insert("events", {
      title: "Picnic",
      location: "The park",
      start_at: starts,
      end_at: new Date(starts.getTime() + 3_600_000),
      published: true,
    });
    const fate = random();
    const off = fate < 0.2 ? new Date(`${dayAfter(day, -between(0, 2))}T12:00:00Z`) : null;
    for (const user_id of guests) {
      await insert("event_rsvps", { event_id, user_id, rsvp_status: "yes", answered_at: now });
      const hours = [48, 3].map((offset) => new Date(starts.getTime() - offset * 3_600_000));
      expectSeries("event_reminder", user_id, hours, off ?? starts);
    }
    if (off)
      plan(off.toISOString().slice(0, 10), () =>
        sql("update events set cancelled_at = now() where id = $1", [event_id]),
      );
  }

  const third = Math.floor(members / 3);
  for (let index = 0; index < third; index += 1) {
    const user_id = await clock.person("active");
    plan(dayAfter(FIRST_DAY, between(0, Math.min(60, days - 1))), () => beginTerm(user_id, null));
    plan(dayAfter(FIRST_DAY, between(0, Math.min(365, days - 1))), subscribe);
  }
  for (let index = 2 * third; index < members; index += 1)
    plan(dayAfter(FIRST_DAY, between(0, Math.min(500, days - 1))), apply);

  const calm_days = new Set<string>();
  let no_cron = 0;
  for (let passed = 0; passed < days; passed += 1, today = dayAfter(FIRST_DAY, passed)) {
    const faulty = random() < 0.3;
    mail.state.down = random() < 0.12;
    if (no_cron === 0 && random() < 0.05) no_cron = between(1, 3);
    const cron = no_cron === 0;
    if (!cron) {
      no_cron -= 1;
      faults.nights_without_cron += 1;
    }
    if (cron && !faulty && !mail.state.down) calm_days.add(today);
    const move = (time: string) => {
      now = at(time);
      return clock.moveTo(now);
    };
    const work = async () => {
      if (!cron) return;
      const doubled = random() < 0.2;
      if (doubled) faults.doubled += 1;
      await Promise.all(Array.from({ length: doubled ? 2 : 1 }, () => quietly(remind(context(faulty)))));
      await Promise.all(
        Array.from({ length: doubled ? 2 : 1 }, () => quietly(deliver(context(faulty), 100, withholdMoot))),
      );
    };
    if (cron) {
      await move("03:40:00");
      await quietly(followUpBilling(context(faulty)));
    }
    if (passed % 4 === 0) {
      await move("06:17:00");
      await work();
    }
    await move("12:00:00");
    for (const deed of diary.get(today) ?? []) await deed();
    if (passed % 14 === 0) {
      const active = await sql<{ id: string }>(
        "select id from users where status = 'active' order by random() limit 25",
      );
      await invite(active.map(({ id }) => id));
    }
    await move("17:17:00");
    await work();
    await move("17:47:00");
    if (cron) await quietly(deliver(context(false), 100, withholdMoot));
  }

  const kept = await sql<{ id: string; template: string; user_id: string }>("select id, template, user_id from emails");
  const known = new Map(kept.map((row) => [row.id, row]));
  const received: Received[] = [...mail.taken].flatMap(([key, when]) => {
    const row = known.get(key);
    return row && row.template !== "membership_ended"
      ? [{ template: row.template, user_id: row.user_id, at: when }]
      : [];
  });
  check(windows, received, calm_days, now);
  await checkStatuses();
  return { days, members: finals.size, mails: received.length, faults: { ...faults, provider: mail.state.faults } };

  /** Whoever the model knows ends in the status that the rules say, once a calm night has passed. */
  async function checkStatuses(): Promise<void> {
    await quietly(followUpBilling(context(false)));
    const rows = await sql<{ id: string; status: string }>("select id, status from users");
    const wrong = rows.filter(({ id, status }) => {
      const expected = finals.get(id);
      // Between the end of the grace period and the day on which the model says so, both are right.
      return expected !== undefined && expected !== status && !(expected === "active" && status === "inactive");
    });
    expect(wrong).toEqual([]);
  }
}

/** Every mail fits a window, no window has two, and each that was open long enough on calm days has one. */
function check(windows: Window[], received: Received[], calm_days: Set<string>, end: Date): void {
  const ofWindow = new Map<Window, number>();
  const byPerson = Map.groupBy(windows, ({ template, user_id }) => `${template} ${user_id}`);
  const stray = received.filter(({ template, user_id, at }) => {
    const fitting = (byPerson.get(`${template} ${user_id}`) ?? []).filter(({ from, to }) => from <= at && at < to);
    const window = fitting.find((each) => !ofWindow.has(each)) ?? fitting[0];
    if (window) ofWindow.set(window, (ofWindow.get(window) ?? 0) + 1);
    return !window;
  });
  expect(stray).toEqual([]);
  expect([...ofWindow].filter(([, count]) => count > 1)).toEqual([]);
  const missed = windows.filter((window) => {
    if (ofWindow.has(window)) return false;
    for (let day = dayIn(window.from, "UTC"); day <= dayIn(window.to, "UTC"); day = dayAfter(day, 1)) {
      const worked = new Date(`${day}T17:17:00Z`);
      if (calm_days.has(day) && window.from <= worked && worked < window.to && worked < end) return true;
    }
    return false;
  });
  expect(missed).toEqual([]);
}
