import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe, control, eventsOf, typesOf } = await ownStripe();

/** A gift of 15 dollars that has been paid, by a customer of its own. */
async function paid(metadata: Record<string, string> = {}) {
  const { id: customer } = await stripe.customers.create({ email: "giver@example.org" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer,
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 1500, product_data: { name: "Donation" } } },
    ],
    payment_intent_data: { metadata },
    success_url: "http://app.test/thanks",
  });
  await control.pay(session.id);
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  if (payment_intent === null || typeof payment_intent === "string") throw new Error("the session has no intent");
  return {
    customer,
    session: session.id,
    payment_intent: payment_intent.id,
    charge: String(payment_intent.latest_charge),
  };
}

/** What stands on the balance for these objects, the oldest first. */
async function booked(...sources: string[]) {
  const lists = sources.map((source) => stripe.balanceTransactions.list({ source }));
  const bookings = (await Promise.all(lists)).flatMap(({ data }) => data.toReversed());
  return bookings.map(({ amount, fee, net, reporting_category, type }) => [type, reporting_category, amount, fee, net]);
}

describe("charges", () => {
  it("are listed by customer, by payment intent and by time, with all that belongs to them", async () => {
    const { customer, payment_intent, charge } = await paid();
    await paid();
    const refund = await stripe.refunds.create({ charge, amount: 400 });
    const expand = ["data.refunds", "data.balance_transaction", "data.payment_intent"];
    const mine = await stripe.charges.list({ customer, expand });
    expect(mine).toMatchObject({ has_more: false, url: "/v1/charges" });
    expect(mine.data).toMatchObject([
      {
        id: charge,
        amount_refunded: 400,
        balance_transaction: { amount: 1500, source: charge },
        payment_intent: { id: payment_intent },
        refunds: { data: [{ id: refund.id }] },
      },
    ]);
    expect((await stripe.charges.list({ payment_intent })).data.map(({ id }) => id)).toEqual([charge]);
    const { created } = await stripe.charges.retrieve(charge);
    expect((await stripe.charges.list({ customer, created: { lt: created } })).data).toEqual([]);
    expect((await stripe.charges.list({ customer, created: { lte: created } })).data).toHaveLength(1);
  });

  it("show their refunds only where they are asked for, up to four levels deep", async () => {
    const { charge, session } = await paid();
    await stripe.refunds.create({ charge });
    expect(await stripe.charges.retrieve(charge)).not.toHaveProperty("refunds");
    const expand = ["payment_intent.latest_charge.refunds.data"];
    await expect(stripe.checkout.sessions.retrieve(session, { expand })).rejects.toMatchObject({ param: "expand" });
    const shown = await stripe.checkout.sessions.retrieve(session, {
      expand: ["payment_intent.latest_charge.refunds"],
    });
    expect(shown.payment_intent).toMatchObject({ latest_charge: { refunds: { data: [{ amount: 1500 }] } } });
    const deeper = [`data.${expand[0]}`];
    await expect(stripe.checkout.sessions.list({ expand: deeper })).rejects.toThrow("more than 4 levels");
  });
});

describe("a dispute", () => {
  it("takes the money and a fee, and gives back the money when it is won", async () => {
    const { charge, payment_intent } = await paid();
    const { dispute, event_ids } = await control.dispute({ payment_intent });
    expect(await typesOf(event_ids)).toEqual(["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true, amount_refunded: 0 });
    const open = await stripe.disputes.retrieve(dispute, { expand: ["charge"] });
    expect(open).toMatchObject({
      amount: 1500,
      balance_transactions: [{ amount: -1500, fee: 1500, net: -3000, source: dispute }],
      charge: { id: charge },
      payment_intent,
      status: "needs_response",
    });
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_disputed" });
    await expect(control.dispute({ charge })).rejects.toThrow("409");

    const won = await control.closeDispute(dispute, "won");
    expect(await typesOf(won.event_ids)).toEqual(["charge.dispute.closed", "charge.dispute.funds_reinstated"]);
    const [closed] = await eventsOf(won.event_ids);
    expect(closed?.data).toMatchObject({
      object: { status: "won" },
      previous_attributes: { status: "needs_response" },
    });
    expect(await stripe.disputes.retrieve(dispute)).toMatchObject({
      balance_transactions: [{ amount: -1500 }, { amount: 1500, fee: 0 }],
      status: "won",
    });
    expect(await booked(charge, dispute)).toEqual([
      ["charge", "charge", 1500, 74, 1426],
      ["adjustment", "dispute", -1500, 1500, -3000],
      ["adjustment", "dispute_reversal", 1500, 0, 1500],
    ]);
    await expect(control.closeDispute(dispute, "lost")).rejects.toThrow("409");
  });

  it("keeps the money when it is lost", async () => {
    const { charge } = await paid();
    const { dispute } = await control.dispute({ charge, amount: 600 });
    const { event_ids } = await control.closeDispute(dispute, "lost");
    expect(await typesOf(event_ids)).toEqual(["charge.dispute.closed"]);
    expect(await booked(dispute)).toEqual([["adjustment", "dispute", -600, 1500, -2100]]);
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_disputed" });
  });

  it("that is only an inquiry moves no money and leaves room for a refund", async () => {
    const { charge } = await paid();
    const { dispute, event_ids } = await control.dispute({ charge, inquiry: true });
    expect(await typesOf(event_ids)).toEqual(["charge.dispute.created"]);
    expect(await stripe.disputes.retrieve(dispute)).toMatchObject({
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: "inquiry" } },
      status: "warning_needs_response",
    });
    await stripe.refunds.create({ charge });
    await expect(control.closeDispute(dispute, "won")).rejects.toThrow("409");
    expect(await typesOf((await control.closeDispute(dispute, "warning_closed")).event_ids)).toEqual([
      "charge.dispute.closed",
    ]);
    expect(await booked(dispute)).toEqual([]);
  });

  it("is found by its charge, its payment intent and its time", async () => {
    const { charge, payment_intent } = await paid();
    const { dispute } = await control.dispute({ charge });
    const ids = async (filter: Stripe.DisputeListParams) =>
      (await stripe.disputes.list(filter)).data.map(({ id }) => id);
    expect(await ids({ charge })).toEqual([dispute]);
    expect(await ids({ payment_intent })).toEqual([dispute]);
    const { created } = await stripe.disputes.retrieve(dispute);
    expect(await ids({ charge, created: { gt: created } })).toEqual([]);
    expect(await ids({ charge, created: { gte: created } })).toEqual([dispute]);
  });
});

describe("a refund", () => {
  it("tells when what is known of it changes", async () => {
    const { charge } = await paid();
    const { id } = await stripe.refunds.create({ charge, metadata: { note: "one" } });
    await stripe.refunds.update(id, { metadata: { refund_id: "r-1", note: "" } });
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ metadata: { refund_id: "r-1" } });
    const { data } = await stripe.events.list({ type: "refund.updated", limit: 1 });
    expect(data[0]?.data).toMatchObject({
      object: { id, metadata: { refund_id: "r-1" } },
      previous_attributes: { metadata: { note: "one", refund_id: null } },
    });
  });

  it("that fails leaves the charge as if it had not been refunded, and the money on the balance", async () => {
    const { charge } = await paid();
    const { id } = await stripe.refunds.create({ charge });
    const { event_ids } = await control.failRefund(id);
    expect(await typesOf(event_ids)).toEqual(["refund.updated", "refund.failed", "charge.refund.updated"]);
    const [updated] = await eventsOf(event_ids);
    expect(updated?.data.previous_attributes).toEqual({
      failure_balance_transaction: null,
      failure_reason: null,
      status: "succeeded",
    });
    expect(await stripe.refunds.retrieve(id, { expand: ["failure_balance_transaction"] })).toMatchObject({
      failure_balance_transaction: { amount: 1500, type: "refund_failure" },
      failure_reason: "expired_or_canceled_card",
      status: "failed",
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await booked(id)).toEqual([
      ["refund", "refund", -1500, 0, -1500],
      ["refund_failure", "refund_failure", 1500, 0, 1500],
    ]);
    await expect(control.failRefund(id)).rejects.toThrow("409");
    expect(await stripe.refunds.create({ charge })).toMatchObject({ status: "succeeded" });
  });

  it("can be pending first, and then goes through or fails", async () => {
    await control.refundMode("pending", "slow-gift");
    const { charge } = await paid({ mark: "slow-gift" });
    const [first, second] = [
      await stripe.refunds.create({ charge, amount: 500 }),
      await stripe.refunds.create({ charge, amount: 300 }),
    ];
    expect(first).toMatchObject({
      balance_transaction: null,
      pending_reason: "insufficient_funds",
      status: "pending",
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 800 });

    expect(await typesOf((await control.settleRefund(first.id)).event_ids)).toEqual(["refund.updated"]);
    const settled = await stripe.refunds.retrieve(first.id);
    expect(settled.status).toBe("succeeded");
    expect(settled).not.toHaveProperty("pending_reason");
    await control.failRefund(second.id);
    expect(await stripe.refunds.retrieve(second.id)).not.toHaveProperty("failure_balance_transaction");
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 500 });
    expect(await booked(first.id, second.id)).toEqual([["refund", "refund", -500, 0, -500]]);
    await expect(control.settleRefund(first.id)).rejects.toThrow("409");
  });

  it("is pending only for those whom the rule is for", async () => {
    await control.refundMode("pending", "another-gift");
    const { charge } = await paid();
    expect(await stripe.refunds.create({ charge, amount: 500 })).toMatchObject({ status: "succeeded" });
    await control.refundMode("pending", charge);
    expect(await stripe.refunds.create({ charge, amount: 500 })).toMatchObject({ status: "pending" });
    await control.refundMode("succeed", charge);
    await control.refundMode("pending");
    expect(await stripe.refunds.create({ charge, amount: 500 })).toMatchObject({ status: "succeeded" });
    const other = await paid();
    expect(await stripe.refunds.create({ charge: other.charge })).toMatchObject({ status: "pending" });
    await control.refundMode("succeed");
  });
});
