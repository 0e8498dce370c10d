import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SubscriptionStats } from "../../../src/subscriptions/admin/figures-schemas.ts";
import { get } from "../../harness/client.ts";
import { dayAfter } from "../../harness/days.ts";
import { forget, movementsOf, type Paid, paid, record, sumsOf } from "../../harness/movements.ts";
import { person, volunteer } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { insert, sql } from "../../harness/platform.ts";
import { treasurer } from "../../harness/subscriptions.ts";

const stats = async (query = "") => {
  const { token } = await volunteer("subscriptions.stats");
  const { status, body } = await get<SubscriptionStats>(`/api/admin/subscriptions/stats${query}`, { token });
  const ofPlan = (id: string) => body.by_plan.find(({ plan_id }) => plan_id === id);
  return { status, body, ofPlan };
};

interface Columns {
  [column: string]: unknown;
}

/** A subscription of somebody's own, or of whom it is said; returns its id. */
async function subscription({ user_id, ...columns }: Columns): Promise<string> {
  const { id } = await insert("subscriptions", {
    user_id: user_id ?? (await person()).id,
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    status: "active",
    current_term_start: "2020-01-01T00:00:00Z",
    current_term_end: "2199-01-01T00:00:00Z",
    ...columns,
  });
  return id;
}

describe("how memberships stand", () => {
  test("is how many of each status a plan has, and what they bring in a month, rounded down once", async () => {
    const cycles = { monthly: 12n, quarterly: 4n, yearly: 1n, lifetime: 0n, custom: 0n };
    const kind = fc.record({
      status: fc.constantFrom("active", "active", "past_due", "paused", "pending", "cancelled", "expired"),
      billing_cycle: fc.constantFrom(...(Object.keys(cycles) as (keyof typeof cycles)[])),
      payment_method: fc.constantFrom("stripe", "stripe", "stripe", "cash", "complimentary"),
      cancel_at_period_end: fc.constantFrom(false, false, false, true),
      paid_once: fc.constantFrom(false, false, false, true),
      dues: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 99_999_999 })),
      donation: fc.integer({ min: 0, max: 5000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 25 }), async (kinds) => {
        const plan_id = await plan();
        const rows = kinds.map(({ paid_once, ...each }) => ({
          ...each,
          user_id: randomUUID(),
          stripe_subscription_id: paid_once ? null : `sub_${randomUUID()}`,
        }));
        await sql(
          `insert into users (id, email, first_name, last_name, status, email_verified)
           select id, id || '@example.org', 'Robin', 'Example', 'inactive', true from unnest($1::uuid[]) as id`,
          [rows.map(({ user_id }) => user_id)],
        );
        await sql(
          `insert into subscriptions (plan_id, user_id, status, billing_cycle, payment_method, cancel_at_period_end,
             stripe_subscription_id, base_subscription_cents, donation_cents, current_term_start, current_term_end)
           select $2, user_id, status, billing_cycle, payment_method, cancel_at_period_end, stripe_subscription_id, dues, donation,
             now(), now() + interval '1 year'
           from jsonb_to_recordset($1) as s (user_id uuid, status subscriptionstatus, billing_cycle billingcycle,
             payment_method paymentmethod, cancel_at_period_end boolean, stripe_subscription_id text, dues integer, donation integer)`,
          [JSON.stringify(rows), plan_id],
        );
        const having = (status: string) => rows.filter((row) => row.status === status).length;
        const monthly = (part: "dues" | "donation") =>
          Number(
            rows
              .filter(
                ({ status, payment_method, cancel_at_period_end, stripe_subscription_id }) =>
                  ["active", "past_due"].includes(status) &&
                  payment_method === "stripe" &&
                  stripe_subscription_id !== null &&
                  !cancel_at_period_end,
              )
              .reduce((sum, row) => sum + cycles[row.billing_cycle] * BigInt(row[part]), 0n) / 12n,
          );
        const { body, ofPlan } = await stats();
        const wanted = {
          active: having("active"),
          past_due: having("past_due"),
          paused: having("paused"),
          pending: having("pending"),
          monthly_recurring_cents: monthly("dues"),
          monthly_recurring_donation_cents: monthly("donation"),
        };
        expect(ofPlan(plan_id)).toMatchObject(wanted);
        // The whole has at least what this plan has.
        for (const [name, figure] of Object.entries(wanted))
          expect(body[name as keyof typeof wanted], name).toBeGreaterThanOrEqual(figure);
      }),
      { numRuns: 15 },
    );
  });
});

describe("what happened to the money of memberships", () => {
  /** No other test has money in these years. */
  const FIRST_DAY = "2140-11-20";
  const DAYS = 400;

  test("is the sum of what moved within the days, dues and donations apart, by plan and month", async () => {
    const plans = [await plan(), await plan()] as const;
    const subscriptions = await Promise.all(plans.map((plan_id) => subscription({ plan_id })));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.array(paid("dues", DAYS), { maxLength: 20 }), fc.array(paid("dues", DAYS), { maxLength: 20 })),
        fc.nat(DAYS),
        fc.nat(DAYS),
        async (payments, one, other) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)].map((day) => dayAfter(FIRST_DAY, day)) as [
            string,
            string,
          ];
          for (const [index, rows] of payments.entries()) await record(rows, FIRST_DAY, subscriptions[index] ?? "");
          const { body, ofPlan } = await stats(`?from=${from}&to=${to}`);
          await forget(payments.flat());

          const sums = (rows: readonly Paid[], month = "") => {
            const moves = rows.flatMap(movementsOf).filter(({ day }) => {
              const date = dayAfter(FIRST_DAY, day);
              return date >= from && date <= to && date.startsWith(month);
            });
            return { dues: sumsOf(moves, "dues"), donations: sumsOf(moves, "donation") };
          };
          expect(body).toMatchObject(sums(payments.flat()));
          for (const [index, rows] of payments.entries()) expect(ofPlan(plans[index] ?? "")).toMatchObject(sums(rows));
          expect(body.by_month.map(({ month, dues, donations }) => ({ month, dues, donations }))).toEqual(
            body.by_month.map(({ month }) => ({ month, ...sums(payments.flat(), month) })),
          );
          expect([body.by_month[0]?.month, body.by_month.at(-1)?.month]).toEqual([from.slice(0, 7), to.slice(0, 7)]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("what happened to memberships", () => {
  const month = (name: string) => `${name}-15T12:00:00.000Z`;

  /** Terms of one person, each with the subscription that it is of: `[subscription, paid, begins, ends]`. */
  async function history(
    terms: [name: string, paid: string, start: string, end: string | null][],
    ends: Record<string, Columns> = {},
  ): Promise<string> {
    const [{ id: user_id }, plan_id] = [await person(), await plan()];
    const ids = new Map<string, string>();
    for (const [name, paid_at, start, end] of terms) {
      const known = ids.get(name);
      const term = { current_term_start: month(start), current_term_end: end && month(end) };
      const id = known ?? (await subscription({ user_id, plan_id, status: "expired", ...term, ...ends[name] }));
      ids.set(name, id);
      if (known) await sql("update subscriptions set current_term_end = $2 where id = $1", [id, end && month(end)]);
      await sql(
        `insert into payments (user_id, subscription_id, base_subscription_cents, paid_at, term_start, term_end)
         values ($1, $2, 100, $3, $4, $5)`,
        [user_id, id, month(paid_at), month(start), end && month(end)],
      );
    }
    return plan_id;
  }

  /** What the figures say of a plan in some months, in the order of the years. */
  const changes = async (plan_id: string, from: string, to: string) => {
    const found = (await stats(`?from=${from}-01&to=${to}-28`)).ofPlan(plan_id);
    return found && { new: found.new, renewed: found.renewed, lost: found.lost };
  };

  test("a first payment is new, each later one of the same subscription renews it, and its end is a loss", async () => {
    const id = await history([
      ["a", "2150-01", "2150-01", "2151-01"],
      ["a", "2151-01", "2151-01", "2152-01"],
    ]);
    expect(await changes(id, "2150-01", "2150-12")).toEqual({ new: 1, renewed: 0, lost: 0 });
    expect(await changes(id, "2151-01", "2151-12")).toEqual({ new: 0, renewed: 1, lost: 0 });
    expect(await changes(id, "2152-01", "2152-12")).toEqual({ new: 0, renewed: 0, lost: 1 });
    expect(await changes(id, "2150-01", "2152-12")).toEqual({ new: 1, renewed: 1, lost: 1 });
  });

  test("a term that ends at midnight is lost on its last day, in New York", async () => {
    const id = await history([["a", "2153-01", "2153-01", "2153-06"]]);
    const ends = async (at: string) => {
      await sql("update subscriptions set current_term_end = $2 where plan_id = $1", [id, at]);
      await sql(
        "update payments set term_end = $1 where subscription_id in (select id from subscriptions where plan_id = $2)",
        [at, id],
      );
      const { ofPlan } = await stats("?from=2153-12-31&to=2153-12-31");
      return ofPlan(id)?.lost;
    };
    expect(await ends("2154-01-01T05:00:00.000Z")).toBe(1);
    expect(await ends("2154-01-01T05:00:00.001Z")).toBe(0);
    expect(await ends("2153-12-31T05:00:00.001Z")).toBe(1);
    expect(await ends("2153-12-31T05:00:00.000Z")).toBe(0);
  });

  test("a term that another one of the same person goes on from is renewed: nobody was lost, nobody is new", async () => {
    const early = await history([
      ["a", "2150-01", "2150-01", "2151-01"],
      ["b", "2150-12", "2151-01", "2152-01"],
    ]);
    expect(await changes(early, "2150-01", "2151-12")).toEqual({ new: 1, renewed: 1, lost: 0 });
    const within_grace = await history([
      ["a", "2150-01", "2150-01", "2151-01"],
      ["b", "2151-02", "2151-01", "2152-01"],
    ]);
    expect(await changes(within_grace, "2150-01", "2151-12")).toEqual({ new: 1, renewed: 1, lost: 0 });
    const for_life = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2150-12", "2151-01", null],
      ],
      { b: { status: "active", billing_cycle: "lifetime" } },
    );
    expect(await changes(for_life, "2150-01", "2199-12")).toEqual({ new: 1, renewed: 1, lost: 0 });
  });

  test("who comes back after a lapse was lost, and is new", async () => {
    const id = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2151-06", "2151-06", "2152-06"],
      ],
      { b: { status: "active" } },
    );
    expect(await changes(id, "2151-01", "2151-05")).toEqual({ new: 0, renewed: 0, lost: 1 });
    expect(await changes(id, "2151-06", "2152-12")).toEqual({ new: 1, renewed: 0, lost: 0 });
    const written_down_late = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2150-12", "2151-06", "2152-06"],
      ],
      { b: { status: "active" } },
    );
    expect(await changes(written_down_late, "2150-01", "2152-12")).toEqual({ new: 2, renewed: 0, lost: 1 });
  });

  test("one cancelled at once is lost then, one cancelled for the end of its term is lost there", async () => {
    const term = [["a", "2150-01", "2150-01", "2151-01"]] as [string, string, string, string][];
    const cancelled = { status: "cancelled", cancelled_at: month("2150-04") };
    const at_once = await history(term, { a: cancelled });
    expect(await changes(at_once, "2150-04", "2150-04")).toMatchObject({ lost: 1 });
    const at_end = await history(term, { a: { ...cancelled, cancel_at_period_end: true } });
    expect(await changes(at_end, "2150-04", "2150-04")).toMatchObject({ lost: 0 });
    expect(await changes(at_end, "2151-01", "2151-01")).toMatchObject({ lost: 1 });
  });

  test("a renewal that is cancelled at once loses nobody: whose term before it runs goes on, and is lost with that", async () => {
    const terms: Parameters<typeof history>[0] = [
      ["a", "2150-01", "2150-01", "2151-01"],
      ["b", "2150-03", "2151-01", "2152-01"],
    ];
    const b = { status: "cancelled", cancelled_at: month("2150-04") };
    const back = await history(terms, { a: { status: "active" }, b });
    expect(await changes(back, "2150-01", "2199-12")).toEqual({ new: 1, renewed: 1, lost: 0 });
    const given_up = await history(terms, { a: { status: "cancelled", cancelled_at: month("2150-06") }, b });
    expect(await changes(given_up, "2150-04", "2150-05")).toMatchObject({ lost: 0 });
    expect(await changes(given_up, "2150-01", "2199-12")).toEqual({ new: 1, renewed: 1, lost: 1 });
    const run_out = await history(terms, { b });
    expect(await changes(run_out, "2150-01", "2150-12")).toMatchObject({ lost: 0 });
    expect(await changes(run_out, "2151-01", "2199-12")).toMatchObject({ lost: 1 });
  });

  test("who is cancelled at once, comes back and is cancelled again was lost twice, and new twice", async () => {
    const for_a_year = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2150-06", "2150-06", "2151-06"],
      ],
      {
        a: { status: "cancelled", cancelled_at: month("2150-03") },
        b: { status: "cancelled", cancelled_at: month("2150-08") },
      },
    );
    expect(await changes(for_a_year, "2150-01", "2150-05")).toEqual({ new: 1, renewed: 0, lost: 1 });
    expect(await changes(for_a_year, "2150-06", "2199-12")).toEqual({ new: 1, renewed: 0, lost: 1 });
    const for_life = await history(
      [
        ["a", "2150-01", "2150-01", null],
        ["b", "2150-06", "2150-06", "2151-06"],
      ],
      {
        a: { status: "cancelled", billing_cycle: "lifetime", cancelled_at: month("2150-03") },
        b: { status: "cancelled", cancelled_at: month("2150-08") },
      },
    );
    expect(await changes(for_life, "2150-01", "2199-12")).toEqual({ new: 2, renewed: 0, lost: 2 });
  });

  test("a term that was recorded wrong, cancelled, and recorded again from where it began, loses nobody", async () => {
    const id = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2150-03", "2150-01", "2151-01"],
      ],
      { a: { status: "cancelled", cancelled_at: month("2150-03") }, b: { status: "active" } },
    );
    expect(await changes(id, "2150-01", "2199-12")).toEqual({ new: 1, renewed: 1, lost: 0 });
  });

  test("two years in cash of which the second is cancelled are no loss, until the first is, too", async () => {
    const [member, plan_id] = [await person("payment_pending"), await plan()];
    const clerk = await treasurer("subscriptions.create", "subscriptions.cancel");
    const ids = [randomUUID(), randomUUID()] as const;
    for (const id of ids)
      await clerk.send("POST", "", {
        id,
        user_id: member.id,
        plan_id,
        payment_method: "cash",
        base_subscription_cents: 100,
      });
    const figures = async () => {
      const found = (await stats()).ofPlan(plan_id);
      return found && [found.active, found.lost];
    };
    await clerk.send("POST", `/${ids[1]}/cancel`, { at_period_end: false });
    expect(await figures()).toEqual([1, 0]);
    await clerk.send("POST", `/${ids[0]}/cancel`, { at_period_end: false });
    expect(await figures()).toEqual([0, 1]);
  });

  test("what was paid and began nothing, as another one ran, keeps nobody from being lost", async () => {
    const id = await history(
      [
        ["a", "2150-01", "2150-01", "2151-01"],
        ["b", "2150-03", "2150-03", "2152-01"],
      ],
      { b: { status: "pending" } },
    );
    expect(await changes(id, "2150-01", "2199-12")).toEqual({ new: 1, renewed: 0, lost: 1 });
  });

  test("a checkout that nobody paid is neither, however it ended", async () => {
    const plan_id = await plan();
    for (const status of ["pending", "expired", "cancelled"])
      await subscription({ plan_id, status, current_term_start: month("2150-01"), current_term_end: month("2151-01") });
    expect(await changes(plan_id, "2150-01", "2151-12")).toEqual({ new: 0, renewed: 0, lost: 0 });
  });

  test("each in its month", async () => {
    const plan_id = await history([["a", "2160-02", "2160-02", "2160-05"]]);
    expect(await changes(plan_id, "2160-02", "2160-05")).toEqual({ new: 1, renewed: 0, lost: 1 });
    const { body } = await stats("?from=2160-01-01&to=2160-06-30");
    expect(body.by_month.map((each) => [each.month, each.new, each.renewed, each.lost])).toEqual([
      ["2160-01", 0, 0, 0],
      ["2160-02", 1, 0, 0],
      ["2160-03", 0, 0, 0],
      ["2160-04", 0, 0, 0],
      ["2160-05", 0, 0, 1],
      ["2160-06", 0, 0, 0],
    ]);
  });
});
