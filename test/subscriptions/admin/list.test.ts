import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Subscription, SubscriptionSummary } from "../../../src/subscriptions/admin/schemas.ts";
import { get } from "../../harness/client.ts";
import { everythingIn, type Page, pagesOf } from "../../harness/pages.ts";
import { person, volunteer } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { insert, sql } from "../../harness/platform.ts";
import { ADMIN, inDays, offlineMember, subscriber } from "../../harness/subscriptions.ts";

const viewer = await volunteer("subscriptions.view");

/** Three members whose name nobody else has, each with a term of their own. */
async function threeOf(name: string) {
  const of = async (columns: Record<string, unknown>) =>
    offlineMember({ member: await person("active", { first_name: name }), ...columns });
  const yearly = await of({ current_term_end: inDays(300), created_at: inDays(-3) });
  const monthly = await of({
    billing_cycle: "monthly",
    payment_method: "cheque",
    status: "past_due",
    current_term_end: inDays(-2),
    grace_ends_at: inDays(12),
    created_at: inDays(-2),
  });
  const lifetime = await of({
    billing_cycle: "lifetime",
    payment_method: "complimentary",
    current_term_end: null,
    created_at: inDays(-1),
  });
  return { yearly, monthly, lifetime };
}

const find = async (query: string) => {
  const { status, body } = await get<Page<SubscriptionSummary>>(`${ADMIN}?${query}`, viewer);
  expect(status).toBe(200);
  return { ids: body.items.map(({ id }) => id), total: body.total };
};

describe.concurrent("the list of subscriptions", () => {
  test("shows what was agreed, what is paid for, and whose it is", async () => {
    const { member, plan_id, subscription_id } = await offlineMember({ donation_cents: 400 });
    const { body } = await get<Page<SubscriptionSummary>>(`${ADMIN}?user_id=${member.id}`, viewer);
    const [{ name } = { name: "" }] = await sql<{ name: string }>("select name from subscription_plans where id = $1", [
      plan_id,
    ]);
    expect(body).toMatchObject({
      total: 1,
      next_cursor: null,
      items: [
        {
          id: subscription_id,
          plan_id,
          plan_name: name,
          status: "active",
          billing_cycle: "yearly",
          base_subscription_cents: 6000,
          donation_cents: 400,
          currency: "usd",
          payment_method: "cash",
          renews: false,
          cancel_at_period_end: false,
          member: {
            id: member.id,
            first_name: "Robin",
            last_name: "Example",
            email: member.email,
            status: "active",
          },
        },
      ],
    });
  });

  test("can be asked for by each of its filters", async () => {
    const name = `N${randomUUID()}`;
    const { yearly, monthly, lifetime } = await threeOf(name);
    const [y, m, l] = [yearly, monthly, lifetime].map(({ subscription_id }) => subscription_id);
    const all = `search=${name}`;
    for (const [query, ids] of [
      [all, [l, m, y]],
      [`${all}&status=past_due`, [m]],
      [`${all}&billing_cycle=lifetime`, [l]],
      [`${all}&payment_method=cash`, [y]],
      [`${all}&payment_method=stripe`, []],
      [`plan_id=${monthly.plan_id}`, [m]],
      [`user_id=${yearly.member.id}`, [y]],
      [`${all}&term_end_from=${inDays(-3).toISOString()}`, [m, y]],
      [`${all}&term_end_to=${inDays(1).toISOString()}`, [m]],
      [`${all}&term_end_from=${inDays(1).toISOString()}&term_end_to=${inDays(400).toISOString()}`, [y]],
      [`search=${encodeURIComponent(yearly.member.email)}`, [y]],
    ] as const)
      expect([query, await find(query)]).toEqual([query, { ids, total: ids.length }]);
  });

  test("says what became of terms that ended, and of none that runs", async () => {
    const name = `N${randomUUID().slice(0, 8)}`;
    const { yearly, monthly } = await threeOf(name);
    await insert("payments", {
      user_id: yearly.member.id,
      subscription_id: yearly.subscription_id,
      base_subscription_cents: 100,
      paid_at: inDays(-430),
      term_end: inDays(-65),
    });
    const all = `search=${name}&limit=100`;
    expect((await find(`${all}&renewal=open`)).ids).toEqual([monthly.subscription_id]);
    expect((await find(`${all}&renewal=renewed`)).ids).toEqual([yearly.subscription_id]);
    expect((await find(`${all}&renewal=lost`)).ids).toEqual([]);
    expect((await find(`${all}&ended_from=2020-01-01`)).total).toBe(2);
  });

  test("can be asked for in three orders, page by page", async () => {
    const name = `N${randomUUID()}`;
    const { yearly, monthly, lifetime } = await threeOf(name);
    const [y, m, l] = [yearly, monthly, lifetime].map(({ subscription_id }) => subscription_id);
    for (const [sort, ids] of [
      ["newest", [l, m, y]],
      ["oldest", [y, m, l]],
      ["term_end", [m, y]],
    ] as const) {
      const path = `${ADMIN}?search=${name}&sort=${sort}`;
      expect((await everythingIn<{ id: string }>(path, 1, viewer)).map(({ id }) => id)).toEqual(ids);
      expect((await pagesOf(path, 1, viewer)).map(({ total }) => total)).toEqual(ids.map(() => ids.length));
    }
  });

  test("refuses a range that ends before it begins, and a cursor of another order", async () => {
    const name = `N${randomUUID()}`;
    await threeOf(name);
    const { body } = await get<Page<object>>(`${ADMIN}?search=${name}&limit=1`, viewer);
    for (const query of [
      "term_end_from=2027-01-02T00:00:00Z&term_end_to=2027-01-01T00:00:00Z",
      "ended_from=2027-01-02&ended_to=2027-01-01",
      `sort=term_end&cursor=${body.next_cursor}`,
    ])
      expect((await get(`${ADMIN}?${query}`, viewer)).status).toBe(400);
  });
});

describe.concurrent("a subscription's page", () => {
  const see = async (id: string) => (await get<Subscription>(`${ADMIN}/${id}`, viewer)).body;

  test("has what was paid for it and what went back, the newest first", async () => {
    const { member, subscription_id } = await offlineMember();
    const [later] = await sql<{ id: string }>(
      `insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, donation_cents, paid_at, recorded_by)
       values ($1, $2, 'cheque', 6000, 500, now(), $3) returning id`,
      [member.id, subscription_id, viewer.id],
    );
    await sql(
      `insert into reversals (payment_id, kind, status, amount_cents, occurred_at, created_at)
       values ($1, 'refund', 'succeeded', 100, now(), now() - interval '1 hour'), ($1, 'refund', 'requested', 200, null, now())`,
      [later?.id],
    );
    const { payments, payments_total, notes } = await see(subscription_id);
    expect(notes).toBeNull();
    expect(payments_total).toBe(2);
    expect(payments).toMatchObject([
      {
        id: later?.id,
        payment_method: "cheque",
        base_subscription_cents: 6000,
        donation_cents: 500,
        recorded_by: viewer.id,
        reversals: [
          { status: "requested", amount_cents: 200, occurred_at: null },
          { status: "succeeded", amount_cents: 100, kind: "refund" },
        ],
      },
      { payment_method: "cash", base_subscription_cents: 6000, reversals: [] },
    ]);
  });

  test("shows the newest 100 payments, and says how many there are", async () => {
    const { member, subscription_id } = await offlineMember();
    await sql(
      `insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, paid_at)
       select $1, $2, 'cash', n, now() - make_interval(days => n + 30) from generate_series(1, 120) n`,
      [member.id, subscription_id],
    );
    const { payments, payments_total } = await see(subscription_id);
    expect(payments_total).toBe(121);
    expect(payments.map((payment) => payment.base_subscription_cents)).toEqual([
      6000,
      ...Array.from({ length: 99 }, (_, index) => index + 1),
    ]);
  });

  test("has Stripe's id and the card of one that is paid online, and says that it renews itself", async () => {
    const { subscription_id, stripe_subscription_id, session_id } = await subscriber({ donation_cents: 300 });
    expect(await see(subscription_id)).toMatchObject({
      stripe_subscription_id,
      stripe_checkout_session_id: session_id,
      payment_method: "stripe",
      renews: true,
      card_brand: "visa",
      card_last4: "4242",
      member: { status: "active" },
      payments: [{ base_subscription_cents: 6000, donation_cents: 300, recorded_by: null }],
    });
  });

  test("is 404 where there is none", async () => {
    const { status, body } = await get(`${ADMIN}/${randomUUID()}`, viewer);
    expect([status, body.code]).toEqual([404, "subscription_not_found"]);
  });
});

describe.concurrent("a member sees their own subscription", () => {
  const mine = async ({ token }: { token: string }) => (await get("/api/members/subscription", { token })).body;

  test("with how it is paid and whether it renews itself, and nothing that is for volunteers", async () => {
    const { member, subscription_id } = await offlineMember({ notes: "Lives abroad.", cancel_reason: "None given." });
    const body = await mine(member);
    expect(body).toMatchObject({ id: subscription_id, payment_method: "cash", renews: false, renewal: null });
    expect(JSON.stringify(body)).not.toMatch(/Lives abroad|None given|stripe_subscription|notes/);
    const online = await subscriber();
    expect(await mine(online.member)).toMatchObject({ renews: true, card_last4: "4242", payment_method: "stripe" });
  });

  test("with the checkout that they began to go on with", async () => {
    const { member, subscription_id } = await offlineMember();
    const plan_id = await plan({ billing_cycle: "lifetime" });
    await sql(
      `insert into subscriptions (user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents, checkout_expires_at)
       values ($1, $2, 'lifetime', 90000, 100, now() + interval '1 minute')`,
      [member.id, plan_id],
    );
    expect(await mine(member)).toMatchObject({
      id: subscription_id,
      status: "active",
      renewal: { plan_id, base_subscription_cents: 90000, donation_cents: 100 },
    });
    await sql("update subscriptions set checkout_expires_at = now() where user_id = $1 and status = 'pending'", [
      member.id,
    ]);
    expect(await mine(member)).toMatchObject({ id: subscription_id, renewal: null });
  });

  test("as the checkout itself where nothing else is there", async () => {
    const member = await person("payment_pending");
    await sql(
      `insert into subscriptions (user_id, plan_id, billing_cycle, base_subscription_cents) values ($1, $2, 'yearly', 6000)`,
      [member.id, await plan()],
    );
    expect(await mine(member)).toMatchObject({ status: "pending", renews: false, renewal: null });
  });
});
