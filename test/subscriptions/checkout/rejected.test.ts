import { describe, expect, test } from "vitest";
import type { SubscriptionStats } from "../../../src/subscriptions/admin/figures-schemas.ts";
import { call, get, post } from "../../harness/client.ts";
import {
  type Attempt,
  checkout,
  inboxOf,
  startedCheckout,
  stripeApi,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { volunteer } from "../../harness/people.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { lettersTo, statusOf } from "../../harness/subscriptions.ts";

const clerk = await volunteer("users.reject", "users.approve", "subscriptions.stats", "settings.audit");
const LATE = "the checkout was cancelled before it was paid";

const reject = async ({ member }: Attempt) =>
  expect((await post(`/api/admin/users/${member.id}/reject`, { reason: "Because" }, clerk)).status).toBe(200);

/** Somebody who has completed their checkout, of which Stripe tells us nothing until it is let. */
async function paying(billing_cycle: string, later: boolean): Promise<Attempt & { began: string | null }> {
  const attempt = await startedCheckout({ columns: { billing_cycle, price_cents: 2000 }, donation_cents: 500 });
  const { member, subscription_id, session_id } = attempt;
  for (const match of [subscription_id, member.email]) await stripe.deliveryMode("manual", match);
  await stripe.pay(session_id, { email: member.email, later });
  const { subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
  return { ...attempt, began: typeof subscription === "string" ? subscription : null };
}

/** What Stripe has to tell of somebody's checkout, in the order in which it came to be. */
const events = async ({ member, subscription_id }: Attempt) => [
  ...new Set(
    [...(await stripe.deliveries(subscription_id)), ...(await stripe.deliveries(member.email))].map(
      ({ event_id }) => event_id,
    ),
  ),
];

const figures = async ({ plan_id }: Attempt) => {
  const { body } = await get<SubscriptionStats>("/api/admin/subscriptions/stats", clerk);
  const found = body.by_plan.find((each) => each.plan_id === plan_id);
  return (
    found && {
      members: [found.active, found.past_due, found.paused, found.pending, found.monthly_recurring_cents],
      happened: [found.new, found.renewed, found.lost],
      money: [found.dues.net_cents, found.donations.net_cents],
    }
  );
};

const reasonsOf = async (ids: string[]) => [
  ...new Set((await inboxOf(ids)).flatMap(({ status, reason }) => (status === "parked" ? [reason] : []))),
];

/** That the money is there, once, and nothing else has come of it. */
async function expectMoneyAlone(attempt: Attempt): Promise<void> {
  const { member, subscription_id } = attempt;
  expect(await subscriptionsOf(member)).toMatchObject([{ id: subscription_id, status: "cancelled" }]);
  expect(await statusOf(member)).toBe("rejected");
  expect(
    await sql("select base_subscription_cents, donation_cents from ledger where subscription_id = $1", [
      subscription_id,
    ]),
  ).toEqual([{ base_subscription_cents: 2000, donation_cents: 500 }]);
  expect(await figures(attempt)).toEqual({ members: [0, 0, 0, 0, 0], happened: [0, 0, 0], money: [2000, 500] });
  expect((await lettersTo(member)).map(({ template }) => template)).toEqual(["rejection"]);
}

const CASES = ["monthly", "lifetime"].flatMap((cycle) =>
  ["in order", "the last first"].map((order) => ({ cycle, order })),
);

describe.concurrent("whoever is rejected", () => {
  test.each(CASES)(
    "while a bank pays their $cycle dues is no member, and no figure has them as one, heard $order",
    async ({ cycle, order }) => {
      const attempt = await paying(cycle, true);
      await reject(attempt);
      await stripe.settle(attempt.session_id, true);
      const ids = await events(attempt);
      await stripe.deliver(order === "in order" ? ids : ids.toReversed());
      await expectMoneyAlone(attempt);
      expect(await reasonsOf(ids)).toEqual([LATE]);
      await stripe.deliver(ids);
      await expectMoneyAlone(attempt);
      expect(await reasonsOf(ids)).toEqual([LATE]);
      const told = await sql(
        `select data->>'reason' as reason from emails where user_id = $1 and data->>'stripe_id' = any(
        select stripe_payment_intent_id from payments where subscription_id = $2 union all select $3)`,
        [clerk.id, attempt.subscription_id, attempt.began],
      );
      expect(told).toEqual([{ reason: LATE }]);
      // Nothing is collected from them again.
      if (attempt.began)
        expect(await stripeApi.subscriptions.retrieve(attempt.began)).toMatchObject({ status: "canceled" });
    },
  );

  test.each(["monthly", "lifetime"])(
    "after they paid %s dues of which we had not heard is no member",
    async (cycle) => {
      const attempt = await paying(cycle, false);
      await reject(attempt);
      const ids = await events(attempt);
      await stripe.deliver(ids);
      await expectMoneyAlone(attempt);
      expect(await reasonsOf(ids)).toEqual([LATE]);

      const [payment] = await sql<{ stripe_payment_intent_id: string }>(
        "select stripe_payment_intent_id from payments where subscription_id = $1",
        [attempt.subscription_id],
      );
      const payment_intent = String(payment?.stripe_payment_intent_id);
      // Once all of it is given back, nothing is left to do.
      for (const { amount, reasons } of [
        { amount: 2400, reasons: [LATE] },
        { amount: 100, reasons: [] },
      ]) {
        await stripeApi.refunds.create({ payment_intent, amount });
        const all = await events(attempt);
        await stripe.deliver(all);
        expect(await reasonsOf(all)).toEqual(reasons);
      }
      expect(await figures(attempt)).toEqual({ members: [0, 0, 0, 0, 0], happened: [0, 0, 0], money: [0, 0] });
    },
  );

  test.each(["monthly", "lifetime"])("and whose bank does not pay %s dues after all leaves nothing", async (cycle) => {
    const attempt = await paying(cycle, true);
    await reject(attempt);
    await stripe.settle(attempt.session_id, false);
    const ids = await events(attempt);
    await stripe.deliver(ids);
    expect(await subscriptionsOf(attempt.member)).toMatchObject([{ status: "cancelled" }]);
    expect(await figures(attempt)).toMatchObject({ members: [0, 0, 0, 0, 0], happened: [0, 0, 0], money: [0, 0] });
    expect(await reasonsOf(ids)).toEqual([]);
  });

  test.each(["monthly", "lifetime"])(
    "and is approved after all begins anew: what came in for %s dues meanwhile is given back by hand",
    async (cycle) => {
      const attempt = await paying(cycle, true);
      const { member, plan_id } = attempt;
      await reject(attempt);
      await sql("update users set status = 'pending_validation' where id = $1", [member.id]);
      expect((await call("PUT", `/api/admin/users/${member.id}/approve`, clerk)).status).toBe(200);
      const again = await checkout(member, plan_id);
      expect(again.status).toBe(200);
      await stripe.settle(attempt.session_id, true);
      const late = await events(attempt);
      await stripe.deliver(late);
      expect(await reasonsOf(late)).toEqual([LATE]);
      expect(await statusOf(member)).toBe("payment_pending");

      const [, row] = await subscriptionsOf(member);
      await stripe.deliveryMode("manual", String(row?.id));
      await stripe.pay(again.body.session_id, { email: member.email });
      await stripe.deliver(await events({ ...attempt, subscription_id: String(row?.id) }));
      await stripe.deliver(late);
      expect(await subscriptionsOf(member)).toMatchObject([{ status: "cancelled" }, { status: "active" }]);
      expect(await statusOf(member)).toBe("active");
      expect(await figures(attempt)).toMatchObject({ happened: [1, 0, 0], money: [4000, 500] });
      expect((await lettersTo(member)).filter(({ template }) => template === "thank_you")).toHaveLength(1);
    },
  );
});
