import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { post } from "../../harness/client.ts";
import { startedDonation } from "../../harness/donations.ts";
import { deliver, hear, heardMember as member } from "../../harness/heard-member.ts";
import {
  checkout,
  DAY,
  eventOf,
  inboxOf,
  inPortal,
  type PaidCheckout,
  paidCheckout,
  payUnheard,
  signedEvent,
  startedCheckout,
  stripeApi,
  subscribed,
  subscriptionOf,
} from "../../harness/payments.ts";
import { person, volunteer } from "../../harness/people.ts";
import { database, sql, startWorker, stripe } from "../../harness/platform.ts";

/** Delivers all of it once more, the last first. */
const hearAgain = async (match: string) => deliver((await stripe.deliveries(match)).toReversed());

const statusOf = async ({ member: { id } }: PaidCheckout) =>
  (await sql<{ status: string }>("select status from users where id = $1", [id]))[0]?.status;
const mailsOf = async ({ member: { id } }: PaidCheckout) =>
  (await sql<{ template: string }>("select template from emails where user_id = $1 order by queue_number", [id])).map(
    ({ template }) => template,
  );
const mailedTo = async (email: string) =>
  (
    await sql<{ template: string }>("select template from emails where to_email = $1 order by queue_number", [email])
  ).map(({ template }) => template);
const ledgerOf = ({ subscription_id }: PaidCheckout) =>
  sql(
    "select kind, base_subscription_cents as dues, donation_cents as donation from ledger where subscription_id = $1 order by occurred_at, kind",
    [subscription_id],
  );
const intentOf = async ({ subscription_id }: PaidCheckout) => {
  const [paid] = await sql<{ intent: string }>(
    "select stripe_payment_intent_id as intent from payments where subscription_id = $1 order by paid_at limit 1",
    [subscription_id],
  );
  return paid?.intent ?? "";
};

describe.concurrent("dues that cannot be collected", () => {
  test("leave the member active for the grace, then past due is mended by the next payment", async () => {
    const paid = await member();
    const before = await subscriptionOf(paid.member);
    await stripe.decline({ customer: paid.customer }, true);
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    const [late] = await sql("select status, current_term_end, grace_ends_at from subscriptions where id = $1", [
      paid.subscription_id,
    ]);
    expect(late).toEqual({
      status: "past_due",
      current_term_end: before.current_term_end,
      grace_ends_at: new Date((before.current_term_end?.getTime() ?? 0) + 14 * 86_400_000),
    });
    expect(await statusOf(paid)).toBe("active");
    expect(await mailsOf(paid)).toEqual(["thank_you", "payment_failed"]);

    await stripe.decline({ customer: paid.customer }, false);
    await stripe.advance(4, paid.customer);
    await hear(paid.customer);
    expect(await sql("select status, grace_ends_at from subscriptions where id = $1", [paid.subscription_id])).toEqual([
      { status: "active", grace_ends_at: null },
    ]);
    expect(await mailsOf(paid)).toEqual(["thank_you", "payment_failed", "payment_receipt"]);
    expect(await ledgerOf(paid)).toEqual([
      { kind: "payment", dues: 2000, donation: 500 },
      { kind: "payment", dues: 2000, donation: 500 },
    ]);
  });

  test("end the subscription once Stripe gives up, and the membership with it", async () => {
    const paid = await member();
    await stripe.decline({ customer: paid.customer }, true);
    for (const days of [32, 4, 6, 8]) await stripe.advance(days, paid.customer);
    await hear(paid.customer);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "expired" });
    expect(await statusOf(paid)).toBe("inactive");
    expect(await mailsOf(paid)).toEqual(["thank_you", "membership_ended"]);
  });

  test("never take a superadmin's powers", async () => {
    const paid = await member();
    await sql(
      "insert into user_role_assignments (user_id, role_id) select $1, id from roles where code = 'superadmin'",
      [paid.member.id],
    );
    await stripeApi.subscriptions.cancel(paid.stripe_subscription_id);
    await hear(paid.stripe_subscription_id);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "cancelled" });
    expect(await statusOf(paid)).toBe("active");
  });
});

test("dues that a bank does not pay after all end the subscription at Stripe, and can be paid anew", async () => {
  const first = await startedCheckout({ columns: { billing_cycle: "monthly", price_cents: 2000 } });
  await stripe.deliveryMode("manual", first.subscription_id);
  await stripe.deliveryMode("manual", first.member.email);
  await stripe.pay(first.session_id, { email: first.member.email, later: true });
  const { customer, subscription } = await stripeApi.checkout.sessions.retrieve(first.session_id);
  await stripe.settle(first.session_id, false);
  await hear(String(customer));
  expect(await stripeApi.subscriptions.retrieve(String(subscription))).toMatchObject({ status: "canceled" });
  await hearAgain(first.subscription_id);
  expect(await mailedTo(first.member.email)).toEqual(["checkout_failed"]);

  const again = await checkout(first.member, first.plan_id);
  expect(again.status).toBe(200);
  expect(again.body.session_id).not.toBe(first.session_id);
  await payUnheard({ ...first, session_id: again.body.session_id });
  await hear(first.subscription_id);
  const [row] = await sql("select status from users where id = $1", [first.member.id]);
  expect(row).toEqual({ status: "active" });
  expect(await sql("select from payments where user_id = $1", [first.member.id])).toHaveLength(1);
});

test("dues that a bank does not pay after all are told of, also when their subscription was ended before we heard", async () => {
  const { member, subscription_id, session_id } = await startedCheckout({ columns: { billing_cycle: "monthly" } });
  await stripe.deliveryMode("manual", subscription_id);
  await stripe.deliveryMode("manual", member.email);
  await stripe.pay(session_id, { email: member.email, later: true });
  await stripe.settle(session_id, false);
  const { subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
  await stripeApi.subscriptions.cancel(String(subscription));
  await hear(subscription_id);
  expect(await mailedTo(member.email)).toEqual(["checkout_failed"]);
});

test("a term or a donation that a bank does not pay after all is told, once, to whoever was to pay it", async () => {
  const term = await startedCheckout({ columns: { billing_cycle: "lifetime", price_cents: 2000 } });
  const gift = await startedDonation();
  for (const { session_id, email, match } of [
    { session_id: term.session_id, email: term.member.email, match: term.subscription_id },
    { session_id: gift.session_id, email: gift.donor_email, match: gift.donation_id },
  ]) {
    await stripe.deliveryMode("manual", match);
    await stripe.pay(session_id, { email, later: true });
    await hear(match);
    expect(await mailedTo(email)).toEqual([]);
    await stripe.settle(session_id, false);
    await hear(match);
    await hearAgain(match);
    expect(await mailedTo(email)).toEqual(["checkout_failed"]);
  }
});

describe.concurrent("a subscription that is cancelled at Stripe", () => {
  test("at the period's end keeps the member until then, and says when", async () => {
    const paid = await member();
    await stripeApi.subscriptions.update(paid.stripe_subscription_id, { cancel_at_period_end: true });
    await hear(paid.stripe_subscription_id);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect(await statusOf(paid)).toBe("active");
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "cancelled" });
    expect(await statusOf(paid)).toBe("inactive");
    expect(await mailsOf(paid)).toEqual(["thank_you", "membership_cancelled", "membership_ended"]);
    // Nothing is overdue: the mail bids them choose a plan.
    expect(
      await sql(
        "select data -> 'overdue' as overdue from emails where user_id = $1 and template = 'membership_ended'",
        [paid.member.id],
      ),
    ).toEqual([{ overdue: false }]);
  });

  test("in the portal, and kept there again, is seen like any other cancellation", async () => {
    const paid = await member();
    const { current_term_end } = await subscriptionOf(paid.member);
    await inPortal(paid.stripe_subscription_id, "cancel");
    await hear(paid.stripe_subscription_id);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active", cancel_at_period_end: true });
    const [told] = await sql<{ ends_at: string }>(
      "select data ->> 'ends_at' as ends_at from emails where user_id = $1 and template = 'membership_cancelled'",
      [paid.member.id],
    );
    expect(new Date(told?.ends_at ?? "")).toEqual(current_term_end);
    await inPortal(paid.stripe_subscription_id, "keep");
    await hear(paid.stripe_subscription_id);
    expect(await subscriptionOf(paid.member)).toMatchObject({ cancel_at_period_end: false, cancelled_at: null });
    await hearAgain(paid.stripe_subscription_id);
    expect(await mailsOf(paid)).toEqual(["thank_you", "membership_cancelled", "membership_continues"]);
    await inPortal(paid.stripe_subscription_id, "cancel");
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "cancelled" });
    expect(await statusOf(paid)).toBe("inactive");
    expect(await mailsOf(paid)).toEqual([
      "thank_you",
      "membership_cancelled",
      "membership_continues",
      "membership_ended",
    ]);
  });

  test("and kept before we heard of it is nobody's news", async () => {
    const paid = await member();
    await inPortal(paid.stripe_subscription_id, "cancel");
    await inPortal(paid.stripe_subscription_id, "keep");
    expect(await hear(paid.stripe_subscription_id)).toContain("customer.subscription.updated");
    expect(await mailsOf(paid)).toEqual(["thank_you"]);
  });

  test("for a day of the treasurer's choice says that day", async () => {
    const paid = await member();
    const cancel_at = Math.floor(Date.now() / 1000) + 5 * 86_400;
    await stripeApi.subscriptions.update(paid.stripe_subscription_id, { cancel_at });
    await hear(paid.stripe_subscription_id);
    const [told] = await sql<{ ends_at: string }>(
      "select data ->> 'ends_at' as ends_at from emails where user_id = $1 and template = 'membership_cancelled'",
      [paid.member.id],
    );
    expect(new Date(told?.ends_at ?? "")).toEqual(new Date(cancel_at * 1000));
  });

  test("now ends the membership now", async () => {
    const paid = await member();
    await stripeApi.subscriptions.cancel(paid.stripe_subscription_id);
    await hear(paid.stripe_subscription_id);
    expect(await statusOf(paid)).toBe("inactive");
    expect(await mailsOf(paid)).toEqual(["thank_you", "membership_cancelled"]);
  });

  test("and is paused collects nothing and keeps the member; resumed, it collects again", async () => {
    const paid = await member();
    await stripeApi.subscriptions.update(paid.stripe_subscription_id, { pause_collection: { behavior: "void" } });
    await hear(paid.stripe_subscription_id);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "paused", paused_at: expect.any(Date) });
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await statusOf(paid)).toBe("active");
    expect(await ledgerOf(paid)).toHaveLength(1);
    await stripeApi.subscriptions.update(paid.stripe_subscription_id, { pause_collection: "" });
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active", paused_at: null });
    expect(await ledgerOf(paid)).toHaveLength(2);
  });
});

test("an event waits for nobody who writes a row that refers to the member, such as a mail to them", async () => {
  const paid = await member();
  await stripeApi.subscriptions.update(paid.stripe_subscription_id, { cancel_at_period_end: true });
  const writer = await database.connect();
  try {
    await writer.query("begin");
    await writer.query(
      "insert into emails (template, to_email, user_id, status) select 'approval', email, id, 'failed' from users where id = $1",
      [paid.member.id],
    );
    await hear(paid.stripe_subscription_id);
  } finally {
    await writer.query("rollback");
    writer.release();
  }
  expect(await subscriptionOf(paid.member)).toMatchObject({ cancel_at_period_end: true });
});

test("a member whose cancelled membership a volunteer resumes is told, at Stripe or not, once", async () => {
  const { token } = await volunteer("subscriptions.cancel", "subscriptions.pause");
  const paid = await member();
  const desk = await person();
  for (const [id, who] of [
    [paid.subscription_id, paid.member],
    [await subscribed(desk), desk],
  ] as const) {
    await post(`/api/admin/subscriptions/${id}/cancel`, { at_period_end: true }, { token });
    expect((await post(`/api/admin/subscriptions/${id}/resume`, { undo: "cancellation" }, { token })).status).toBe(200);
    await hearAgain(paid.stripe_subscription_id);
    expect((await mailedTo(who.email)).filter((template) => template.startsWith("membership"))).toEqual([
      "membership_cancelled",
      "membership_continues",
    ]);
  }
});

describe.concurrent("money that goes back", () => {
  test("by refunds is counted once each, from the donation first, and told to whoever paid", async () => {
    const paid = await member();
    const payment_intent = await intentOf(paid);
    // In the same second, so that either may be the first.
    await Promise.all([500, 500].map((amount) => stripeApi.refunds.create({ payment_intent, amount })));
    const heard = await hear(paid.customer);
    expect(heard).toContain("charge.refunded");
    const [payment, ...refunds] = await ledgerOf(paid);
    expect(payment).toEqual({ kind: "payment", dues: 2000, donation: 500 });
    expect(refunds).toHaveLength(2);
    expect(refunds).toContainEqual({ kind: "refund", dues: 0, donation: -500 });
    expect(refunds).toContainEqual({ kind: "refund", dues: -500, donation: 0 });
    expect((await mailsOf(paid)).filter((template) => template === "refund_notice")).toHaveLength(2);
    expect(await statusOf(paid)).toBe("active");
  });

  test("and whose refund fails is back", async () => {
    const paid = await member();
    const payment_intent = await intentOf(paid);
    const { id } = await stripeApi.refunds.create({ payment_intent });
    await stripe.failRefund(id);
    await hear(payment_intent);
    const ledger = await sql<{ kind: string; cents: number }>(
      "select kind, base_subscription_cents + donation_cents as cents from ledger where subscription_id = $1",
      [paid.subscription_id],
    );
    expect(ledger).toHaveLength(3);
    expect(ledger.reduce((sum, { cents }) => sum + cents, 0)).toBe(2500);
  });

  test("and is not after all is told to whoever was told that it comes, and to those who can find another way; once", async () => {
    const paid = await member();
    const treasurer = await volunteer("donations.refund");
    const payment_intent = await intentOf(paid);
    const { id } = await stripeApi.refunds.create({ payment_intent, amount: 700 });
    await hear(paid.customer);
    await stripe.failRefund(id);
    const heard = await stripe.deliveries(id);
    for (const events of [heard, heard.toReversed()]) await deliver(events);
    expect(await mailsOf(paid)).toEqual(["thank_you", "refund_notice", "refund_failed"]);
    expect(
      await sql("select template, data from emails where dedupe_key = $1", [`refund_failed:${id}:${treasurer.id}`]),
    ).toEqual([
      { template: "refund_undelivered", data: { amount_cents: 700, payment_kind: "dues", stripe_id: id, told: true } },
    ]);
  });

  test("and never was going to, as far as the payer knows, is told to the volunteers alone", async () => {
    const paid = await member();
    const treasurer = await volunteer("donations.refund");
    const { id } = await stripeApi.refunds.create({ payment_intent: await intentOf(paid) });
    await stripe.failRefund(id);
    await hear(id);
    expect(await mailsOf(paid)).toEqual(["thank_you"]);
    expect(await sql("select data from emails where dedupe_key = $1", [`refund_failed:${id}:${treasurer.id}`])).toEqual(
      [{ data: { amount_cents: 2500, payment_kind: "dues", stripe_id: id, told: false } }],
    );
  });

  test("by a refund that waits counts when Stripe books it, and is told of when it is made", async () => {
    const paid = await member();
    const payment_intent = await intentOf(paid);
    const notices = async () => (await mailsOf(paid)).filter((template) => template === "refund_notice");
    await stripe.refundMode("pending", payment_intent);
    const { id } = await stripeApi.refunds.create({ payment_intent });
    await hear(paid.customer);
    expect(await sql("select status, occurred_at, returned_at from reversals where stripe_id = $1", [id])).toEqual([
      { status: "pending", occurred_at: null, returned_at: null },
    ]);
    expect(await ledgerOf(paid)).toHaveLength(1);
    expect(await notices()).toHaveLength(1);

    await stripe.advance(1, paid.customer);
    await stripe.settleRefund(id);
    await hear(id);
    await stripe.advance(1, paid.customer);
    await stripe.failRefund(id);
    await hear(id);
    const moved = await sql<{ occurred_at: Date; cents: number }>(
      `select occurred_at, base_subscription_cents + donation_cents as cents from ledger
       where subscription_id = $1 and reversal_id is not null order by occurred_at`,
      [paid.subscription_id],
    );
    const { data: booked } = await stripeApi.balanceTransactions.list({ source: id });
    expect(moved).toEqual(
      booked.reverse().map(({ created, amount }) => ({ occurred_at: new Date(created * 1000), cents: amount })),
    );
    expect(moved.map(({ cents }) => cents)).toEqual([-2500, 2500]);
    const [requested] = await sql<{ created_at: Date }>("select created_at from reversals where stripe_id = $1", [id]);
    const days = moved.map(({ occurred_at }) =>
      Math.round((occurred_at.getTime() - (requested?.created_at.getTime() ?? 0)) / DAY),
    );
    expect(days).toEqual([1, 2]);
    expect(await notices()).toHaveLength(1);
  });

  test.for(["won", "lost"] as const)("by a dispute that is %s", async (outcome) => {
    const paid = await member();
    const treasurer = await volunteer("donations.refund");
    const payment_intent = await intentOf(paid);
    const { dispute } = await stripe.dispute({ payment_intent });
    await hear(dispute);
    const sum = async () =>
      (
        await sql<{ cents: number }>(
          "select sum(base_subscription_cents + donation_cents)::int as cents from ledger where subscription_id = $1",
          [paid.subscription_id],
        )
      )[0]?.cents;
    expect(await sum()).toBe(0);
    await stripe.closeDispute(dispute, outcome);
    await hear(dispute);
    expect(await sum()).toBe(outcome === "won" ? 2500 : 0);
    expect(await sql("select kind, status from reversals where stripe_id = $1", [dispute])).toEqual([
      { kind: "dispute", status: outcome },
    ]);
    expect(
      await sql("select template, data->>'stripe_id' as stripe_id from emails where dedupe_key = $1", [
        `dispute:${dispute}:${treasurer.id}`,
      ]),
    ).toEqual([{ template: "dispute_opened", stripe_id: dispute }]);
  });

  test("is not what an inquiry is: no money moved, until it becomes a dispute", async () => {
    const paid = await member();
    const treasurer = await volunteer("donations.refund");
    const payment_intent = await intentOf(paid);
    const { dispute } = await stripe.dispute({ payment_intent, inquiry: true });
    const told = () =>
      sql(
        "select data -> 'inquiry' as inquiry from emails where user_id = $1 and dedupe_key like 'dispute:' || $2 || ':%' order by queue_number",
        [treasurer.id, dispute],
      );
    await hear(dispute);
    expect(await ledgerOf(paid)).toHaveLength(1);
    expect(await told()).toEqual([{ inquiry: true }]);

    await stripe.dispute({ payment_intent });
    await hear(dispute);
    expect(await ledgerOf(paid)).toHaveLength(2);
    expect(await told()).toEqual([{ inquiry: true }, { inquiry: false }]);
  });

  test("before we heard of the payment is found by the way back from the money", async () => {
    const paid = await paidCheckout();
    const { customer } = await stripeApi.subscriptions.retrieve(paid.stripe_subscription_id);
    await stripe.deliveryMode("manual", String(customer));
    const [charge] = (await stripeApi.charges.list({ customer: String(customer) })).data;
    const before = new Set((await stripe.deliveries(String(customer))).map(({ event_id }) => event_id));
    await stripeApi.refunds.create({ charge: charge?.id ?? "", amount: 1 });
    const refunded = (await stripe.deliveries(String(customer))).filter(
      ({ event_id, type }) => !before.has(event_id) && type === "charge.refunded",
    );
    await deliver(refunded);
    expect((await ledgerOf(paid)).length).toBe(2);
    expect(await statusOf(paid)).toBe("active");
  });
});

describe.concurrent("a customer at Stripe", () => {
  test("whose card is renewed by the bank shows the new one", async () => {
    const paid = await member();
    await stripe.updateCard(paid.customer, { exp_month: 7, exp_year: 2041 });
    await hear(paid.customer);
    expect(
      await sql("select card_exp_month, card_exp_year from subscriptions where id = $1", [paid.subscription_id]),
    ).toEqual([{ card_exp_month: 7, card_exp_year: 2041 }]);
  });

  test("who is deleted there is forgotten here, and the membership ends", async () => {
    const paid = await member();
    await stripeApi.customers.del(paid.customer);
    await hear(paid.customer);
    expect(await sql("select status, stripe_customer_id from users where id = $1", [paid.member.id])).toEqual([
      { status: "inactive", stripe_customer_id: null },
    ]);
  });
});

describe.concurrent("the inbox", () => {
  test("parks what would fail every time, and answers 200 so that Stripe stops", async () => {
    const paid = await paidCheckout();
    const event = eventOf(paid, "checkout.session.completed");
    await stripe.fault({ mode: "status", status: 400, match: paid.session_id });
    expect(await stripe.deliver([event])).toMatchObject([{ status: 200 }]);
    expect(await inboxOf([event])).toMatchObject([{ status: "parked", reason: "failed: StripeInvalidRequestError" }]);
    await deliver([{ event_id: event }]);
    expect(await inboxOf([event])).toMatchObject([{ status: "applied", reason: null, deliveries: 2 }]);
  });

  test("takes any of several secrets while one is rotated", async () => {
    const rotating = await startWorker({ STRIPE_WEBHOOK_SECRET: "whsec_next, whsec_before" });
    const event = { id: `evt_${randomUUID()}`, object: "event", type: "payout.paid", created: 1, data: { object: {} } };
    const answers = [];
    for (const secret of ["whsec_next", "whsec_before", "whsec_never"]) {
      const { body, headers } = await signedEvent(event, { secret });
      answers.push(await fetch(`${rotating.url}/api/webhooks/stripe`, { method: "POST", body, headers }));
    }
    await rotating.stop();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  });
});
