import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { MENU } from "../../src/dashboard/menu.ts";
import type { Dashboard, Navigation } from "../../src/dashboard/schemas.ts";
import { WAITING } from "../../src/dashboard/waiting.ts";
import { UserStatus } from "../../src/people/schemas.ts";
import { routes } from "../../src/routes.ts";
import type { SubscriptionStats } from "../../src/subscriptions/admin/figures-schemas.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { paid, record } from "../harness/movements.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const STATS = "/api/admin/dashboard/stats";
const DAY = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

/** Every count of an answer, with the list that it links to. */
const countsIn = (value: unknown): { count: number; url: string }[] => {
  if (typeof value !== "object" || value === null) return [];
  const found = "count" in value && "url" in value ? [value as { count: number; url: string }] : [];
  return [...found, ...Object.values(value).flatMap(countsIn)];
};

/** Every sum of an answer, with the export that it links to. */
const sumsIn = (value: unknown): { net_cents: number; export_url: string }[] => {
  if (typeof value !== "object" || value === null) return [];
  const found = "export_url" in value ? [value as { net_cents: number; export_url: string }] : [];
  return [...found, ...Object.values(value).flatMap(sumsIn)];
};

/** Puts rows of every kind that the dashboard counts into a platform: as many as these numbers say. */
async function fill({ sql, insert, person, plan }: Platform, numbers: number[], days: number) {
  const counts = numbers[Symbol.iterator]();
  const each = async (make: (index: number) => Promise<unknown>) => {
    const count = counts.next().value ?? 1;
    for (let index = 0; index < count; index += 1) await make(index);
  };
  for (const status of UserStatus.options)
    await each((index) => {
      const at = ago(index * days);
      return person(status, { joined_at: at, created_at: at, status_since: at });
    });
  await each((index) => person("active", { erase_at: ago(-index) }));
  await each((index) =>
    insert("stripe_events", {
      id: `evt_${crypto.randomUUID()}`,
      type: "invoice.paid",
      status: index % 2 ? "parked" : "applied",
      reason: index % 2 ? "unknown_plan" : null,
      stripe_created_at: ago(1),
    }),
  );
  await each((index) =>
    insert("emails", { template: "thank_you", to_email: "a@example.org", status: index % 2 ? "failed" : "pending" }),
  );
  for (const job of ["reconcile", "forget_old"])
    await each((index) =>
      insert("job_runs", {
        job,
        started_at: ago(index),
        finished_at: ago(index),
        outcome: (index + days) % 2 ? "failed" : "succeeded",
      }),
    );
  await each((index) => insert("import_jobs", { status: index % 2 ? "ready" : "completed", file_name: "people.csv" }));
  const plan_id = await plan();
  for (const status of ["active", "past_due", "expired", "cancelled"])
    await each(async (index) =>
      insert("subscriptions", {
        user_id: (await person("active", { joined_at: ago(400) })).id,
        plan_id,
        status,
        billing_cycle: "yearly",
        base_subscription_cents: 6000,
        current_term_start: ago(300),
        current_term_end: ago((["expired", "cancelled"].includes(status) ? 1 : -1) * index * days),
        ...(status === "past_due" && { grace_ends_at: ago(-30) }),
      }),
    );
  await each(async (index) => {
    const event_id = await insert("events", {
      title: "Picnic",
      location: "The park",
      start_at: ago(-index - 1),
      end_at: ago(-index - 2),
      published: index % 3 > 0,
    });
    await insert("event_galleries", {
      event_id,
      image_key: crypto.randomUUID(),
      accepted_at: index % 2 ? null : ago(1),
    });
    for (const rsvp_status of ["yes", "waitlisted"])
      await insert("event_rsvps", { event_id, user_id: (await person()).id, rsvp_status, guests: 1 });
  });
  await sql("update users set email_verified = false where status = 'pending_email' and random() < 0.5");
  await each(async (index) => {
    const user_id = (await person("active", { origin: index % 3 ? "registration" : "import" })).id;
    const subscription = { user_id, plan_id, billing_cycle: "yearly", base_subscription_cents: 6000 };
    const subscription_id = await insert("subscriptions", { ...subscription, status: "expired" });
    for (const at of [index * days, index * days - 365])
      await insert("payments", { user_id, subscription_id, paid_at: ago(at) });
  });
  await sql("update storage_usage set used_bytes = limit_bytes * $1::numeric", [[0.5, 0.8, 0.95][days % 3]]);
  return sql;
}

/** A membership: how many terms were paid for, how long each is, when the last one ended, and how it stands now. */
interface Membership {
  terms: number;
  length: number;
  ended: number;
  status: "active" | "past_due" | "paused" | "expired" | "cancelled";
  at_once: boolean;
  /** So many days after its end, the same person began another one. */
  again: number | null;
}

const membership: fc.Arbitrary<Membership> = fc.record({
  terms: fc.integer({ min: 0, max: 4 }),
  length: fc.constantFrom(20, 31, 90),
  ended: fc.integer({ min: -40, max: 330 }),
  status: fc.constantFrom("active", "past_due", "paused", "expired", "cancelled"),
  at_once: fc.boolean(),
  again: fc.option(fc.constantFrom(-5, 0, 3)),
});

/** Puts memberships with their terms into a platform. */
async function insertMemberships({ insert, person, plan }: Platform, memberships: readonly Membership[]) {
  const plan_id = await plan();
  for (const { terms, length, ended, status, at_once, again } of memberships) {
    const user_id = (await person("active", { joined_at: ago(800), status_since: ago(ended) })).id;
    const row = { user_id, plan_id, billing_cycle: "custom", base_subscription_cents: 6000 };
    const subscription_id = await insert("subscriptions", {
      ...row,
      status,
      current_term_start: ago(ended + length),
      current_term_end: ago(ended),
      ...(status === "past_due" && { grace_ends_at: ago(ended - 14) }),
      ...(status === "cancelled" && { cancelled_at: ago(ended + 7), cancel_at_period_end: !at_once }),
    });
    const pay = (subscription_id: string, start: number, end: number) =>
      insert("payments", {
        user_id,
        subscription_id,
        paid_at: ago(start),
        term_start: ago(start),
        term_end: ago(end),
      });
    for (let term = 0; term < terms; term += 1)
      await pay(subscription_id, ended + length * (term + 1), ended + length * term);
    if (again === null) continue;
    const start = ended - again;
    const term = { current_term_start: ago(start), current_term_end: ago(start - 50) };
    await pay(await insert("subscriptions", { ...row, ...term, status: "expired" }), start, start - 50);
  }
}

test("every count is the total of the list it links to, and every sum that of the export, in every time zone", {
  timeout: 60_000,
}, async () => {
  const platform = await ownPlatform();
  const { call, sql, insert, person, plan, volunteer } = platform;
  const someone = await volunteer(...ALL_PERMISSIONS);
  await sql("update users set joined_at = '2020-01-01' where id = $1", [someone.id]);
  const payer = await person("active", { joined_at: ago(500) });
  const subscription_id = await insert("subscriptions", {
    user_id: payer.id,
    plan_id: await plan(),
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { minLength: 22, maxLength: 22 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(paid("dues", 300), { maxLength: 8 }),
      fc.array(membership, { minLength: 4, maxLength: 10 }),
      fc.constantFrom("America/New_York", "Pacific/Auckland", "UTC"),
      async (numbers, days, dues, memberships, time_zone) => {
        await sql("update organisation_settings set time_zone = $1", [time_zone]);
        await fill(platform, numbers, days);
        await insertMemberships(platform, memberships);
        await record(dues, ago(330), subscription_id, sql);
        const { body } = await call<Dashboard>("GET", STATS, { token: someone.token });

        const counts = countsIn(body);
        expect(counts.length).toBeGreaterThan(Object.keys(WAITING).length + 2 * UserStatus.options.length + 12 * 8);
        const listed = counts.map(async ({ url }) => {
          const list = (await call<{ total?: number; level?: string }>("GET", url, { token: someone.token })).body;
          // The storage is one thing, which waits once it has reached a threshold.
          return { url, count: list.total ?? Number(list.level !== "ok") };
        });
        expect(await Promise.all(listed)).toEqual(counts.map(({ url, count }) => ({ url, count })));
        const figures = (
          await call<SubscriptionStats>("GET", "/api/admin/subscriptions/stats", { token: someone.token })
        ).body;
        for (const { month, renewals } of body.months) {
          const { due, renewed, lost, open } = renewals ?? {};
          const parts = [renewed, lost, open].reduce((sum, part) => sum + (part?.count ?? 0), 0);
          expect([month, due?.count]).toEqual([month, parts]);
          const ended = figures.by_month.find((each) => each.month === month);
          expect([month, lost?.count]).toEqual([month, ended?.lost]);
        }
        for (const { code, count, oldest_at } of body.waiting)
          expect([code, oldest_at !== null && oldest_at <= body.as_of]).toEqual([code, count > 0]);
        const sums = sumsIn(body);
        expect(sums).toHaveLength(2 * 2 + 2 * 12);
        for (const { net_cents, export_url } of sums) {
          const { text } = await call("GET", `${export_url}&amounts=cents`, { token: someone.token });
          const lines = rowsOfCsv(text).filter(({ movement }) => movement !== "fee");
          const cents = lines.reduce((sum, { amount_cents }) => sum + Number(amount_cents), 0);
          expect([export_url, cents]).toEqual([export_url, net_cents]);
        }
      },
    ),
    { numRuns: 4 },
  );
});

test("an application waits since its status, not since the registration", async () => {
  const { call, person, volunteer } = await ownPlatform();
  const { token } = await volunteer("users.view");
  const [verified, vouched] = [ago(1), ago(2)];
  await person("pending_validation", { created_at: ago(20), status_since: verified });
  await person("pre_validated", { created_at: ago(800), status_since: vouched });
  const { waiting } = (await call<Dashboard>("GET", STATS, { token })).body;
  expect(waiting.filter(({ count }) => count > 0)).toMatchObject([
    { code: "applications", oldest_at: verified },
    { code: "approvals", oldest_at: vouched },
  ]);
});

test("who lacks the permission for a list does not learn what is in it", async () => {
  const { call, volunteer } = await ownPlatform();
  const [viewer, treasurer] = [await volunteer("users.view"), await volunteer("users.view", "donations.stats")];
  const { body } = await call<Dashboard>("GET", STATS, { token: viewer.token });
  expect(Object.keys(body).sort()).toEqual(["as_of", "currency", "members", "months", "waiting"]);
  expect(body.waiting.map(({ code }) => code)).toEqual(["applications", "approvals", "erasures"]);
  expect(Object.keys(body.months[0] ?? {})).toEqual(["month", "applied"]);
  const money = (await call<Dashboard>("GET", STATS, { token: treasurer.token })).body;
  expect(money).not.toHaveProperty("dues");
  expect(money.donations?.month).toMatchObject({ net_cents: 0, export_url: null });
});

test("a volunteer who may not see people is refused, and finds their open work in the menu", async () => {
  const { call, insert, volunteer } = await ownPlatform();
  const { token } = await volunteer("gallery.view", "donations.stats");
  const { status, body } = await call("GET", STATS, { token });
  expect([status, body.code]).toEqual([403, "permission_missing"]);
  const event_id = await insert("events", { title: "Picnic", location: "The park", start_at: ago(2), end_at: ago(1) });
  await insert("event_galleries", { event_id, image_key: crypto.randomUUID(), accepted_at: null });
  const { groups } = (await call<Navigation>("GET", "/api/navigation", { token })).body;
  expect(groups.flatMap(({ entries }) => entries.map(({ code, waiting }) => [code, waiting?.count]))).toEqual([
    ["gallery", 1],
    ["donation_stats", undefined],
  ]);
});

test("what waits says since when, not until when", async () => {
  const { call, insert, person, plan, sql, volunteer } = await ownPlatform();
  const { token } = await volunteer("users.view", "subscriptions.view", "settings.storage");
  await person("active", { erase_at: ago(-5) });
  // A bank took the dues back in the middle of their term.
  await insert("subscriptions", {
    user_id: (await person("active")).id,
    plan_id: await plan(),
    status: "past_due",
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    current_term_start: ago(100),
    current_term_end: ago(-265),
    grace_ends_at: ago(-14),
  });
  await sql("update storage_usage set used_bytes = limit_bytes * 0.81");
  const { waiting, storage } = (await call<Dashboard>("GET", STATS, { token })).body;
  const daysSince = waiting.flatMap(({ code, oldest_at }) =>
    oldest_at ? [[code, Math.round((Date.now() - Date.parse(oldest_at)) / DAY)]] : [],
  );
  expect(daysSince).toEqual([
    ["erasures", 2],
    ["past_due", 0],
    ["storage", 0],
  ]);
  expect(storage?.level).toBe("warning");
});

test("a month says how many applied, and how many became members: by their first term, once, and never by an import", async () => {
  const { call, insert, person, plan, sql, volunteer } = await ownPlatform();
  const { id, token } = await volunteer("users.view", "subscriptions.view");
  await sql("update users set joined_at = '2020-01-01' where id = $1", [id]);
  await person("pending_email", { email_verified: false });
  await person("pending_validation");
  const plan_id = await plan();
  const member = async (origin: string, ...paid_at: string[]) => {
    const user_id = (await person("active", { origin })).id;
    for (const at of paid_at) {
      const details = { user_id, plan_id, billing_cycle: "yearly", base_subscription_cents: 6000 };
      const subscription_id = await insert("subscriptions", { ...details, status: "expired" });
      await insert("payments", { user_id, subscription_id, paid_at: at });
    }
  };
  await member("registration", ago(0));
  await member("paper", ago(400), ago(0));
  await member("import", ago(0));
  const { months } = (await call<Dashboard>("GET", STATS, { token })).body;
  expect(months.map(({ joined }) => joined?.count)).toEqual([...Array(11).fill(0), 1]);
  expect(months.at(-1)?.applied.count).toBe(4);
});

test("a month says which of the terms that ended in it were renewed, lost, or are open still", async () => {
  const { call, insert, person, plan, sql, volunteer } = await ownPlatform();
  const { token } = await volunteer("users.view", "subscriptions.view");
  const plan_id = await plan();
  await sql("update organisation_settings set time_zone = 'America/New_York'");
  // The month before this one, and the one before that, in New York.
  const [{ first, second } = { first: "", second: "" }] = await sql<Record<"first" | "second", string>>(
    `select to_char(month - interval '1 month', 'YYYY-MM') as first, to_char(month - interval '2 months', 'YYYY-MM') as second
     from (select date_trunc('month', now() at time zone 'America/New_York') as month) m`,
  );
  const day = (month: string, number: string) => `${month}-${number}T12:00:00.000Z`;
  /** A subscription of somebody, with the terms that were paid for. Returns its id. */
  const member = async (status: string, terms: [start: string, end: string][], of: Record<string, unknown> = {}) => {
    const user_id = of.user_id ?? (await person("active")).id;
    const [current_term_start, current_term_end] = terms.at(-1) ?? [];
    const id = await insert("subscriptions", {
      user_id,
      plan_id,
      status,
      billing_cycle: "custom",
      base_subscription_cents: 6000,
      current_term_start,
      current_term_end,
      ...of,
    });
    for (const [term_start, term_end] of terms)
      await insert("payments", { user_id, subscription_id: id, paid_at: term_start, term_start, term_end });
    return id;
  };
  const [long_ago, due, next] = ["2020-01-01T12:00:00.000Z", day(second, "15"), ago(-300)];
  const renewed = await member("active", [
    [long_ago, due],
    [due, next],
  ]);
  // A charge in the middle of a term ends with the term, and is no renewal.
  const charged = await member("expired", [
    [long_ago, due],
    [day(second, "03"), due],
  ]);
  const extended = { user_id: (await person("active")).id };
  const in_cash = await member("expired", [[long_ago, due]], extended);
  await member("active", [[due, next]], extended);
  const late = { grace_ends_at: ago(-3) };
  const open = await member("past_due", [[long_ago, due]], late);
  const came_back = { user_id: (await person("active")).id };
  const lapsed = await member("expired", [[long_ago, due]], came_back);
  await member("active", [[day(first, "20"), next]], came_back);
  const canceled = { cancelled_at: due, cancel_at_period_end: false };
  const at_once = await member("cancelled", [[long_ago, next]], canceled);
  // On the last evening of a month in New York, it is the next month in UTC.
  const at_midnight = await member("expired", [[long_ago, day(first, "01").replace("T12:", "T03:")]]);
  await member("active", [], { current_term_start: long_ago, current_term_end: due });

  const { months } = (await call<Dashboard>("GET", STATS, { token })).body;
  const listed = async (url = "") => {
    const { body } = await call<{ items: { id: string }[] }>("GET", url, { token });
    return body.items.map(({ id }) => id).sort();
  };
  const found = months.find(({ month }) => month === second)?.renewals;
  expect(await listed(found?.renewed.url)).toEqual([renewed, in_cash].sort());
  expect(await listed(found?.open.url)).toEqual([open]);
  expect(await listed(found?.lost.url)).toEqual([charged, lapsed, at_once, at_midnight].sort());
  expect(found).toMatchObject({
    due: { count: 7 },
    renewed: { count: 2 },
    open: { count: 1 },
    lost: { count: 4 },
  });
  expect(months.find(({ month }) => month === first)?.renewals?.due.count).toBe(0);
});

test("each status says how many came to it since the first of the month, in the organization's time zone", async () => {
  const { call, person, sql, volunteer } = await ownPlatform();
  const { id, token } = await volunteer("users.view");
  await sql("update organisation_settings set time_zone = 'Pacific/Auckland'");
  const [{ begins } = { begins: new Date() }] = await sql<{ begins: Date }>(
    "select date_trunc('month', now() at time zone 'Pacific/Auckland') at time zone 'Pacific/Auckland' as begins",
  );
  await sql("update users set status_since = '2020-01-01' where id = $1", [id]);
  const first = await person("inactive", { status_since: begins });
  await person("inactive", { status_since: new Date(begins.getTime() - 1) });
  const { by_status } = (await call<Dashboard>("GET", STATS, { token })).body.members;
  const entered = by_status.find(({ status }) => status === "inactive");
  expect(entered).toMatchObject({ count: 2, entered: { count: 1 } });
  expect(by_status.find(({ status }) => status === "active")).toMatchObject({ count: 1, entered: { count: 0 } });
  const { body } = await call<{ items: { id: string }[] }>("GET", entered?.entered.url ?? "", { token });
  expect(body.items.map((each) => each.id)).toEqual([first.id]);
});

test("the dashboard names the next five events with their seats", async () => {
  const { call, insert, person, volunteer } = await ownPlatform();
  const someone = await volunteer("users.view", "events.view", "events.rsvps");
  for (let index = 0; index < 7; index += 1) {
    const event_id = await insert("events", {
      title: `Event ${index}`,
      location: "The park",
      capacity: 10,
      start_at: ago(-7 + index),
      end_at: ago(-8 + index),
      published: index !== 6,
    });
    const guests = [await person("active"), await person("active")];
    await insert("event_rsvps", { event_id, user_id: guests[0]?.id, rsvp_status: "yes", guests: 1 });
    await insert("event_rsvps", { event_id, user_id: guests[1]?.id, rsvp_status: "waitlisted" });
  }
  const { events } = (await call<Dashboard>("GET", STATS, { token: someone.token })).body;
  expect(events?.upcoming.count).toBe(6);
  expect(events?.next.map(({ title }) => title)).toEqual([5, 4, 3, 2, 1].map((index) => `Event ${index}`));
  const url = `/api/admin/events/${events?.next[0]?.id}`;
  expect(events?.next[0]).toMatchObject({
    capacity: 10,
    coming: 2,
    waiting: 1,
    url,
    answers: {
      yes: { count: 1, url: `${url}/rsvps?rsvp_status=yes` },
      waitlisted: { count: 1, url: `${url}/rsvps?rsvp_status=waitlisted` },
    },
  });
});

test("every entry of the menu opens a list that needs exactly its permission", () => {
  const entries = MENU.flatMap(({ entries }) => entries);
  for (const { url, permission } of entries) {
    const opened = routes.find(({ method, path }) => method === "get" && path === url.split("?")[0]);
    expect([url, opened?.access]).toMatchObject([url, { kind: "permitted", any_of: [permission].flat() }]);
  }
  expect(new Set(entries.map(({ code }) => code)).size).toBe(entries.length);
});

test("docs/volunteers.md has every entry of the menu, with what opens it, and everything that waits", async () => {
  const page = await readFile("docs/volunteers.md", "utf8");
  const rows = [...page.matchAll(/^\| \w+ \| `(\w+)` \| (.+) \| (.+) \| (?:`(\w+)` )?\|$/gm)];
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    MENU.flatMap(({ entries }) =>
      entries.map(({ code, label, permission, waits }) => [
        code,
        label,
        [permission]
          .flat()
          .map((one) => `\`${one}\``)
          .join(" or "),
        waits,
      ]),
    ),
  );
  const waiting = page.slice(page.indexOf("## The dashboard")).matchAll(/^\| `(\w+)` \|/gm);
  expect([...waiting].map(([, code]) => code)).toEqual(["code", ...Object.keys(WAITING)]);
});

test("everything that waits is counted at an entry of the menu, which needs its permission", () => {
  const shown = MENU.flatMap(({ entries }) =>
    entries.flatMap(({ permission, waits }) => (waits ? [[waits, permission] as const] : [])),
  );
  expect(Object.fromEntries(shown)).toEqual(
    Object.fromEntries(Object.entries(WAITING).map(([code, { permission }]) => [code, permission])),
  );
});

test("the menu shows what somebody may open and what waits there, and nothing to people without a role", async () => {
  const { call, sql, person, volunteer } = await ownPlatform();
  const menuOf = async ({ token }: { token: string }) =>
    (await call<Navigation>("GET", "/api/navigation", { token })).body.groups;
  const [nobody, helper, former] = [
    await person("active"),
    await volunteer("users.view", "gallery.view"),
    await volunteer("users.view"),
  ];
  await person("pending_validation");
  await person("pre_validated");
  expect(await menuOf(nobody)).toEqual([]);
  expect(
    (await menuOf(helper)).map(({ code, entries }) => [
      code,
      entries.map((entry) => [entry.code, entry.waiting?.count ?? null]),
    ]),
  ).toEqual([
    [
      "people",
      [
        ["dashboard", null],
        ["members", 0],
        ["applications", 1],
        ["approvals", 1],
      ],
    ],
    ["events", [["gallery", 0]]],
  ]);
  expect(await menuOf(former)).not.toEqual([]);
  await sql("update users set status = 'inactive' where id = $1", [former.id]);
  expect(await menuOf(former)).toEqual([]);
});
