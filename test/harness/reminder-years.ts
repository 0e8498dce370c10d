import { scheduler } from "node:timers/promises";
import { expect } from "vitest";
import type { Context } from "../../src/http/context.ts";
import type { Look } from "../../src/http/doorbell.ts";
import { forgetOld } from "../../src/jobs/retention.ts";
import { deliver } from "../../src/mail/delivery.ts";
import { kindOf } from "../../src/mail/lanes.ts";
import type { TemplateKey } from "../../src/mail/templates.ts";
import { remind } from "../../src/reminders/remind.ts";
import { withholdMoot } from "../../src/reminders/withhold-moot.ts";
import { followUpBilling } from "../../src/subscriptions/billing-follow-ups.ts";
import { beginningOf, dayAfter, dayIn } from "./days.ts";
import { suppress } from "./mail-feedback.ts";
import { movedClock } from "./moved-clock.ts";
import { anyEmail } from "./people.ts";
import { chance, check, Expectations, faultyProvider } from "./reminder-windows.ts";

// Workers have it as a global.
Object.assign(globalThis, { scheduler });

const FIRST_DAY = "2027-01-04";
const PAYMENT_DAYS = [3, 7, 14, 30];
const RENEWAL_DAYS = [60, 30, 14, 7, 0];
const PAST_DUE_DAYS = [0, 3, 7, 13];

/** When all are reminded whose dues Stripe collects: that it could not, it said at once. */
const PAST_DUE_DAYS_AT_STRIPE = PAST_DUE_DAYS.filter((days) => days > 0);
/** Where it is neither evening nor night when the jobs run. */
const OWN_ZONES = ["America/Los_Angeles", "Europe/London", "Europe/Athens"];
/** How long the terms are that Stripe renews. Of the shortest, nobody is told. */
const TERM_DAYS = { monthly: 30, quarterly: 91, yearly: 365 };

/** What somebody may opt out of. */
const isOptional = (template: string) => kindOf(template as TemplateKey) !== null;

/** A message in the queue, and how often its look has failed. */
interface Message {
  look: Look;
  at: Date;
  tries: number;
}

/** An applicant in the queue: since when, until when, and in which times they had said yes to an event. */
interface Waiting {
  user_id: string;
  from: Date;
  to: Date | null;
  coming: { from: Date; to: Date }[];
}

/** An event that newcomers are invited to until two days before it. */
interface ForNewcomers {
  id: string;
  announced: Date;
  closes: Date;
  starts: Date;
  off: Date | null;
}

/** When those who said yes to an event are reminded of it. */
const reminded = (starts: Date) => [48, 3].map((hours) => new Date(starts.getTime() - hours * 3_600_000));

/** The first day of a month, so many months after that of a day. */
function monthAfter(day: string, months: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** A card that works until the end of a month. */
function cardUntil(day: string) {
  const [card_exp_year, card_exp_month] = day.split("-").map(Number);
  return { card_brand: "visa", card_last4: "4242", card_exp_month, card_exp_year };
}

/** Runs `members` people through so many days, with faults of every kind. Returns what happened; throws if a mail is wrong. */
export async function liveThrough({ days, members, seed }: { days: number; members: number; seed: number }) {
  const random = chance(seed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  let today = FIRST_DAY;
  let now = new Date(`${today}T12:00:00Z`);
  const mail = await faultyProvider(random, () => now);
  const clock = await movedClock();
  const { sql, insert } = clock;
  const settings = { ...clock.settings, MAIL_API_BASE: mail.url };
  const expected = new Expectations();
  const faults = { database: 0, killed: 0, doubled: 0, nights_without_cron: 0, rings_lost: 0, looks: 0 };
  const messages: Message[] = [];
  const zones = new Map<string, string>();
  let faulty = false;
  await clock.moveTo(now);
  // Its default has the real time otherwise, and all mails would be old.
  await sql("alter table emails alter column created_at set default clock.now()");
  const plan_id = await clock.plan();

  /** A context whose transactions fail before or after the commit, or all of them once the run was killed. */
  function context(calm = !faulty): Context {
    const faulty = !calm;
    let left = faulty && random() < 0.3 ? between(0, 6) : Number.POSITIVE_INFINITY;
    const base = clock.context();
    const broken = async () => {
      throw new Error("The database did not answer");
    };
    return {
      ...base,
      settings,
      ring: async (look, after_seconds = 0) => {
        if (random() < (faulty ? 0.4 : 0.05)) faults.rings_lost += 1;
        else messages.push({ look, at: new Date(now.getTime() + after_seconds * 1000), tries: 0 });
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

  /** Does what the queue does until a moment, at which something else happens first. */
  async function answerQueue(until: Date): Promise<void> {
    for (let looks = 0; looks < 60; looks += 1) {
      const [next] = messages.sort((one, other) => one.at.getTime() - other.at.getTime());
      if (!next || next.at >= until) return;
      messages.shift();
      if (next.at > now) {
        now = next.at;
        await clock.moveTo(now);
      }
      faults.looks += 1;
      const ctx = context();
      const work = next.look === "mail" ? deliver(ctx, 20, withholdMoot) : remind(ctx);
      await work.catch(() => {
        if (next.tries < 3) messages.push({ ...next, at: new Date(now.getTime() + 20_000), tries: next.tries + 1 });
      });
    }
    messages.length = 0;
  }

  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
  const at = (time: string) => new Date(`${today}T${time}Z`);
  const midnight = (day: string) => beginningOf(day);
  const noon = (day: string) => new Date(`${day}T12:00:00Z`);
  // People by what they do. A day's deeds happen at 12:00 UTC, before the jobs of 17:17.
  type Deed = () => Promise<unknown>;
  const diary = new Map<string, Deed[]>();
  const plan = (day: string, deed: Deed) => diary.set(day, [...(diary.get(day) ?? []), deed]);
  const finals = new Map<string, string>();
  const queue: Waiting[] = [];
  const for_newcomers: ForNewcomers[] = [];
  const volunteers: string[] = [];
  const known = new Map<string, { template: string; user_id: string }>();
  let newest = "0";

  /** Somebody who may live elsewhere, want no reminders from some day on, or lose their address. */
  async function someone(status: string, columns: Record<string, unknown> = {}): Promise<string> {
    const time_zone = random() < 0.25 ? (OWN_ZONES[between(0, OWN_ZONES.length - 1)] ?? null) : null;
    const id = await clock.person(status, { time_zone, ...columns });
    if (time_zone) zones.set(id, time_zone);
    const optOut = async () => {
      await sql("update users set wants_reminders = false, wants_event_news = false where id = $1", [id]);
      expected.silence(id, now, isOptional);
    };
    const bounce = async () => {
      const [row] = await sql<{ email: string }>("select email from users where id = $1", [id]);
      if (row) await suppress(row.email, sql);
      expected.silence(id, now);
    };
    const fate = random();
    if (fate < 0.08) await optOut();
    else if (fate < 0.16) plan(dayAfter(today, between(1, 200)), optOut);
    else if (fate < 0.24) plan(dayAfter(today, between(1, 200)), bounce);
    return id;
  }

  /** Somebody who decides about applications. */
  async function volunteer(): Promise<string> {
    const id = await clock.person("active");
    await sql(
      `with desk as (insert into roles (code, name) values ('desk-' || $1::text, 'Desk') returning id),
         may as (insert into role_permissions (role_id, permission_id)
           select desk.id, permissions.id from desk cross join permissions where permissions.code = 'users.approve')
       insert into user_role_assignments (user_id, role_id) select $1::uuid, id from desk`,
      [id],
    );
    return id;
  }

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
    const renewed_at = renews ? noon(renews) : null;
    const grace = midnight(dayAfter(last, 15));
    expected.series("term_ending", user_id, dues, renewed_at && renewed_at < ends ? renewed_at : ends);
    if (!renewed_at || renewed_at > ends) {
      const late = PAST_DUE_DAYS.map((offset) => midnight(dayAfter(last, 1 + offset)));
      expected.series("past_due_reminder", user_id, late, renewed_at ?? grace);
    }
    if (renews) plan(renews, () => beginTerm(user_id, id));
    else {
      expected.mail("membership_ended", user_id, grace, midnight(dayAfter(last, 25)));
      plan(dayAfter(last, 20), async () => void finals.set(user_id, "inactive"));
      if (random() < 0.4) plan(dayAfter(last, between(30, 90)), () => beginTerm(user_id, null));
    }
  }

  async function approve(user_id: string): Promise<void> {
    await sql("update users set status = 'payment_pending' where id = $1", [user_id]);
    finals.set(user_id, "payment_pending");
    const pays = random() < 0.8 ? dayAfter(today, between(1, 40)) : null;
    const ends = pays ? noon(pays) : midnight(dayAfter(today, 44));
    const dues = PAYMENT_DAYS.map((offset) => midnight(dayAfter(today, offset)));
    expected.series("payment_reminder", user_id, dues, ends);
    if (pays) plan(pays, () => beginTerm(user_id, null));
  }

  async function apply(): Promise<void> {
    const user_id = await someone("pending_email", { email: anyEmail("applicant") });
    await insert("account_tokens", {
      user_id,
      purpose: "verify_email",
      expires_at: new Date(now.getTime() + 7 * 86_400_000),
      created_at: now,
    });
    const verifies = random() < 0.7 ? dayAfter(today, between(0, 6)) : null;
    const due = midnight(dayAfter(today, 3));
    const until = midnight(dayAfter(today, 6));
    const ends = verifies ? noon(verifies) : until;
    expected.mail("verification_reminder", user_id, due, ends < until ? ends : until);
    finals.set(user_id, "pending_email");
    if (!verifies) {
      // Without a word, on the 30th day.
      plan(dayAfter(today, 30), async () => void finals.set(user_id, "removed"));
      return;
    }
    const confirm = async () => {
      await sql("update users set status = 'pending_validation', email_verified = true where id = $1", [user_id]);
      finals.set(user_id, "pending_validation");
      const waiting: Waiting = { user_id, from: now, to: null, coming: [] };
      queue.push(waiting);
      if (random() < 0.2) plan(dayAfter(today, between(1, 5)), () => answerAsNewcomer(waiting));
      if (random() < 0.8)
        plan(dayAfter(today, between(1, 25)), () => {
          waiting.to = now;
          return approve(user_id);
        });
    };
    if (verifies === today) await confirm();
    else plan(verifies, confirm);
  }

  /** An applicant who says yes to the next event for newcomers, if there is one. */
  async function answerAsNewcomer({ user_id, coming }: Waiting): Promise<void> {
    const event = for_newcomers.find(({ closes, off }) => now < closes && !(off && off <= now));
    if (!event) return;
    await insert("event_rsvps", { event_id: event.id, user_id, rsvp_status: "yes", answered_at: now });
    coming.push({ from: now, to: event.starts });
    const dues = reminded(event.starts).filter((due) => due >= now);
    expected.series("event_reminder", user_id, dues, event.off ?? event.starts);
  }

  /** An event in two weeks that welcomes newcomers. Some are called off. */
  async function inviteNewcomers(): Promise<void> {
    const starts = new Date(`${dayAfter(today, 14)}T20:30:00Z`);
    const id = await insert("events", {
      title: "Tea for newcomers",
      location: "The library",
      start_at: starts,
      end_at: new Date(starts.getTime() + 3_600_000),
      published: true,
      welcome_statuses: "{active,pending_validation}",
    });
    const off_on = random() < 0.2 ? dayAfter(today, between(2, 13)) : null;
    const off = off_on ? noon(off_on) : null;
    for_newcomers.push({ id, announced: now, closes: new Date(starts.getTime() - 2 * 86_400_000), starts, off });
    if (off_on) plan(off_on, () => sql("update events set cancelled_at = now() where id = $1", [id]));
  }

  /** What applicants who wait, and volunteers who let them wait, are to hear. */
  function expectOfQueue(): void {
    for (const { user_id, from, to, coming } of queue) {
      const due = midnight(dayAfter(dayIn(from), 1));
      const spans = for_newcomers.flatMap(({ announced, closes, off }) => {
        const ends = [closes, to, off].filter((each) => each !== null).map(Number);
        let open = [{ from: new Date(Math.max(+due, +announced)), to: new Date(Math.min(...ends)) }];
        for (const busy of coming)
          open = open.flatMap((span) => [
            { from: span.from, to: new Date(Math.min(+span.to, +busy.from)) },
            { from: new Date(Math.max(+span.from, +busy.to)), to: span.to },
          ]);
        return open.filter((span) => span.from < span.to);
      });
      expected.mailInOneOf("event_for_newcomers", user_id, spans);
    }
    for (let day = FIRST_DAY; day < today; day = dayAfter(day, 7)) {
      const monday = midnight(day);
      const overdue = queue.filter(({ from }) => from <= new Date(monday.getTime() - 7 * 86_400_000));
      const ends = Math.max(...overdue.map(({ to }) => (to ? +to : Number.POSITIVE_INFINITY)));
      const until = new Date(Math.min(ends, monday.getTime() + 2 * 86_400_000));
      if (until > monday) for (const id of volunteers) expected.mail("applications_overdue", id, monday, until);
    }
  }

  /** Somebody whose dues Stripe collects each month, quarter or year, if it can. */
  async function subscribe(): Promise<void> {
    const user_id = await someone("active");
    finals.set(user_id, "active");
    const billing_cycle = (["monthly", "quarterly", "yearly"] as const)[between(0, 2)] ?? "yearly";
    const days = TERM_DAYS[billing_cycle];
    let last = dayAfter(today, between(5, days - 2));
    const began = dayAfter(last, 1 - days);
    const card_ends = monthAfter(today, between(1, 26));
    const id = await insert("subscriptions", {
      ...cardUntil(card_ends),
      user_id,
      plan_id,
      status: "active",
      billing_cycle,
      base_subscription_cents: 6000,
      payment_method: "stripe",
      stripe_subscription_id: `sub_${user_id}`,
      current_term_start: midnight(began),
      current_term_end: midnight(dayAfter(last, 1)),
    });
    const announced = beginningOf(monthAfter(card_ends, -1));
    const card = expected.mail(
      "card_expiring",
      user_id,
      announced > now ? announced : now,
      beginningOf(monthAfter(card_ends, 1)),
    );
    const noMore = () => {
      if (now < card.to) card.to = now;
    };
    // A new one: before anybody said so, in time, or too late.
    const replaced = dayAfter(card_ends, between(-60, 45));
    if (random() < 0.7 && replaced > today)
      plan(replaced, () => {
        noMore();
        const { card_exp_month, card_exp_year } = cardUntil(monthAfter(today, 48));
        return sql("update subscriptions set card_exp_month = $2, card_exp_year = $3 where id = $1", [
          id,
          card_exp_month,
          card_exp_year,
        ]);
      });
    const announce = () => {
      const due = midnight(dayAfter(last, -6));
      const leaving = random() < 0.2 ? dayAfter(last, -between(1, 12)) : null;
      const leaves = leaving && leaving > today ? leaving : null;
      const ends = leaves ? noon(leaves) : midnight(dayAfter(last, 1));
      if (ends > now && billing_cycle !== "monthly")
        expected.mail("renewal_reminder", user_id, due > now ? due : now, ends);
      if (leaves)
        plan(leaves, () => {
          noMore();
          return sql("update subscriptions set cancel_at_period_end = true where id = $1", [id]);
        });
      else plan(dayAfter(last, 1), () => (random() < 0.2 ? failToCollect() : renew(dayAfter(last, days))));
    };
    const renew = async (until: string) => {
      last = until;
      await sql(
        "update subscriptions set status = 'active', grace_ends_at = null, current_term_end = $2 where id = $1",
        [id, midnight(dayAfter(last, 1))],
      );
      await sql("update users set status = 'active' where id = $1 and status <> 'active'", [user_id]);
      finals.set(user_id, "active");
      announce();
    };
    const failToCollect = async () => {
      const grace = midnight(dayAfter(last, 15));
      await sql("update subscriptions set status = 'past_due', grace_ends_at = $2 where id = $1", [id, grace]);
      const kind = random();
      const pays = kind < 0.6 ? dayAfter(last, between(3, 13)) : kind < 0.85 ? dayAfter(last, between(26, 40)) : null;
      const in_time = pays && noon(pays) < grace;
      const late = PAST_DUE_DAYS_AT_STRIPE.map((offset) => midnight(dayAfter(last, 1 + offset)));
      expected.series("past_due_reminder", user_id, late, in_time ? noon(pays) : grace);
      if (!in_time) {
        expected.mail("membership_ended", user_id, grace, midnight(dayAfter(last, 25)));
        plan(dayAfter(last, 20), async () => void finals.set(user_id, "inactive"));
      }
      if (pays) plan(pays, () => renew(dayAfter(today, days - 1)));
    };
    announce();
  }

  /** An event in a week, to which some come; it may move or be called off. */
  async function invite(guests: string[]): Promise<void> {
    const day = dayAfter(today, 7);
    const starts = new Date(`${day}T19:30:00Z`);
    const event_id = await insert("events", {
      title: "Picnic",
      location: "The park",
      start_at: starts,
      end_at: new Date(starts.getTime() + 3_600_000),
      published: true,
    });
    const fate = random();
    const off = fate < 0.2 ? noon(dayAfter(day, -between(0, 2))) : null;
    // Later, perhaps after a reminder; or earlier, before any.
    const later = fate >= 0.2 && fate < 0.4 ? between(1, 4) : 0;
    const moves_by = later || (fate >= 0.4 && fate < 0.5 ? -between(1, 2) : 0);
    const nudged = fate >= 0.5 && fate < 0.65;
    const moved_on = later || nudged ? dayAfter(day, -between(0, 3)) : dayAfter(today, 1);
    const new_start = new Date(starts.getTime() + moves_by * 86_400_000 + (nudged ? 1_800_000 : 0));
    for (const user_id of guests) {
      await insert("event_rsvps", { event_id, user_id, rsvp_status: "yes", answered_at: now });
      const [first = starts] = reminded(starts);
      if (nudged && noon(moved_on) > first) {
        // Half an hour is not announced again.
        const [, second = new_start] = reminded(new_start);
        expected.series("event_reminder", user_id, [first, second], new_start);
      } else if (moves_by === 0 && !nudged) expected.series("event_reminder", user_id, reminded(starts), off ?? starts);
      else {
        expected.series("event_reminder", user_id, reminded(starts), noon(moved_on));
        const dues = reminded(new_start).map((due) => new Date(Math.max(+due, +noon(moved_on))));
        expected.series("event_reminder", user_id, dues, new_start);
      }
    }
    if (off) plan(dayIn(off, "UTC"), () => sql("update events set cancelled_at = now() where id = $1", [event_id]));
    if (moves_by !== 0 || nudged)
      plan(moved_on, () =>
        sql("update events set start_at = $2, end_at = $2::timestamptz + interval '1 hour' where id = $1", [
          event_id,
          new_start,
        ]),
      );
  }

  for (let index = 0; index < 2; index += 1) volunteers.push(await volunteer());
  const third = Math.floor(members / 3);
  for (let index = 0; index < third; index += 1) {
    const user_id = await someone("active");
    plan(dayAfter(FIRST_DAY, between(0, Math.min(60, days - 1))), () => beginTerm(user_id, null));
    plan(dayAfter(FIRST_DAY, between(0, Math.min(365, days - 1))), subscribe);
  }
  for (let index = 2 * third; index < members; index += 1)
    plan(dayAfter(FIRST_DAY, between(0, Math.min(500, days - 1))), apply);

  const calm_days = new Set<string>();
  let no_cron = 0;
  for (let passed = 0; passed < days; passed += 1, today = dayAfter(FIRST_DAY, passed)) {
    faulty = random() < 0.3;
    mail.state.down = random() < 0.12;
    if (no_cron === 0 && random() < 0.05) no_cron = between(1, 3);
    const cron = no_cron === 0;
    if (!cron) {
      no_cron -= 1;
      faults.nights_without_cron += 1;
    }
    if (cron && !faulty && !mail.state.down) calm_days.add(today);
    const move = async (time: string) => {
      await answerQueue(at(time));
      now = at(time);
      await clock.moveTo(now);
    };
    const work = async () => {
      if (!cron) return;
      const doubled = random() < 0.2;
      if (doubled) faults.doubled += 1;
      await quietly(followUpBilling(context()));
      await Promise.all(Array.from({ length: doubled ? 2 : 1 }, () => quietly(remind(context()))));
      await Promise.all(Array.from({ length: doubled ? 2 : 1 }, () => quietly(deliver(context(), 100, withholdMoot))));
    };
    if (cron) {
      await move("03:17:00");
      await remember();
      await quietly(forgetOld(context()));
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
    if (passed % 21 === 0) await inviteNewcomers();
    await move("17:17:00");
    await work();
    await move("17:47:00");
    if (cron) await quietly(deliver(context(true), 100, withholdMoot));
  }

  await remember();
  const received = [...mail.taken].flatMap(([key, at]) => {
    const row = known.get(key);
    return row ? [{ template: row.template, user_id: row.user_id, at, retried: mail.failed.has(key) }] : [];
  });
  expectOfQueue();
  check(expected, received, { calm_days, end: now, zones });
  await checkStatuses();
  const kinds = Object.fromEntries(
    [...Map.groupBy(received, ({ template }) => template)].map(([template, mails]) => [template, mails.length]),
  );
  const { faults: at_provider } = mail.state;
  return { days, members: finals.size, mails: received.length, kinds, faults: { ...faults, provider: at_provider } };

  /** Reads which mails there are, before old ones are deleted. */
  async function remember(): Promise<void> {
    const rows = await sql<{ id: string; template: string; user_id: string; queue_number: string }>(
      "select id, template, user_id, queue_number from emails where queue_number > $1 order by queue_number",
      [newest],
    );
    for (const row of rows) known.set(row.id, row);
    newest = rows.at(-1)?.queue_number ?? newest;
  }

  /** Whoever the model knows ends in the status that the rules say, once a calm night has passed. */
  async function checkStatuses(): Promise<void> {
    await followUpBilling(context(true));
    await forgetOld(context(true));
    const rows = await sql<{ id: string; status: string }>("select id, status from users");
    const wrong = rows.filter(({ id, status }) => {
      const expected = finals.get(id);
      // Between the end of the grace period and the day on which the model says so, both are right.
      return expected !== undefined && expected !== status && !(expected === "active" && status === "inactive");
    });
    expect(wrong).toEqual([]);
    const here = new Set(rows.map(({ id }) => id));
    expect([...finals].filter(([id, status]) => here.has(id) === (status === "removed"))).toEqual([]);
  }
}
