import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { call, get, outcome, post, put } from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { everythingIn, pagesOf } from "../harness/pages.ts";
import { checkout, subscribed, subscriptionsOf } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan, planDetails } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

const PLANS = "/api/admin/plans";
const admin = await volunteer("subscriptions.plans");

interface ManagedPlan {
  id: string;
  name: string;
  active: boolean;
  archived_at: string | null;
  running_subscriptions: number;
}

const rowOf = async (id: string) => (await sql("select * from subscription_plans where id = $1", [id]))[0];
const change = (id: string, details: object) => put<ManagedPlan>(`${PLANS}/${id}`, details, admin);
const remove = (id: string) => call<{ archived: boolean }>("DELETE", `${PLANS}/${id}`, { token: admin.token });
const listed = async (id: string, filters = "") =>
  (await everythingIn<ManagedPlan>(`${PLANS}?${filters}`, 100, admin)).find((each) => each.id === id);

describe.concurrent("a new plan", () => {
  test("is there as it was asked for, and on offer", async () => {
    const asked = planDetails();
    const { status, body } = await post<ManagedPlan>(PLANS, { ...asked, name: `  ${asked.name}  ` }, admin);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...asked,
      id: expect.any(String),
      currency: "usd",
      archived_at: null,
      running_subscriptions: 0,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(await rowOf(body.id)).toMatchObject(asked);
    const offered = await everythingIn<{ id: string }>("/api/plans", 100);
    expect(offered.map(({ id }) => id)).toContain(body.id);
  });

  test("has a fixed price, no description and no term end of its own, unless it is told otherwise", async () => {
    const { body } = await post(
      PLANS,
      { name: `Plan ${randomUUID()}`, price_cents: 900, billing_cycle: "monthly" },
      admin,
    );
    expect(body).toMatchObject({
      description: "",
      minimum_price_cents: 900,
      suggested_price_cents: null,
      term_end_month: null,
      term_end_day: null,
      donation_allowed: true,
      active: true,
      position: 0,
    });
  });

  test("does not take another's name in any case, even when ten try at once; an archived one's it may", async () => {
    const asked = planDetails();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post<ManagedPlan>(PLANS, asked, admin)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(outcome(answer)).toEqual([409, "plan_exists"]);
    const loud = { ...asked, name: asked.name.toUpperCase() };
    expect(outcome(await post(PLANS, loud, admin))).toEqual([409, "plan_exists"]);
    await sql("update subscription_plans set archived_at = now() where name = $1", [asked.name]);
    expect((await post(PLANS, loud, admin)).status).toBe(201);
  });

  test.for<[string, Record<string, unknown>, string]>([
    ["no name", { name: " " }, "name"],
    ["a name of 101 characters", { name: "p".repeat(101) }, "name"],
    ["a name that turns what stands after it", { name: "Plan \u202e" }, "name"],
    ["a negative price", { price_cents: -1 }, "price_cents"],
    ["half a cent", { price_cents: 6000.5 }, "price_cents"],
    ["a price as text", { price_cents: "6000" }, "price_cents"],
    ["a price that Stripe does not take", { price_cents: 100_000_000 }, "price_cents"],
    ["a minimum above its price", { minimum_price_cents: 6001 }, "minimum_price_cents"],
    ["a price that Stripe does not charge", { price_cents: 49, minimum_price_cents: 0 }, "price_cents"],
    ["a minimum that Stripe does not charge", { minimum_price_cents: 1 }, "minimum_price_cents"],
    [
      "a suggestion that Stripe does not charge",
      { minimum_price_cents: 0, suggested_price_cents: 20 },
      "suggested_price_cents",
    ],
    ["a suggestion below its minimum", { suggested_price_cents: 2999 }, "suggested_price_cents"],
    ["a cycle there is not", { billing_cycle: "weekly" }, "billing_cycle"],
    ["the 30th of February", { term_end_month: 2, term_end_day: 30 }, "term_end_day"],
    ["the leap day", { term_end_month: 2, term_end_day: 29 }, "term_end_day"],
    ["the 31st of June", { term_end_month: 6, term_end_day: 31 }, "term_end_day"],
    ["a thirteenth month", { term_end_month: 13 }, "term_end_month"],
    ["the custom cycle without a day", { term_end_day: null }, "term_end_day"],
    ["a position that is no integer of 32 bits", { position: 2_147_483_648 }, "position"],
    ["being archived", { archived_at: null }, "archived_at"],
    ["an id", { id: randomUUID() }, "id"],
  ])("is refused with %s, and a change to it too", async ([, more, path]) => {
    const id = await plan();
    const before = await rowOf(id);
    for (const answer of [await post(PLANS, planDetails(more), admin), await change(id, planDetails(more))]) {
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ path })]) });
    }
    expect(await rowOf(id)).toEqual(before);
  });

  test.for([0, 50])("may cost %d cents, and so may a plan that is changed", async (cents) => {
    const asked = { price_cents: cents, minimum_price_cents: cents, suggested_price_cents: cents };
    const { status, body } = await post<ManagedPlan>(PLANS, planDetails(asked), admin);
    expect(status).toBe(201);
    expect((await change(body.id, planDetails(asked))).body).toMatchObject(asked);
  });

  test("with a fixed price below what Stripe charges is refused, and says what is", async () => {
    const { minimum_price_cents: _, ...fixed } = planDetails({ price_cents: 49, suggested_price_cents: null });
    const { status, body } = await post(PLANS, fixed, admin);
    const message = "must be 0 or at least 50 ($0.50), the least that people can pay online";
    expect([status, body.errors]).toEqual([400, [{ path: "price_cents", message }]]);
  });

  test.for(["monthly", "quarterly", "yearly", "lifetime"])(
    "is refused with the day its terms end where it is %s",
    async (billing_cycle) => {
      const { status, body } = await post(PLANS, planDetails({ billing_cycle }), admin);
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ path: "term_end_month" }, { path: "term_end_day" }] });
    },
  );

  test("with a fixed price is refused a suggestion below it", async () => {
    const { minimum_price_cents: _, ...fixed } = planDetails({ suggested_price_cents: 5999 });
    const { status, body } = await post(PLANS, fixed, admin);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ path: "suggested_price_cents" })]]);
  });
});

describe.concurrent("changing a plan", () => {
  test("changes all of it, and is audited", async () => {
    const id = await plan();
    const details = planDetails({ active: false });
    const answer = await change(id, details);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(details);
    expect(await rowOf(id)).toMatchObject(details);
    const told = await sql(
      "select actor_id, action, changes -> 'price_cents' as price from audit_log where subject_type = 'subscription_plans' and subject_id = $1 and request_id = $2",
      [id, answer.request_id],
    );
    expect(told).toEqual([{ actor_id: admin.id, action: "update", price: null }]);
  });

  test("wants the whole of it", async () => {
    const { name: _, ...rest } = planDetails();
    const { status, body } = await change(await plan(), rest);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ path: "name" }] });
  });

  test("of its price touches no subscription that runs or is being paid for", async () => {
    const plan_id = await plan({ minimum_price_cents: 6000 });
    const [member, payer] = await Promise.all([person(), person("payment_pending")]);
    await subscribed(member, { plan_id, stripe_subscription_id: `sub_${randomUUID()}` });
    expect((await checkout(payer, plan_id)).status).toBe(200);
    const rows = async () => [...(await subscriptionsOf(member)), ...(await subscriptionsOf(payer))];
    const before = await rows();
    const dearer = planDetails({
      price_cents: 9000,
      billing_cycle: "yearly",
      term_end_month: null,
      term_end_day: null,
    });
    expect((await change(plan_id, dearer)).body).toMatchObject({ price_cents: 9000, running_subscriptions: 1 });
    expect(await rows()).toEqual(before);
  });

  test("keeps its billing cycle once somebody began to subscribe, and changes the rest", async () => {
    const [unused, begun, ended] = await Promise.all([plan(), plan(), plan()]);
    expect((await checkout(await person("payment_pending"), begun)).status).toBe(200);
    await subscribed(await person(), { plan_id: ended, status: "expired" });
    expect((await change(unused, planDetails())).status).toBe(200);
    for (const used of [begun, ended]) {
      const before = await rowOf(used);
      expect(outcome(await change(used, planDetails()))).toEqual([409, "plan_in_use"]);
      expect(await rowOf(used)).toEqual(before);
      const yearly = planDetails({ billing_cycle: "yearly", term_end_month: null, term_end_day: null });
      expect((await change(used, yearly)).status).toBe(200);
    }
  });

  test("does not take another's name in any case; its own it may", async () => {
    const [one, other] = [planDetails(), planDetails()];
    const { body } = await post<ManagedPlan>(PLANS, one, admin);
    await post(PLANS, other, admin);
    expect(outcome(await change(body.id, { ...one, name: other.name.toUpperCase() }))).toEqual([409, "plan_exists"]);
    expect((await change(body.id, { ...one, name: one.name.toUpperCase() })).status).toBe(200);
  });

  test("of two to one name at once, only one gets it", async () => {
    const details = planDetails();
    const ids = await Promise.all([plan(), plan(), plan(), plan()]);
    const answers = await Promise.all(ids.map((id) => change(id, details)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await sql("select from subscription_plans where name = $1", [details.name])).toHaveLength(1);
  });

  test("is refused where it is archived, and it is still seen", async () => {
    const id = await plan({ archived_at: new Date() });
    const before = await rowOf(id);
    expect(outcome(await change(id, planDetails()))).toEqual([409, "plan_archived"]);
    expect(await rowOf(id)).toEqual(before);
    expect(await listed(id)).toMatchObject({ id, archived_at: expect.any(String) });
  });

  test("there is not is 404", async () => {
    expect(outcome(await change(randomUUID(), planDetails()))).toEqual([404, "plan_not_found"]);
    expect(outcome(await remove(randomUUID()))).toEqual([404, "plan_not_found"]);
  });
});

describe.concurrent("deleting a plan", () => {
  test("deletes one that nobody ever subscribed to", async () => {
    const id = await plan();
    const answer = await remove(id);
    expect([answer.status, answer.body]).toEqual([200, { archived: false }]);
    expect(await rowOf(id)).toBeUndefined();
    expect(outcome(await remove(id))).toEqual([404, "plan_not_found"]);
  });

  test.for(["active", "pending", "expired"])(
    "archives one with a subscription that is %s, which stays",
    async (status) => {
      const [id, member] = await Promise.all([plan(), person()]);
      await subscribed(member, { plan_id: id, status });
      const before = await subscriptionsOf(member);
      const answer = await remove(id);
      expect([answer.status, answer.body]).toEqual([200, { archived: true }]);
      expect(await subscriptionsOf(member)).toEqual(before);
      expect(await listed(id)).toMatchObject({ running_subscriptions: status === "active" ? 1 : 0 });
      expect(outcome(await checkout(await person("payment_pending"), id))).toEqual([404, "plan_not_found"]);
      expect(outcome(await remove(id))).toEqual([409, "plan_archived"]);
    },
  );

  test("while people begin to subscribe fails for nobody: they get it or it is not there, and it is gone or archived", async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await plan();
      const people = await Promise.all(Array.from({ length: 5 }, () => person("payment_pending")));
      const [removal, ...answers] = await Promise.all([remove(id), ...people.map((member) => checkout(member, id))]);
      expect(removal.status).toBe(200);
      for (const answer of answers.filter(({ status }) => status !== 200))
        expect(outcome(answer)).toEqual([404, "plan_not_found"]);
      const begun = await sql("select from subscriptions where plan_id = $1", [id]);
      expect(begun).toHaveLength(answers.filter(({ status }) => status === 200).length);
      expect(removal.body.archived).toBe(begun.length > 0);
    }
  });
});

describe.concurrent("all plans", () => {
  test("are listed with how many subscriptions run on each", async () => {
    const id = await plan();
    const people = await Promise.all(Array.from({ length: 6 }, () => person()));
    const statuses = ["active", "past_due", "paused", "pending", "cancelled", "expired"];
    await Promise.all(statuses.map((status, index) => subscribed(people[index] ?? admin, { plan_id: id, status })));
    expect(await listed(id)).toMatchObject({ id, running_subscriptions: 3, active: true, archived_at: null });
  });

  test("are found by whether they are on offer and whether they are archived", async () => {
    const made = {
      offered: await plan(),
      hidden: await plan({ active: false }),
      archived: await plan({ archived_at: new Date() }),
    };
    const found = async (filters: string) => {
      const ids = (await everythingIn<ManagedPlan>(`${PLANS}?${filters}`, 100, admin)).map(({ id }) => id);
      return Object.entries(made).flatMap(([name, id]) => (ids.includes(id) ? [name] : []));
    };
    expect(await found("")).toEqual(["offered", "hidden", "archived"]);
    expect(await found("active=true")).toEqual(["offered", "archived"]);
    expect(await found("active=false")).toEqual(["hidden"]);
    expect(await found("archived=false")).toEqual(["offered", "hidden"]);
    expect(await found("archived=true")).toEqual(["archived"]);
    expect(await found("active=true&archived=false")).toEqual(["offered"]);
    expect((await get(`${PLANS}?active=yes`, admin)).status).toBe(400);
  });

  test("come in their position's order, with how many match on all pages", async () => {
    const ids = await Promise.all([-7, -7, -6].map((position) => plan({ position, archived_at: new Date() })));
    const pages = await pagesOf<ManagedPlan>(`${PLANS}?archived=true`, 2, admin);
    const found = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(found.filter((id) => ids.includes(id))).toHaveLength(3);
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => ids.includes(id)).at(-1)).toBe(ids[2]);
    expect(pages[0]?.total).toBeGreaterThanOrEqual(3);
  });
});

describe.concurrent("when the database fails", () => {
  test.for([
    { mode: "before", again: 201 },
    { mode: "after_commit", again: 409 },
  ] as const)(
    "while a plan is made ($mode), it is 503, and asking again is $again: there is one",
    async ({ mode, again }) => {
      const details = planDetails();
      await failDatabase({ mode, match: details.name });
      expect(outcome(await post(PLANS, details, admin))).toEqual([503, "database_unavailable"]);
      expect((await post(PLANS, details, admin)).status).toBe(again);
      expect(await sql("select from subscription_plans where name = $1", [details.name])).toHaveLength(1);
    },
  );

  test.for([
    { mode: "before", again: [200, undefined] },
    { mode: "after_commit", again: [404, "plan_not_found"] },
  ] as const)("while one is deleted ($mode), it is 503, and it is all or nothing", async ({ mode, again }) => {
    const id = await plan();
    await failDatabase({ mode, match: id });
    expect(outcome(await remove(id))).toEqual([503, "database_unavailable"]);
    expect(outcome(await remove(id))).toEqual(again);
    expect(await rowOf(id)).toBeUndefined();
  });
});
