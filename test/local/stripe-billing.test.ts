import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { periodEnd } from "../../local/stripe/calendar.ts";
import { ownStripe } from "./own-stripe.ts";

const { stripe, control, eventsOf, typesOf } = await ownStripe();
let members = 0;

/** A membership of 30 days with a donation, just paid. `mark` is in its metadata, so that clocks can be moved for it alone. */
async function subscribed() {
  members += 1;
  const mark = `mark-${members}-of-the-billing-tests`;
  const line = (name: string, unit_amount: number) => ({
    quantity: 1,
    price_data: { currency: "usd", unit_amount, product_data: { name } },
  });
  const dues = line("Dues", 1000);
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer_email: `member-${members}@example.org`,
    line_items: [
      { ...dues, price_data: { ...dues.price_data, recurring: { interval: "day", interval_count: 30 } } },
      line("Donation", 500),
    ],
    subscription_data: { metadata: { mark } },
    success_url: "http://app.test/paid",
  });
  await control.pay(session.id);
  const { customer, subscription } = await stripe.checkout.sessions.retrieve(session.id);
  return { customer: String(customer), id: String(subscription), mark };
}

function periodOf({ items }: Stripe.Subscription): { start: number; end: number } {
  const [item] = items.data;
  return { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 };
}

describe("a renewal", () => {
  it("extends the period and is paid without the donation of the first invoice", async () => {
    const { id, mark } = await subscribed();
    const first = periodOf(await stripe.subscriptions.retrieve(id));
    const { event_ids } = await control.advance(32, mark);
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(periodOf(renewed).start).toBe(first.end);
    expect(periodOf(renewed).end).toBe(first.end + 30 * 86400);
    const invoice = renewed.latest_invoice;
    expect(invoice).toMatchObject({ amount_paid: 1000, billing_reason: "subscription_cycle", status: "paid" });
    expect(typeof invoice === "object" && invoice?.lines.data[0]?.period).toEqual(periodOf(renewed));
    expect(await typesOf(event_ids)).toEqual([
      "invoice.upcoming",
      "invoice.created",
      "customer.subscription.updated",
      "payment_intent.created",
      "invoice.finalized",
      "payment_intent.succeeded",
      "charge.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
  });

  it("comes once for each period that the clock passes, in order", async () => {
    const { id, mark } = await subscribed();
    await control.advance(100, mark);
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data.map(({ billing_reason }) => billing_reason)).toEqual([
      "subscription_cycle",
      "subscription_cycle",
      "subscription_cycle",
      "subscription_create",
    ]);
    const created = data.map((invoice) => invoice.created);
    expect(created).toEqual(created.toSorted((one, other) => other - one));
  });

  it("does not happen to others whose clock was not moved", async () => {
    const [mine, other] = [await subscribed(), await subscribed()];
    await control.advance(40, mine.mark);
    expect((await stripe.invoices.list({ subscription: mine.id })).data).toHaveLength(2);
    expect((await stripe.invoices.list({ subscription: other.id })).data).toHaveLength(1);
  });

  it("says what the period was before", async () => {
    const { id, mark } = await subscribed();
    const first = periodOf(await stripe.subscriptions.retrieve(id));
    const { event_ids } = await control.advance(32, mark);
    const updated = (await eventsOf(event_ids)).find(({ type }) => type === "customer.subscription.updated");
    expect(updated?.data.previous_attributes).toMatchObject({
      items: { data: [{ current_period_end: first.end }] },
    });
  });
});

describe("a renewal to come", () => {
  const announced = async (event_ids: string[]) =>
    (await eventsOf(event_ids)).filter(({ type }) => type === "invoice.upcoming");

  it("is told of seven days before, with an invoice that has no id", async () => {
    const { id, mark, customer } = await subscribed();
    const { start, end } = periodOf(await stripe.subscriptions.retrieve(id));
    expect(await announced((await control.advance(22, mark)).event_ids)).toEqual([]);
    const [event, ...others] = await announced((await control.advance(2, mark)).event_ids);
    expect(others).toEqual([]);
    expect(event?.data.object).not.toHaveProperty("id");
    expect(event?.data.object).toMatchObject({
      amount_due: 1000,
      billing_reason: "upcoming",
      customer,
      lines: { data: [{ amount: 1000, period: { start: end, end: end + 30 * 86400 } }] },
      next_payment_attempt: end,
      object: "invoice",
      parent: { subscription_details: { metadata: { mark }, subscription: id } },
      period_end: end,
      period_start: start,
      status: "draft",
    });
    expect(await announced((await control.advance(5, mark)).event_ids)).toEqual([]);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect(await announced((await control.advance(30, mark)).event_ids)).toHaveLength(1);
  });

  it("is not told of where there is none", async () => {
    const [ending, resting] = [await subscribed(), await subscribed()];
    await stripe.subscriptions.update(ending.id, { cancel_at_period_end: true });
    await stripe.subscriptions.update(resting.id, { pause_collection: { behavior: "void" } });
    for (const { mark } of [ending, resting]) {
      expect(await announced((await control.advance(29, mark)).event_ids)).toEqual([]);
    }
  });
});

describe("a subscription at rest", () => {
  it("is not billed, and begins a new period when it is resumed", async () => {
    const { id, mark } = await subscribed();
    const paused = await control.pause(id);
    expect(await typesOf(paused.event_ids)).toEqual(["customer.subscription.updated", "customer.subscription.paused"]);
    const before = await stripe.subscriptions.retrieve(id);
    expect(before.status).toBe("paused");
    await expect(control.pause(id)).rejects.toThrow("409");
    expect((await control.advance(70, mark)).event_ids).toEqual([]);
    expect((await stripe.subscriptions.list({ status: "paused" })).data.map((it) => it.id)).toContain(id);

    const resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
    expect(resumed.status).toBe("active");
    expect(periodOf(resumed).start).toBeGreaterThanOrEqual(periodOf(before).start + 70 * 86400);
    expect(periodOf(resumed).end).toBe(periodOf(resumed).start + 30 * 86400);
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data).toMatchObject([
      { amount_paid: 1000, billing_reason: "subscription_update", status: "paid" },
      { billing_reason: "subscription_create" },
    ]);
    const [event] = (await stripe.events.list({ type: "customer.subscription.resumed", limit: 1 })).data;
    expect(event?.data).toMatchObject({ object: { id, status: "active" }, previous_attributes: { status: "paused" } });
    await expect(stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it("goes on in the same period when its anchor stays", async () => {
    const { id, mark } = await subscribed();
    const before = periodOf(await stripe.subscriptions.retrieve(id));
    await control.pause(id);
    await control.advance(10, mark);
    const resumed = await stripe.subscriptions.resume(id, {
      billing_cycle_anchor: { type: "unchanged" },
      proration_behavior: "none",
    });
    expect(periodOf(resumed)).toEqual(before);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  });

  it("bills what is left of the period unless told not to, and stays at rest until that is paid", async () => {
    const { id, mark } = await subscribed();
    await control.pause(id);
    await control.advance(15, mark);
    const { status } = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
    expect(status).toBe("paused");
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ amount_due: 500, status: "open" });
    await control.payInvoice(invoice?.id ?? "");
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("is so after failed payments where the account asks for it, and its invoice can be paid or voided", async () => {
    for (const policy of ["pause_first_and_resume", "pause_final"] as const) {
      const { id, mark, customer } = await subscribed();
      await control.paymentFailures(policy, id);
      await control.decline({ customer }, true);
      await control.advance(policy === "pause_final" ? 50 : 31, mark);
      const paused = await stripe.subscriptions.retrieve(id);
      expect([paused.status, paused.status_details?.paused.subscription.type]).toEqual([
        "paused",
        policy === "pause_final" ? "final_payment_failure" : "first_payment_failure",
      ]);
      const [invoice] = (await stripe.invoices.list({ subscription: id, status: "open" })).data;
      if (policy === "pause_final") {
        await stripe.subscriptions.cancel(id);
        expect((await stripe.invoices.voidInvoice(invoice?.id ?? "")).status).toBe("void");
        await expect(control.payInvoice(invoice?.id ?? "")).rejects.toThrow("409");
        continue;
      }
      await control.payInvoice(invoice?.id ?? "");
      const { status, items } = await stripe.subscriptions.retrieve(id);
      expect([status, items.data[0]?.current_period_end]).toEqual(["active", invoice?.lines.data[0]?.period.end]);
    }
  });

  it("keeps its rhythm when its anchor stays and its period has passed", async () => {
    const { id, mark } = await subscribed();
    const before = periodOf(await stripe.subscriptions.retrieve(id));
    await control.pause(id);
    await control.advance(70, mark);
    const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
    expect(periodOf(resumed)).toEqual({ start: before.start + 60 * 86400, end: before.start + 90 * 86400 });
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
  });
});

it("books what a customer pays, and what goes back, at the time of that customer", async () => {
  const { customer, id, mark } = await subscribed();
  await control.advance(32, mark);
  const { end } = periodOf(await stripe.subscriptions.retrieve(id));
  const start = end - 30 * 86400;
  const [renewal] = (await stripe.charges.list({ customer, expand: ["data.balance_transaction"] })).data;
  expect(renewal?.balance_transaction).toMatchObject({ amount: 1000, created: start });
  const refund = await stripe.refunds.create({ charge: renewal?.id ?? "" });
  const [booked] = (await stripe.balanceTransactions.list({ source: refund.id, created: { gt: start } })).data;
  expect(booked).toMatchObject({ amount: -1000, type: "refund" });
  const { dispute } = await control.dispute({
    payment_intent: String((await stripe.charges.list({ customer })).data[1]?.payment_intent),
  });
  const since = { source: dispute, type: "adjustment", created: { gt: start, lt: end } };
  expect((await stripe.balanceTransactions.list(since)).data).toHaveLength(1);
});

it("shows what paid an invoice, and with which card, only where that is asked for", async () => {
  const { customer, id } = await subscribed();
  const [plain] = (await stripe.invoices.list({ customer })).data;
  expect(plain).not.toHaveProperty("payments");
  const [invoice] = (await stripe.invoices.list({ customer, expand: ["data.payments"] })).data;
  const [payment] = invoice?.payments?.data ?? [];
  expect(payment).toMatchObject({ amount_paid: 1500, payment: { type: "payment_intent" }, status: "paid" });
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(id, {
    expand: ["default_payment_method"],
  });
  expect(card).toMatchObject({ card: { last4: "4242" }, customer, type: "card" });
  expect(await stripe.paymentMethods.retrieve(typeof card === "object" ? (card?.id ?? "") : "")).toMatchObject({
    card: { exp_month: 12, exp_year: 2045 },
  });
});

describe("a card that is declined", () => {
  it("makes the subscription past due, and a later retry mends it", async () => {
    const { customer, id, mark } = await subscribed();
    await control.decline({ subscription: id }, true);
    const { event_ids } = await control.advance(32, mark);
    expect(await typesOf(event_ids)).toEqual(
      expect.arrayContaining(["charge.failed", "payment_intent.payment_failed", "invoice.payment_failed"]),
    );
    const late = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(late).toMatchObject({ latest_invoice: { attempt_count: 1, status: "open" }, status: "past_due" });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });

    await control.decline({ subscription: id }, false);
    const retried = await control.advance(3, mark);
    expect(await typesOf(retried.event_ids)).toEqual([
      "payment_intent.succeeded",
      "charge.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "customer.updated",
      "customer.subscription.updated",
    ]);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active" });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });
  });

  it("ends the subscription after the last retry", async () => {
    const { customer, id, mark } = await subscribed();
    await control.decline({ customer }, true);
    const { event_ids } = await control.advance(50, mark);
    const types = await typesOf(event_ids);
    expect(types.filter((type) => type === "invoice.payment_failed")).toHaveLength(4);
    expect(types.at(-1)).toBe("customer.subscription.deleted");
    const ended = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(ended).toMatchObject({
      cancellation_details: { reason: "payment_failed" },
      latest_invoice: { next_payment_attempt: null, status: "open" },
      status: "canceled",
    });
  });
});

describe("an ending", () => {
  it("ends at a moment in the middle of a period, unless that is taken back", async () => {
    const [ending, staying] = [await subscribed(), await subscribed()];
    const { start } = periodOf(await stripe.subscriptions.retrieve(ending.id));
    const moment = start + 45 * 86400;
    for (const { id } of [ending, staying])
      expect(await stripe.subscriptions.update(id, { cancel_at: moment })).toMatchObject({
        cancel_at: moment,
        cancel_at_period_end: false,
        cancellation_details: { reason: "cancellation_requested" },
        status: "active",
      });
    const kept = await stripe.subscriptions.update(staying.id, { cancel_at: "" });
    expect(kept).toMatchObject({ cancel_at: null, canceled_at: null, cancellation_details: { reason: null } });
    for (const { mark } of [ending, staying]) await control.advance(50, mark);
    const ended = await stripe.subscriptions.retrieve(ending.id);
    expect(ended).toMatchObject({ ended_at: moment, status: "canceled" });
    expect((await stripe.invoices.list({ subscription: ending.id })).data).toHaveLength(2);
    expect((await stripe.subscriptions.retrieve(staying.id)).status).toBe("active");
  });

  it("comes at the end of the period when it was asked for", async () => {
    const { id, mark } = await subscribed();
    const asked = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const { end } = periodOf(asked);
    expect(asked).toMatchObject({ cancel_at: end, cancel_at_period_end: true, status: "active" });
    const { event_ids } = await control.advance(32, mark);
    expect(await typesOf(event_ids)).toEqual(["customer.subscription.deleted"]);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ ended_at: end, status: "canceled" });
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  });

  it("can be at once, and only once", async () => {
    const { customer, id } = await subscribed();
    const ended = await stripe.subscriptions.cancel(id, { cancellation_details: { comment: "moved away" } });
    expect(ended).toMatchObject({
      cancellation_details: { comment: "moved away", reason: "cancellation_requested" },
      status: "canceled",
    });
    await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ code: "resource_missing", statusCode: 404 });
    await expect(stripe.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(await stripe.subscriptions.update(id, { metadata: { note: "kept" } })).toMatchObject({
      metadata: { note: "kept" },
    });
    expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
    expect((await stripe.subscriptions.list({ customer, status: "canceled" })).data).toHaveLength(1);
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
  });
});

describe("a pause", () => {
  it("voids the invoices that fall into it, and ends when it was to end", async () => {
    const { id, mark } = await subscribed();
    const { end } = periodOf(await stripe.subscriptions.retrieve(id));
    await stripe.subscriptions.update(id, { pause_collection: { behavior: "void", resumes_at: end + 5 * 86400 } });
    const { event_ids } = await control.advance(32, mark);
    expect(await typesOf(event_ids)).toContain("invoice.voided");
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      pause_collection: { behavior: "void" },
      status: "active",
    });
    await control.advance(6, mark);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ pause_collection: null });
  });

  it("ends when it is taken back", async () => {
    const { id } = await subscribed();
    await stripe.subscriptions.update(id, { pause_collection: { behavior: "keep_as_draft" } });
    expect(await stripe.subscriptions.update(id, { pause_collection: "" })).toMatchObject({ pause_collection: null });
  });
});

describe("the calendar", () => {
  const at = (date: string) => Date.parse(date) / 1000;

  it("keeps the day of the month, or takes the last one there is", () => {
    const monthly = { interval: "month", interval_count: 1 };
    const anchor = at("2027-01-31T10:00:00Z");
    const february = periodEnd(anchor, anchor, monthly);
    expect(february).toBe(at("2027-02-28T10:00:00Z"));
    expect(periodEnd(anchor, february, monthly)).toBe(at("2027-03-31T10:00:00Z"));
  });

  it("takes a leap day's anniversary on 28 February", () => {
    const leap = at("2028-02-29T00:00:00Z");
    expect(periodEnd(leap, leap, { interval: "year", interval_count: 1 })).toBe(at("2029-02-28T00:00:00Z"));
  });

  it("counts quarters as three months", () => {
    const start = at("2027-11-30T00:00:00Z");
    expect(periodEnd(start, start, { interval: "month", interval_count: 3 })).toBe(at("2028-02-29T00:00:00Z"));
  });
});
