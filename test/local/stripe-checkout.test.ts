import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe_url, stripe, control, typesOf } = await ownStripe();

const dues = {
  quantity: 1,
  price_data: {
    currency: "usd",
    unit_amount: 5000,
    product_data: { name: "Gold membership", description: "Dues for a year" },
    recurring: { interval: "year" },
  },
} satisfies Stripe.Checkout.SessionCreateParams.LineItem;

const donation = {
  quantity: 1,
  price_data: { currency: "usd", unit_amount: 1500, product_data: { name: "Donation <3" } },
} satisfies Stripe.Checkout.SessionCreateParams.LineItem;

const membership = {
  mode: "subscription",
  customer_email: "ann@example.org",
  client_reference_id: "member-1",
  line_items: [dues, donation],
  metadata: { attempt: "1" },
  subscription_data: { metadata: { subscription_id: "s-1" }, description: "Gold membership" },
  success_url: "http://app.test/paid?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://app.test/cancelled",
} satisfies Stripe.Checkout.SessionCreateParams;

const gift = {
  mode: "payment",
  line_items: [donation],
  success_url: "http://app.test/thanks",
  payment_intent_data: {
    description: "Donation to LOAF",
    metadata: { donation_id: "d-1" },
    receipt_email: "bob@example.org",
    statement_descriptor_suffix: "Donation",
  },
} satisfies Stripe.Checkout.SessionCreateParams;

/** Posts a form of the hosted page as a browser does, and does not follow where it leads. */
function submit(url: string | null, deed: string, fields: Record<string, string> = {}) {
  return fetch(`${url}/${deed}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

describe("a membership", () => {
  it("is paid through the form on the hosted page", async () => {
    const session = await stripe.checkout.sessions.create(membership);
    expect(session).toMatchObject({
      amount_total: 6500,
      client_reference_id: "member-1",
      customer: null,
      customer_email: "ann@example.org",
      metadata: { attempt: "1" },
      payment_status: "unpaid",
      status: "open",
      subscription: null,
    });
    const page = await fetch(session.url ?? "");
    const text = await page.text();
    expect(page.headers.get("content-type")).toContain("text/html");
    for (const shown of [
      "Gold membership",
      "Dues for a year",
      "Donation &lt;3",
      "$50.00",
      "$15.00",
      "$65.00",
      "Cancel",
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toMatch(/<script|https:/);

    const answer = await submit(session.url, "pay", { name: "Ann Example" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`http://app.test/paid?session=${session.id}`);

    const paid = await stripe.checkout.sessions.retrieve(session.id);
    expect(paid).toMatchObject({ payment_intent: null, payment_status: "paid", status: "complete", url: null });
    expect(paid.customer_details).toMatchObject({ email: "ann@example.org", name: "Ann Example" });
  });

  it("makes the customer, the subscription and a paid invoice with the donation beside the dues", async () => {
    const { id } = await stripe.checkout.sessions.create(membership);
    const { event_ids, redirect_url } = await control.pay(id);
    expect(redirect_url).toBe(`http://app.test/paid?session=${id}`);
    const { customer, subscription, invoice } = await stripe.checkout.sessions.retrieve(id);
    expect(await stripe.customers.retrieve(String(customer))).toMatchObject({ email: "ann@example.org" });

    const bought = await stripe.subscriptions.retrieve(String(subscription), {
      expand: ["items.data.price.product", "latest_invoice.payments"],
    });
    expect(bought).toMatchObject({
      customer,
      description: "Gold membership",
      latest_invoice: { id: invoice },
      metadata: { subscription_id: "s-1" },
      status: "active",
    });
    expect(bought.items.data).toHaveLength(1);
    const [item] = bought.items.data;
    expect(item?.price).toMatchObject({ product: { name: "Gold membership" }, unit_amount: 5000 });
    expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBeGreaterThanOrEqual(365 * 86400);

    const bill = await stripe.invoices.retrieve(String(invoice), { expand: ["payments.data.payment.payment_intent"] });
    expect(bill).toMatchObject({
      amount_paid: 6500,
      billing_reason: "subscription_create",
      parent: { subscription_details: { subscription, metadata: { subscription_id: "s-1" } } },
      status: "paid",
    });
    expect(bill.lines.data.map(({ amount, parent }) => [amount, parent?.type])).toEqual([
      [5000, "subscription_item_details"],
      [1500, "invoice_item_details"],
    ]);
    expect(bill.lines.data[0]?.parent?.subscription_item_details?.subscription_item).toBe(item?.id);
    expect(bill.payments?.data[0]).toMatchObject({
      amount_paid: 6500,
      payment: { payment_intent: { amount: 6500, status: "succeeded" } },
      status: "paid",
    });
    expect(await typesOf(event_ids)).toEqual([
      "customer.created",
      "payment_method.attached",
      "checkout.session.completed",
      "payment_intent.created",
      "payment_intent.succeeded",
      "charge.succeeded",
      "customer.subscription.created",
      "customer.updated",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
  });

  it("carries in each event the object as it was at that moment", async () => {
    const { id } = await stripe.checkout.sessions.create(membership);
    const { event_ids } = await control.pay(id);
    const events = await Promise.all(event_ids.map((event) => stripe.events.retrieve(event)));
    const statusIn = (type: string) => {
      const object = events.find((event) => event.type === type)?.data.object;
      return object && "status" in object ? object.status : undefined;
    };
    expect(statusIn("invoice.created")).toBe("draft");
    expect(statusIn("invoice.finalized")).toBe("open");
    expect(statusIn("invoice.paid")).toBe("paid");
    expect(statusIn("payment_intent.created")).toBe("requires_payment_method");
    expect(statusIn("payment_intent.succeeded")).toBe("succeeded");
    expect(statusIn("checkout.session.completed")).toBe("complete");
  });

  it("goes to the customer it was opened for", async () => {
    const customer = await stripe.customers.create({
      email: "cleo@example.org",
      name: "Cleo",
      metadata: { user_id: "u" },
    });
    const { customer_email: _, ...known } = membership;
    const session = await stripe.checkout.sessions.create({ ...known, customer: customer.id });
    expect(session.customer_details).toMatchObject({ email: "cleo@example.org", name: "Cleo" });
    await control.pay(session.id);
    const subscriptions = await stripe.subscriptions.list({ customer: customer.id });
    expect(subscriptions.data.map(({ status }) => status)).toEqual(["active"]);
  });
});

describe("a donation", () => {
  it("is paid by a guest, who types in the email address and becomes no customer", async () => {
    const session = await stripe.checkout.sessions.create(gift);
    expect((await submit(session.url, "pay", { email: "not an address" })).status).toBe(400);
    expect((await submit(session.url, "pay", { email: "bob@example.org" })).status).toBe(303);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent.latest_charge"] });
    expect(paid).toMatchObject({
      customer: null,
      customer_details: { email: "bob@example.org" },
      payment_status: "paid",
      payment_intent: {
        amount_received: 1500,
        description: "Donation to LOAF",
        latest_charge: {
          calculated_statement_descriptor: "LOAF* DONATION",
          paid: true,
          receipt_email: "bob@example.org",
        },
        metadata: { donation_id: "d-1" },
        status: "succeeded",
      },
    });
  });

  it("makes a customer where the session says so", async () => {
    const session = await stripe.checkout.sessions.create({ ...gift, customer_creation: "always" });
    const { event_ids } = await control.pay(session.id, { email: "dora@example.org" });
    const { customer } = await stripe.checkout.sessions.retrieve(session.id);
    expect(await stripe.customers.retrieve(String(customer))).toMatchObject({ email: "dora@example.org" });
    expect(await typesOf(event_ids)).toEqual([
      "customer.created",
      "checkout.session.completed",
      "payment_intent.created",
      "payment_intent.succeeded",
      "charge.succeeded",
    ]);
  });

  it("can be refunded in parts, and not beyond what was paid", async () => {
    const session = await stripe.checkout.sessions.create(gift);
    await control.pay(session.id);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    const refund = { payment_intent: String(payment_intent) };
    const first = await stripe.refunds.create({ ...refund, amount: 500 });
    await expect(stripe.refunds.create({ ...refund, amount: 1001 })).rejects.toMatchObject({ param: "amount" });
    await stripe.refunds.create(refund);
    await expect(stripe.refunds.create(refund)).rejects.toMatchObject({ code: "charge_already_refunded" });
    const charge = await stripe.charges.retrieve(String(first.charge), { expand: ["refunds"] });
    expect(charge).toMatchObject({ amount_refunded: 1500, refunded: true });
    expect(charge.refunds?.data.map(({ amount }) => amount)).toEqual([1000, 500]);
  });
});

describe("a session that is not paid", () => {
  it("stays open after a declined card, and a second try pays the same payment intent", async () => {
    const session = await stripe.checkout.sessions.create({ ...gift, customer_email: "eve@example.org" });
    const answer = await submit(session.url, "decline");
    expect(answer.status).toBe(402);
    expect(await answer.text()).toContain("Your card was declined.");
    const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(open).toMatchObject({
      payment_intent: { last_payment_error: { code: "card_declined" }, status: "requires_payment_method" },
      payment_status: "unpaid",
      status: "open",
    });
    await control.pay(session.id);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(paid.payment_intent).toMatchObject({ last_payment_error: null, status: "succeeded" });
    const [before, after] = [open.payment_intent, paid.payment_intent].map((it) =>
      typeof it === "object" ? it?.id : it,
    );
    expect(after).toBe(before);
  });

  it("leaves no subscription after a declined card", async () => {
    const session = await stripe.checkout.sessions.create(membership);
    const { event_ids } = await control.payDeclined(session.id);
    expect(await typesOf(event_ids)).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ customer: null, subscription: null });
    await control.pay(session.id);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
  });

  it("expires on request, once, and says so on its page", async () => {
    const session = await stripe.checkout.sessions.create(gift);
    expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: "expired", url: null });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(control.pay(session.id)).rejects.toThrow("409");
    const page = await fetch(session.url ?? "");
    expect(page.status).toBe(410);
    expect(await page.text()).toContain("has expired");
  });

  it("expires by itself when its time is over, and another session does not", async () => {
    const expires_at = Math.floor(Date.now() / 1000) + 3600;
    const [mine, other] = await Promise.all([
      stripe.checkout.sessions.create({ ...gift, expires_at, metadata: { mark: "mine-7" } }),
      stripe.checkout.sessions.create({ ...gift, expires_at }),
    ]);
    const { event_ids, moved } = await control.advance(1, "mine-7");
    expect(moved).toEqual([mine.id]);
    expect(await typesOf(event_ids)).toEqual(["checkout.session.expired"]);
    expect(await stripe.checkout.sessions.retrieve(other.id)).toMatchObject({ status: "open" });
  });

  it("offers the way back to cancel_url", async () => {
    const session = await stripe.checkout.sessions.create(membership);
    expect(await (await fetch(session.url ?? "")).text()).toContain('href="http://app.test/cancelled"');
  });
});

it("shows sessions, subscriptions and events on the index page", async () => {
  const session = await stripe.checkout.sessions.create(membership);
  await control.pay(session.id);
  const text = await (await fetch(stripe_url)).text();
  expect(text).toContain(`/checkout/${session.id}`);
  expect(text).toContain("checkout.session.completed");
  expect(text).toContain("active");
});

it("lets a customer end the membership with its period on the portal, and take that back", async () => {
  const session = await stripe.checkout.sessions.create(membership);
  await control.pay(session.id);
  const { customer, subscription } = await stripe.checkout.sessions.retrieve(session.id);
  const portal = await stripe.billingPortal.sessions.create({
    customer: String(customer),
    return_url: "http://app.test/account",
  });
  expect(await (await fetch(portal.url)).text()).toContain("Cancel at the end of the period");
  expect((await submit(portal.url, `${subscription}/cancel`)).status).toBe(303);
  const ending = await stripe.subscriptions.retrieve(String(subscription));
  expect(ending).toMatchObject({ cancel_at: ending.items.data[0]?.current_period_end, cancel_at_period_end: false });
  await submit(portal.url, `${subscription}/keep`);
  expect(await stripe.subscriptions.retrieve(String(subscription))).toMatchObject({ cancel_at: null });
});
