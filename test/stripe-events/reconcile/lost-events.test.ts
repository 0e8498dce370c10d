import { expect, test } from "vitest";
import { get } from "../../harness/client.ts";
import { ownPlatform } from "../../harness/own-platform.ts";

const HOURLY = "17 * * * *";
const PATIENT = { timeout: 60_000 };

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

async function reconcile(platform: Platform): Promise<Record<string, unknown>> {
  await platform.fire(HOURLY);
  return (await platform.lastRun("reconcile"))?.report ?? {};
}

const NOTHING_TO_DO = { repairs: [], concerns: [], unexplained: 0 };

test("refunds and disputes made in the dashboard are found without their events", PATIENT, async () => {
  const platform = await ownPlatform();
  const { stripe, stripeApi, sql, call } = platform;
  const treasurer = await platform.volunteer("donations.refund");
  const [payer, asked] = [await platform.payer(), await platform.payer()];
  const { body } = await call<{ session_id: string }>("POST", "/api/donations/checkout", {
    body: { amount_cents: 2500, donor_name: "Kim", donor_email: "kim@example.org" },
  });
  await stripe.pay(body.session_id, { email: "kim@example.org" });
  await reconcile(platform);
  const intents = await sql<{ user_id: string | null; id: string }>(
    "select user_id, stripe_payment_intent_id as id from payments",
  );
  const paidBy = (user_id: string | null) => intents.find((each) => each.user_id === user_id)?.id ?? "";
  const { id: refund_of_dues } = await stripeApi.refunds.create({ payment_intent: paidBy(payer.id), amount: 1500 });
  await stripeApi.refunds.create({ payment_intent: paidBy(null) });
  const { dispute: inquiry } = await stripe.dispute({ payment_intent: paidBy(asked.id), inquiry: true });
  await stripe.forgetEvents();

  const report = await reconcile(platform);
  expect(report).toMatchObject({ concerns: [], unexplained: 0 });
  expect(report.repairs).toHaveLength(3);
  expect(report.repairs).toContainEqual({
    kind: "money",
    object_id: paidBy(payer.id),
    before: { movements: 1, cents: 6500, reversals: null },
    after: { movements: 2, cents: 5000, reversals: "refund succeeded" },
  });
  expect(await sql("select status from donations")).toEqual([{ status: "refunded" }]);
  expect(
    await sql("select stripe_id, status from reversals where stripe_id in ($1, $2) order by 2", [
      refund_of_dues,
      inquiry,
    ]),
  ).toEqual([
    { stripe_id: refund_of_dues, status: "succeeded" },
    { stripe_id: inquiry, status: "warning_needs_response" },
  ]);
  expect(await sql("select data ->> 'stripe_id' as id from emails where user_id = $1", [treasurer.id])).toEqual([
    { id: inquiry },
  ]);
  expect(await reconcile(platform)).toMatchObject(NOTHING_TO_DO);
});

test(
  "a donation that was refunded in the dashboard is refunded here, also if its donor's subscription differs as well",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const { stripe, stripeApi, sql, call } = platform;
    const payer = await platform.payer();
    await reconcile(platform);
    const { body } = await call<{ session_id: string }>("POST", "/api/donations/checkout", {
      token: payer.token,
      body: { amount_cents: 2500 },
    });
    await stripe.pay(body.session_id);
    await reconcile(platform);
    const [donation] = await sql<{ id: string; status: string; payment_intent: string }>(
      "select id, status, stripe_payment_intent_id as payment_intent from donations",
    );
    expect(donation?.status).toBe("completed");
    const { customer } = await stripeApi.subscriptions.retrieve(payer.stripe_subscription_id);
    const payment_intent = donation?.payment_intent ?? "";
    expect((await stripeApi.paymentIntents.retrieve(payment_intent)).customer).toBe(customer);
    await stripeApi.refunds.create({ payment_intent });
    await stripeApi.subscriptions.update(payer.stripe_subscription_id, { cancel_at_period_end: true });
    await stripe.forgetEvents();

    const { concerns, repairs } = await reconcile(platform);
    expect(concerns).toEqual([]);
    expect(repairs).toMatchObject([
      { kind: "subscription", object_id: payer.stripe_subscription_id },
      { kind: "money", object_id: payment_intent, after: { movements: 2, cents: 0, reversals: "refund succeeded" } },
    ]);
    expect(await sql("select status from donations")).toEqual([{ status: "refunded" }]);
    const { token } = await platform.volunteer("donations.edit");
    const receipt = await call("POST", `/api/admin/donations/${donation?.id}/resend-receipt`, { token });
    expect(receipt.status).toBe(409);
    expect(await reconcile(platform)).toMatchObject(NOTHING_TO_DO);
  },
);

test("dues that were paid outside of Stripe are income of their own, and no money at Stripe", PATIENT, async () => {
  const platform = await ownPlatform();
  const { stripe, stripeApi, sql, url } = platform;
  const payer = await platform.payer({ billing_cycle: "monthly" });
  await reconcile(platform);
  const { stripe_subscription_id: subscription } = payer;
  await stripe.decline({ subscription }, true);
  await stripe.advance(32, subscription);
  const [open] = (await stripeApi.invoices.list({ subscription, status: "open" })).data;
  await stripeApi.invoices.pay(open?.id ?? "", { paid_out_of_band: true });
  await stripe.forgetEvents();

  expect(await reconcile(platform)).toMatchObject({ concerns: [], unexplained: 0 });
  expect(await platform.standingOf(payer)).toMatchObject({ subscription: "active", payments: 2, cents: 13000 });
  expect(await sql("select payment_method, stripe_invoice_id from payments order by paid_at desc limit 1")).toEqual([
    { payment_method: "outside_stripe", stripe_invoice_id: open?.id },
  ]);
  const { token } = await platform.volunteer("subscriptions.export", "donations.export");
  const lines = await get("/api/admin/ledger/export?payment_method=outside_stripe&from=2020-01-01&to=2100-01-01", {
    url,
    token,
  });
  expect(lines.text.split("\n").filter((line) => line.includes("outside_stripe"))).toHaveLength(2);
  expect(await reconcile(platform)).toMatchObject(NOTHING_TO_DO);
});

test("a debit is no money of ours until it arrives, nor when it fails", PATIENT, async () => {
  const platform = await ownPlatform();
  const { stripe, call } = platform;
  const give = async () => {
    const { body } = await call<{ session_id: string }>("POST", "/api/donations/checkout", {
      body: { amount_cents: 2500, donor_name: "Kim", donor_email: "kim@example.org" },
    });
    await stripe.pay(body.session_id, { later: true });
    return body.session_id;
  };
  const [fails, arrives] = [await give(), await give()];
  expect(await reconcile(platform)).toMatchObject({ concerns: [], days: [] });
  await stripe.settle(fails, false);
  await stripe.settle(arrives, true);
  const [today] = ((await reconcile(platform)).days ?? []) as object[];
  expect(today).toMatchObject({ ours_cents: 2500, stripe_cents: 2500, others_cents: 0, unmatched: [] });
});

test(
  "for a payment by one of our customers that is for nothing here, the report says what to do",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const { stripe, stripeApi } = platform;
    const payer = await platform.payer();
    await reconcile(platform);
    const { customer } = await stripeApi.subscriptions.retrieve(payer.stripe_subscription_id);
    const mug = { currency: "usd", unit_amount: 999, product_data: { name: "A mug" } };
    const { id } = await stripeApi.checkout.sessions.create({
      mode: "payment",
      customer: String(customer),
      success_url: "https://example.org/",
      line_items: [{ quantity: 1, price_data: mug }],
    });
    await stripe.pay(id);
    const report = await reconcile(platform);
    expect(report).toMatchObject({ repairs: [], unexplained: 1 });
    expect(report.concerns).toEqual([
      {
        kind: "day",
        object_id: expect.stringMatching(/^txn_/),
        reason: expect.stringContaining("Refund it, or record"),
      },
    ]);
  },
);
