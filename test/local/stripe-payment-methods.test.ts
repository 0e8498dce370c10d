import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe, control, typesOf } = await ownStripe();

const line = {
  quantity: 1,
  price_data: { currency: "usd", unit_amount: 5000, product_data: { name: "Dues" } },
} satisfies Stripe.Checkout.SessionCreateParams.LineItem;

const gift = {
  mode: "payment",
  customer_email: "ann@example.org",
  line_items: [line],
  success_url: "http://app.test/thanks",
} satisfies Stripe.Checkout.SessionCreateParams;

const membership = {
  ...gift,
  mode: "subscription",
  line_items: [{ ...line, price_data: { ...line.price_data, recurring: { interval: "month" } } }],
} satisfies Stripe.Checkout.SessionCreateParams;

const intentOf = async (session: string) =>
  (await stripe.checkout.sessions.retrieve(session, { expand: ["payment_intent.latest_charge"] })).payment_intent;

/** Posts a form of a hosted page as a browser does, and does not follow where it leads. */
function submit(url: string, fields: Record<string, string> = {}) {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

describe("a gift by bank account", () => {
  it("is complete at once and paid when the bank says so", async () => {
    const { id } = await stripe.checkout.sessions.create(gift);
    const { event_ids, redirect_url } = await control.pay(id, { later: true });
    expect(redirect_url).toBe("http://app.test/thanks");
    expect(await typesOf(event_ids)).toEqual([
      "checkout.session.completed",
      "payment_intent.created",
      "payment_intent.processing",
      "charge.pending",
    ]);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "unpaid", status: "complete" });
    const waiting = await intentOf(id);
    expect(waiting).toMatchObject({
      amount_received: 0,
      latest_charge: {
        balance_transaction: expect.stringMatching(/^txn_/),
        paid: false,
        payment_method_details: { type: "us_bank_account", us_bank_account: { last4: "6789" } },
        status: "pending",
      },
      status: "processing",
    });
    const charge = typeof waiting === "object" ? waiting?.latest_charge : null;
    const charge_id = typeof charge === "object" ? (charge?.id ?? "") : "";
    await expect(stripe.refunds.create({ charge: charge_id })).rejects.toMatchObject({ statusCode: 400 });

    const settled = await control.settle(id, true);
    expect(await typesOf(settled.event_ids)).toEqual([
      "checkout.session.async_payment_succeeded",
      "payment_intent.succeeded",
      "charge.succeeded",
    ]);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "paid" });
    expect(await intentOf(id)).toMatchObject({
      amount_received: 5000,
      latest_charge: { id: charge_id, paid: true, status: "succeeded" },
      status: "succeeded",
    });
    const booked = await stripe.balanceTransactions.list({ source: charge_id });
    expect(booked.data).toMatchObject([{ amount: 5000, fee: 40, reporting_category: "charge", type: "payment" }]);
    await expect(control.settle(id, true)).rejects.toThrow("409");
  });

  it("stays unpaid when the bank refuses", async () => {
    const { id } = await stripe.checkout.sessions.create(gift);
    await control.pay(id, { later: true });
    const { event_ids } = await control.settle(id, false);
    expect(await typesOf(event_ids)).toEqual([
      "checkout.session.async_payment_failed",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "unpaid", status: "complete" });
    expect(await intentOf(id)).toMatchObject({
      last_payment_error: { payment_method: { type: "us_bank_account" } },
      latest_charge: { failure_code: "insufficient_funds", paid: false, status: "failed" },
      status: "requires_payment_method",
    });
    await expect(control.settle(id, true)).rejects.toThrow("409");
  });

  it("is refused where the session takes cards only", async () => {
    const { id, url, payment_method_types } = await stripe.checkout.sessions.create({
      ...gift,
      allowed_payment_method_types: ["card"],
    });
    expect(payment_method_types).toEqual(["card"]);
    await expect(control.pay(id, { later: true })).rejects.toThrow("409");
    expect(await (await fetch(url ?? "")).text()).not.toContain("bank account");
    await expect(control.settle(id, true)).rejects.toThrow("409");
  });
});

describe("a membership by bank account", () => {
  async function joined() {
    const { id } = await stripe.checkout.sessions.create(membership);
    const { event_ids } = await control.pay(id, { later: true });
    const { subscription, invoice } = await stripe.checkout.sessions.retrieve(id);
    return { session: id, event_ids, subscription: String(subscription), invoice: String(invoice) };
  }

  it("is active at once, with an invoice that stays open until the bank pays", async () => {
    const { session, subscription, invoice, event_ids } = await joined();
    expect(await typesOf(event_ids)).not.toContain("invoice.paid");
    expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({ payment_status: "unpaid" });
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
    const expand = ["payments.data.payment.payment_intent"];
    expect(await stripe.invoices.retrieve(invoice, { expand })).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: null,
      payments: { data: [{ payment: { payment_intent: { status: "processing" } }, status: "open" }] },
      status: "open",
    });
    const settled = await control.settle(session, true);
    expect(await typesOf(settled.event_ids)).toEqual([
      "checkout.session.async_payment_succeeded",
      "payment_intent.succeeded",
      "charge.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_paid: 5000, status: "paid" });
    expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({ payment_status: "paid" });
  });

  it("stays active when the bank refuses, and its invoice is voided", async () => {
    const { session, subscription, invoice } = await joined();
    const { event_ids } = await control.settle(session, false);
    expect(await typesOf(event_ids)).toEqual([
      "checkout.session.async_payment_failed",
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.payment_failed",
      "payment_intent.canceled",
      "invoice.voided",
    ]);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
    expect(await stripe.invoices.retrieve(invoice, { expand: ["payments"] })).toMatchObject({
      amount_paid: 0,
      payments: { data: [{ status: "canceled" }] },
      status: "void",
    });
  });

  it("renews from the bank account", async () => {
    const { session, subscription } = await joined();
    await control.settle(session, true);
    await control.advance(32, subscription);
    const { data } = await stripe.invoices.list({ subscription });
    expect(data.map(({ status }) => status)).toEqual(["paid", "paid"]);
  });
});

describe("a card that asks for authentication", () => {
  it("pays once its holder has authenticated on the hosted page", async () => {
    const { id, url } = await stripe.checkout.sessions.create(membership);
    const asked = await submit(`${url}/authenticate`, { name: "Ann Example" });
    expect(asked.status).toBe(303);
    const step = asked.headers.get("location") ?? "";
    const text = await (await fetch(step)).text();
    expect(text).toContain("Confirm your payment");
    expect(text).toContain("$50.00");
    const { data } = await stripe.events.list({ type: "payment_intent.requires_action", limit: 1 });
    expect(data[0]?.data.object).toMatchObject({
      next_action: { redirect_to_url: { url: step }, type: "redirect_to_url" },
      status: "requires_action",
    });

    const done = await submit(`${step}/complete`);
    expect([done.status, done.headers.get("location")]).toEqual([303, "http://app.test/thanks"]);
    const paid = await stripe.checkout.sessions.retrieve(id, { expand: ["subscription.default_payment_method"] });
    expect(paid).toMatchObject({
      customer_details: { name: "Ann Example" },
      payment_status: "paid",
      subscription: { default_payment_method: { card: { last4: "3220" } }, status: "active" },
    });
    const [charge] = (await stripe.charges.list({ customer: String(paid.customer) })).data;
    expect(charge?.payment_method_details?.card?.three_d_secure).toMatchObject({ result: "authenticated" });
    expect((await submit(`${step}/complete`)).headers.get("location")).toBe(`/checkout/${id}`);
  });

  it("leaves the session open when that fails, and another try pays the same payment intent", async () => {
    const { id, url } = await stripe.checkout.sessions.create(gift);
    await submit(`${url}/authenticate`);
    const failed = await submit(`${url}/authentication/fail`);
    expect(failed.status).toBe(402);
    expect(await failed.text()).toContain("unable to authenticate");
    const open = await intentOf(id);
    expect(open).toMatchObject({
      last_payment_error: { code: "payment_intent_authentication_failure" },
      latest_charge: null,
      next_action: null,
      status: "requires_payment_method",
    });
    await control.pay(id);
    const paid = await intentOf(id);
    expect([typeof paid === "object" && paid?.id, typeof paid === "object" && paid?.status]).toEqual([
      typeof open === "object" && open?.id,
      "succeeded",
    ]);
  });

  it("can be had from a test", async () => {
    const [first, second] = [await stripe.checkout.sessions.create(gift), await stripe.checkout.sessions.create(gift)];
    const failed = await control.payUnauthenticated(first.id);
    expect(await typesOf(failed.event_ids)).toEqual([
      "payment_intent.created",
      "payment_intent.requires_action",
      "payment_intent.payment_failed",
    ]);
    expect(await stripe.checkout.sessions.retrieve(first.id)).toMatchObject({ status: "open" });
    const passed = await control.pay(second.id, { three_d_secure: "complete" });
    expect(await typesOf(passed.event_ids)).toEqual([
      "checkout.session.completed",
      "payment_intent.created",
      "payment_intent.requires_action",
      "payment_intent.succeeded",
      "charge.succeeded",
    ]);
  });
});

it("lets a person answer for the bank on the hosted page", async () => {
  const { id, url } = await stripe.checkout.sessions.create(gift);
  expect((await submit(`${url}/later`)).status).toBe(303);
  expect(await (await fetch(url ?? "")).text()).toContain("Reject the bank payment");
  expect((await submit(`${url}/bank/pays`)).status).toBe(303);
  expect(await (await fetch(url ?? "")).text()).toContain("It has been paid");
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "paid" });
});
