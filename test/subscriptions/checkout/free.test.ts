import { describe, expect, test, vi } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import type { SubscriptionStats } from "../../../src/subscriptions/admin/figures-schemas.ts";
import { get, outcome } from "../../harness/client.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { outboxOf } from "../../harness/outbox.ts";
import { checkout, openSessionsFor, stripeApi, subscriptionOf, subscriptionsOf } from "../../harness/payments.ts";
import { person, volunteer } from "../../harness/people.ts";
import { CUSTOM, plan } from "../../harness/plans.ts";
import { settings, sql, stripe } from "../../harness/platform.ts";
import { offlineMember, treasurer } from "../../harness/subscriptions.ts";

const FREE = { price_cents: 0 };
const JOINED = { checkout_url: links.joined(settings), session_id: null };

const statusOf = async ({ id }: { id: string }) =>
  (await sql("select status from users where id = $1", [id]))[0]?.status;
const paymentsOf = ({ id }: { id: string }) =>
  sql<{ term_start: Date; term_end: Date }>(
    "select payment_method, base_subscription_cents, donation_cents, term_start, term_end from payments where user_id = $1 order by term_end",
    [id],
  );
const running = async (member: { id: string }) =>
  (await subscriptionsOf(member)).filter(({ status }) => ["active", "past_due"].includes(status));

/** Sets when somebody's running term ends. */
const endsIn = ({ id }: { id: string }, interval: string) =>
  sql(
    "update subscriptions set current_term_end = now() + $2::interval, current_term_start = now() - interval '1 year' where user_id = $1 and status = 'active'",
    [id, interval],
  );

describe.concurrent("a plan without dues", () => {
  test.for([
    { what: "that is free", columns: FREE, dues: undefined },
    { what: "of which people pay what they can", columns: { minimum_price_cents: 0 }, dues: 0 },
  ])("$what makes a member at once, without Stripe", async ({ columns, dues }) => {
    const member = await person("payment_pending");
    const { status, body } = await checkout(member, await plan(columns), 0, dues);
    expect([status, body]).toEqual([200, JOINED]);
    expect(await statusOf(member)).toBe("active");
    const row = await subscriptionOf(member);
    expect(row).toMatchObject({ status: "active", payment_method: "complimentary", base_subscription_cents: 0 });
    const year = Number(row.current_term_end) - Number(row.current_term_start);
    expect(Math.round(year / 86_400_000)).toBeOneOf([365, 366]);
    expect(await paymentsOf(member)).toMatchObject([{ payment_method: "complimentary", base_subscription_cents: 0 }]);
    const [mail] = await untilMails(member.email);
    expect(mail?.text).toContain("there is nothing to pay");
    expect(mail?.text).not.toContain("$0.00");
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("leads to a page that says so", async () => {
    const page = await get("/api/checkout/paid");
    expect(page.body).toMatchObject({ message: expect.stringContaining("nothing to pay") });
  });

  test("gives one term, however often and how many at once ask", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan(FREE)]);
    for (const { body } of await Promise.all(Array.from({ length: 4 }, () => checkout(member, plan_id))))
      expect(body).toEqual(JOINED);
    expect(await paymentsOf(member)).toHaveLength(1);
    const lifelong = await plan({ ...FREE, billing_cycle: "lifetime" });
    const another = await person("inactive");
    for (let time = 0; time < 2; time += 1) expect((await checkout(another, lifelong)).body).toEqual(JOINED);
    expect(await subscriptionsOf(another)).toMatchObject([{ status: "active", current_term_end: null }]);
    expect(await outboxOf(another.email)).toHaveLength(1);
  });

  test("is renewed by the same call, from 14 days before its end until the grace period is over", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan(FREE)]);
    await checkout(member, plan_id);
    expect(outcome(await checkout(member, await plan(FREE)))).toEqual([409, "term_still_runs"]);
    await endsIn(member, "13 days");
    const end = (await running(member))[0]?.current_term_end;
    expect((await checkout(member, plan_id)).body).toEqual(JOINED);
    const [renewed, ...others] = await running(member);
    expect(others).toEqual([]);
    expect(await paymentsOf(member)).toMatchObject([{}, { term_start: end, term_end: renewed?.current_term_end }]);
    await sql(
      "update subscriptions set status = 'past_due', current_term_end = now() - interval '2 days', grace_ends_at = now() + interval '12 days' where user_id = $1 and status = 'active'",
      [member.id],
    );
    expect((await checkout(member, plan_id)).body).toEqual(JOINED);
    expect(await running(member)).toMatchObject([{ status: "active" }]);
    expect(await paymentsOf(member)).toHaveLength(3);
  });

  test.for([
    { free: "a year", cycle: "yearly", paid: { billing_cycle: "monthly" } },
    { free: "life", cycle: "lifetime", paid: { billing_cycle: "yearly" } },
    { free: "life", cycle: "lifetime", paid: CUSTOM },
  ])(
    "for $free gives way to a plan with dues ($paid.billing_cycle) as soon as that is paid",
    async ({ cycle, paid }) => {
      const member = await person("payment_pending");
      await checkout(member, await plan({ ...FREE, billing_cycle: cycle }));
      const { status, body } = await checkout(member, await plan(paid));
      expect([status, typeof body.session_id]).toEqual([200, "string"]);
      // Until then, they are members by the free term.
      expect(await running(member)).toMatchObject([{ billing_cycle: cycle, base_subscription_cents: 0 }]);
      const { event_ids } = await stripe.pay(body.session_id, { email: member.email });
      await stripe.deliver(event_ids);
      expect(await running(member)).toMatchObject([
        { billing_cycle: paid.billing_cycle, base_subscription_cents: 6000 },
      ]);
      expect((await subscriptionsOf(member)).map((row) => row.status).sort()).toEqual(["active", "expired"]);
      expect(await statusOf(member)).toBe("active");
      if (paid === CUSTOM) return;
      // Now it is a plan with dues that is in the way.
      expect(outcome(await checkout(member, await plan()))).toEqual([409, "already_subscribed"]);
    },
  );

  test("does not give way as long as what somebody paid for is a part of it", async () => {
    const clerk = await treasurer("subscriptions.create");
    for (const billing_cycle of ["yearly", "lifetime"]) {
      const { member } = await offlineMember();
      const { status } = await clerk.send("POST", "", {
        id: crypto.randomUUID(),
        user_id: member.id,
        plan_id: await plan({ billing_cycle }),
        payment_method: "complimentary",
      });
      expect([status, await running(member)]).toEqual([201, [expect.objectContaining({ base_subscription_cents: 0 })]]);
      const code = billing_cycle === "yearly" ? "term_still_runs" : "already_subscribed";
      expect(outcome(await checkout(member, await plan()))).toEqual([409, code]);
      // What was paid for is over.
      await sql(
        "update subscriptions set current_term_end = now() - interval '1 day' where user_id = $1 and status = 'expired'",
        [member.id],
      );
      expect((await checkout(member, await plan())).status).toBe(200);
    }
  });

  test.for(["yearly", "lifetime"] as const)(
    "of a $0 term that gave way to a plan that renews itself is over: it neither counts nor comes back when the plan ends",
    async (billing_cycle) => {
      const clerk = await treasurer("subscriptions.create", "subscriptions.cancel", "subscriptions.stats");
      const [member, paid] = [await person("payment_pending"), await plan()];
      await checkout(member, await plan({ ...FREE, billing_cycle }));
      await sql("update subscriptions set current_term_start = now() - interval '1 day' where user_id = $1", [
        member.id,
      ]);
      const { session_id } = (await checkout(member, paid)).body;
      const { event_ids } = await stripe.pay(String(session_id), { email: member.email });
      await stripe.deliver(event_ids);
      const { subscription } = await stripeApi.checkout.sessions.retrieve(String(session_id));
      await stripeApi.subscriptions.cancel(String(subscription));
      await vi.waitFor(async () => expect(await statusOf(member)).toBe("inactive"), { timeout: 10_000 });
      const figures = (await get<SubscriptionStats>("/api/admin/subscriptions/stats", { token: clerk.token })).body;
      expect(figures.by_plan.find(({ plan_id }) => plan_id === paid)).toMatchObject({ lost: 1 });

      const id = crypto.randomUUID();
      const wrong = { id, user_id: member.id, plan_id: await plan(), payment_method: "cash" };
      expect((await clerk.send("POST", "", wrong)).status).toBe(201);
      expect((await clerk.send("POST", `/${id}/cancel`, { at_period_end: false })).status).toBe(200);
      expect([await running(member), await statusOf(member)]).toEqual([[], "inactive"]);
    },
  );

  test("for life does not give way to another free one", async () => {
    const member = await person("payment_pending");
    await checkout(member, await plan({ ...FREE, billing_cycle: "lifetime" }));
    for (const donation_cents of [0, 500])
      expect(outcome(await checkout(member, await plan(FREE), donation_cents))).toEqual([409, "already_subscribed"]);
  });

  test("ends a checkout that was open before, so that nobody pays it", async () => {
    const [member, paid, free] = await Promise.all([person("payment_pending"), plan(), plan(FREE)]);
    await checkout(member, paid);
    const { id } = await subscriptionOf(member);
    expect((await checkout(member, free)).body).toEqual(JOINED);
    expect(await openSessionsFor(id)).toEqual([]);
    expect((await subscriptionsOf(member)).map(({ status }) => status).sort()).toEqual(["active", "cancelled"]);
  });

  test("with a donation sells the donation alone, once, and the membership begins when it is paid", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan(FREE)]);
    const { body } = await checkout(member, plan_id, 500);
    expect((await checkout(member, plan_id, 500)).body.session_id).toBe(body.session_id);
    const session = await stripeApi.checkout.sessions.retrieve(body.session_id, { expand: ["line_items"] });
    expect(session).toMatchObject({ mode: "payment", amount_total: 500 });
    expect(session.line_items?.data.map(({ description }) => description)).toEqual(["Donation"]);
    expect(await statusOf(member)).toBe("payment_pending");
    await stripe.pay(body.session_id, { email: member.email });
    await vi.waitFor(async () => expect(await statusOf(member)).toBe("active"), { timeout: 10_000 });
    expect(await running(member)).toMatchObject([
      { base_subscription_cents: 0, donation_cents: 500, billing_cycle: "yearly", stripe_subscription_id: null },
    ]);
    expect(await paymentsOf(member)).toMatchObject([{ base_subscription_cents: 0, donation_cents: 500 }]);
    const [mail] = await untilMails(member.email);
    expect(mail?.text).not.toContain("$0.00");
    const { body: stats } = await get<SubscriptionStats>(
      "/api/admin/subscriptions/stats",
      await volunteer("subscriptions.stats"),
    );
    expect(stats.by_plan.find((each) => each.plan_id === plan_id)).toMatchObject({
      active: 1,
      monthly_recurring_donation_cents: 0,
    });
  });
});
