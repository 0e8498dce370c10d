import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import { hear } from "../../harness/heard-member.ts";
import { checkout, pendingOf, startedCheckout, stripeApi, subscriptionsOf } from "../../harness/payments.ts";
import { plan } from "../../harness/plans.ts";
import { stripe } from "../../harness/platform.ts";
import { lettersTo, statusOf, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.cancel");

/** A first debit that the bank refused, and that Stripe will try again in some days. */
async function retried() {
  const attempt = await startedCheckout();
  for (const match of [attempt.member.email, attempt.subscription_id]) await stripe.deliveryMode("manual", match);
  await stripe.pay(attempt.session_id, { email: attempt.member.email, later: true });
  const { customer, subscription } = await stripeApi.checkout.sessions.retrieve(attempt.session_id);
  await stripe.deliveryMode("manual", String(customer));
  const settle = async (succeed: boolean, retry = false) => {
    await stripe.settle(attempt.session_id, succeed, retry);
    await hear(String(customer));
  };
  return { ...attempt, customer: String(customer), stripe_subscription_id: String(subscription), settle };
}

describe.concurrent("a first debit that the bank refused and will be asked for again", () => {
  test("is in nobody's way: the same or another wish ends it and can be paid with a card", async () => {
    for (const same of [true, false]) {
      const first = await retried();
      const plan_id = same ? first.plan_id : await plan();
      if (!same) expect(outcome(await checkout(first.member, plan_id))).toEqual([409, "payment_in_progress"]);
      await first.settle(false, true);
      const letters = await lettersTo(first.member);
      expect(letters).toMatchObject([{ template: "checkout_failed", data: { retried_at: expect.any(String) } }]);
      const { status, body } = await checkout(first.member, plan_id, 0);
      expect([status, body.session_id === first.session_id]).toEqual([200, false]);
      expect((await stripeApi.subscriptions.retrieve(first.stripe_subscription_id)).status).toBe("canceled");
      const { data } = await stripeApi.invoices.list({ subscription: first.stripe_subscription_id });
      expect(data.map((invoice) => invoice.status)).toEqual(["void"]);
      await hear(first.customer);
      expect(await lettersTo(first.member)).toHaveLength(1);
      await stripe.pay(body.session_id, { email: first.member.email });
      await hear(first.member.email);
      expect((await subscriptionsOf(first.member)).map((row) => row.status)).toEqual(["active"]);
    }
  });

  test("is not said to be on its way where our key may not void it", async () => {
    const first = await retried();
    await first.settle(false, true);
    const [invoice] = (await stripeApi.invoices.list({ subscription: first.stripe_subscription_id })).data;
    await stripe.fault({ mode: "status", status: 403, match: `/v1/invoices/${invoice?.id}/void` });
    expect(outcome(await checkout(first.member, first.plan_id, 0))).toEqual([503, "stripe_key_refused"]);
    expect((await stripeApi.subscriptions.retrieve(first.stripe_subscription_id)).status).not.toBe("canceled");
    expect((await checkout(first.member, first.plan_id, 0)).status).toBe(200);
  });

  test("still begins the membership if the bank pays in the end", async () => {
    const first = await retried();
    await first.settle(false, true);
    await stripe.advance(4, first.customer);
    await hear(first.customer);
    expect(await statusOf(first.member)).toBe("active");
  });

  test("can be canceled by a volunteer", async () => {
    const first = await retried();
    expect(outcome(await clerk.send("POST", `/${first.subscription_id}/cancel`, {}))).toEqual([
      409,
      "payment_in_progress",
    ]);
    await first.settle(false, true);
    const { id } = await pendingOf(first.member);
    expect((await clerk.send("POST", `/${id}/cancel`, {})).body.status).toBe("cancelled");
    expect((await stripeApi.subscriptions.retrieve(first.stripe_subscription_id)).status).toBe("canceled");
  });
});
