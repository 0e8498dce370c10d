import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe, control, typesOf } = await ownStripe();

/** A member who pays every month. */
async function member() {
  const { id: customer } = await stripe.customers.create({ email: "ann@example.org", name: "Ann Example" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 1000,
          product_data: { name: "Dues" },
          recurring: { interval: "month" },
        },
      },
    ],
    success_url: "http://app.test/paid",
  });
  await control.pay(session.id);
  const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
  return { customer, subscription: String(subscription) };
}

/** The card a subscription is paid with. */
async function cardOf(subscription: string): Promise<Stripe.PaymentMethod | null> {
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(subscription, {
    expand: ["default_payment_method"],
  });
  return typeof card === "string" ? null : card;
}

describe("a customer who is deleted", () => {
  it("has no subscription any more, and what they paid stays", async () => {
    const { customer, subscription } = await member();
    expect(await stripe.customers.del(customer)).toMatchObject({ id: customer, object: "customer", deleted: true });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ id: customer, deleted: true });
    expect(await stripe.subscriptions.retrieve(subscription, { expand: ["customer"] })).toMatchObject({
      customer: { deleted: true },
      status: "canceled",
    });
    const [charge] = (await stripe.charges.list({ customer })).data;
    expect(charge).toMatchObject({ amount: 1000, paid: true });
    expect(await stripe.refunds.create({ charge: charge?.id ?? "" })).toMatchObject({ status: "succeeded" });
    const { data } = await stripe.events.list({ types: ["customer.deleted", "customer.subscription.deleted"] });
    expect(data.slice(0, 2).map(({ type, data: { object } }) => [type, "id" in object && object.id])).toEqual([
      ["customer.deleted", customer],
      ["customer.subscription.deleted", subscription],
    ]);
  });

  it("cannot be changed, deleted again, sent to the portal or charged", async () => {
    const { id: customer } = await stripe.customers.create({ email: "gone@example.org" });
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      customer,
      line_items: [
        { quantity: 1, price_data: { currency: "usd", unit_amount: 1500, product_data: { name: "Donation" } } },
      ],
      success_url: "http://app.test/thanks",
    });
    await stripe.customers.del(customer);
    const missing = { code: "resource_missing" };
    await expect(stripe.customers.update(customer, { name: "Ann" })).rejects.toMatchObject(missing);
    await expect(stripe.customers.del(customer)).rejects.toMatchObject(missing);
    await expect(stripe.billingPortal.sessions.create({ customer })).rejects.toMatchObject(missing);
    await expect(control.pay(session.id)).rejects.toThrow("409");
    expect((await stripe.customers.list({ email: "gone@example.org" })).data).toEqual([]);
  });
});

describe("a saved card", () => {
  it("is renewed by its bank, who tells", async () => {
    const { customer, subscription } = await member();
    const { payment_method, event_ids } = await control.updateCard(customer, { exp_month: 3, exp_year: 2031 });
    expect(await typesOf(event_ids)).toEqual(["payment_method.automatically_updated"]);
    const { data } = await stripe.events.retrieve(event_ids[0] ?? "");
    expect(data).toMatchObject({
      object: { id: payment_method, card: { exp_month: 3, exp_year: 2031, last4: "4242" }, customer },
      previous_attributes: { card: { exp_month: 12, exp_year: 2045 } },
    });
    expect(await cardOf(subscription)).toMatchObject({ id: payment_method, card: { exp_year: 2031 } });
    await expect(control.updateCard(customer, { exp_month: 13 })).rejects.toThrow("400");
    const { id: poor } = await stripe.customers.create({});
    await expect(control.updateCard(poor, { last4: "1111" })).rejects.toThrow("409");
  });
});

describe("the portal", () => {
  /** Posts a form of it as a browser does, and shows the page that follows. */
  async function submit(url: string, path: string, fields: Record<string, string> = {}): Promise<string> {
    const answer = await fetch(`${url}/${path}`, { method: "POST", body: new URLSearchParams(fields) });
    expect(answer.status).toBe(200);
    return answer.text();
  }

  it("lets a customer enter a card, which becomes the default, and leaves the subscription with its own", async () => {
    const { customer, subscription } = await member();
    const { url } = await stripe.billingPortal.sessions.create({ customer, return_url: "http://app.test/account" });
    expect(await (await fetch(url)).text()).toContain("card ending in 4242, valid until 12/2045");
    expect(await submit(url, "card", { card: "declined" })).toContain("The default is the card ending in 0002.");
    expect(await cardOf(subscription)).toMatchObject({ card: { last4: "4242" }, customer });
    expect(
      await stripe.customers.retrieve(customer, { expand: ["invoice_settings.default_payment_method"] }),
    ).toMatchObject({ invoice_settings: { default_payment_method: { card: { last4: "0002" } } } });
    const [changed] = (await stripe.events.list({ type: "customer.updated", limit: 1 })).data;
    expect(changed?.data).toMatchObject({
      object: { id: customer },
      previous_attributes: { invoice_settings: { default_payment_method: null } },
    });
    await control.advance(32, subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
  });

  it("charges the default once the subscription has it, or has no card of its own", async () => {
    const { customer, subscription } = await member();
    const { url } = await stripe.billingPortal.sessions.create({ customer });
    const enter = async (card: "accepted" | "declined") => {
      await submit(url, "card", { card });
      const known = await stripe.customers.retrieve(customer);
      return known.deleted ? "" : String(known.invoice_settings.default_payment_method);
    };
    await stripe.subscriptions.update(subscription, { default_payment_method: await enter("declined") });
    await control.advance(32, subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "past_due" });
    await enter("accepted");
    await control.advance(3, subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "past_due" });
    await stripe.subscriptions.update(subscription, { default_payment_method: "" });
    await control.advance(5, subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
  });

  it("lets a customer end the subscription with its period, and take that back", async () => {
    const { customer, subscription } = await member();
    const { url } = await stripe.billingPortal.sessions.create({ customer });
    expect(await submit(url, `${subscription}/cancel`)).toContain("Do not cancel");
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
      cancel_at: expect.any(Number),
      cancel_at_period_end: false,
    });
    expect(await submit(url, `${subscription}/keep`)).toContain("Cancel at the end of the period");
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ cancel_at: null });
    const other = await member();
    expect((await fetch(`${url}/${other.subscription}/cancel`, { method: "POST" })).status).toBe(404);
  });
});
