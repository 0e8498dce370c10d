import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { get, post } from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { sendDueMails } from "../harness/outbox.ts";
import {
  eventOf,
  inboxOf,
  type PaidCheckout,
  paidCheckout,
  payUnheard,
  type Signing,
  signedEvent,
  startedCheckout,
  stripeApi,
  subscriptionOf,
  subscriptionsOf,
} from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { settings, sql, stripe } from "../harness/platform.ts";

const THANKS = "Thank you from LOAF";
/** What a first payment tells us of, and we act on. */
const INTERESTING = [
  "checkout.session.completed",
  "customer.subscription.created",
  "invoice.paid",
  "invoice.payment_succeeded",
];

const anEvent = (type: string, object: Record<string, unknown>) => ({
  id: `evt_test_${randomUUID()}`,
  object: "event",
  api_version: "2026-10-28.dahlia",
  created: Math.floor(Date.now() / 1000),
  data: { object },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type,
});

/** An event that tells of a subscription's paid invoice. */
const invoicePaid = (subscription: string) =>
  anEvent("invoice.paid", {
    id: `in_test_${randomUUID()}`,
    object: "invoice",
    parent: { type: "subscription_details", subscription_details: { subscription } },
  });

/** What our checkout marks a subscription with. */
const marks = (subscription_id: string, plan_id: string = randomUUID()) => ({
  subscription_id,
  plan_id,
  billing_cycle: "yearly",
});

async function send(event: object | string, options?: Signing) {
  const { body, headers } = await signedEvent(event, options);
  return post("/api/webhooks/stripe", body, { headers });
}

/** Everything that a paid checkout is to bring about, once. */
async function expectMember({ member, subscription_id, stripe_subscription_id, ...paid }: PaidCheckout) {
  const subscription = await stripeApi.subscriptions.retrieve(stripe_subscription_id);
  const [item] = subscription.items.data;
  if (!item) throw new Error("The subscription has no items");
  expect(await subscriptionsOf(member)).toMatchObject([
    {
      id: subscription_id,
      plan_id: paid.plan_id,
      status: "active",
      stripe_subscription_id,
      current_term_start: new Date(item.current_period_start * 1000),
      current_term_end: new Date(item.current_period_end * 1000),
    },
  ]);
  expect(await sql("select status, role, stripe_customer_id from users where id = $1", [member.id])).toEqual([
    { status: "active", role: "member", stripe_customer_id: subscription.customer },
  ]);
  expect(
    await sql(
      "select r.code from user_role_assignments a join roles r on r.id = a.role_id where a.user_id = $1 and r.code = 'member'",
      [member.id],
    ),
  ).toHaveLength(1);
  expect(await sql("select template from emails where to_email = $1", [member.email])).toEqual([
    { template: "thank_you" },
  ]);
}

describe.concurrent("a webhook is turned away", () => {
  const event = () => anEvent("plan.created", { id: `plan_${randomUUID()}`, object: "plan" });

  test.for([
    ["signed with another secret", { secret: "whsec_of_somebody_else" }],
    ["signed ten minutes ago", { age: 600 }],
    ["signed ten minutes from now", { age: -600 }],
    ["signed with nonsense", { header: "t=1,v1=abc" }],
    ["signed with nothing", { header: "" }],
  ] as const)("when it is %s", async ([, options]) => {
    const sent = event();
    const answer = await send(sent, options);
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_signature"]);
    expect(await inboxOf([sent.id])).toEqual([]);
  });

  test("when it has no signature, or one of another body", async () => {
    const [sent, other] = [event(), event()];
    expect((await post("/api/webhooks/stripe", sent)).body.code).toBe("invalid_signature");
    const header = await stripeApi.webhooks.generateTestHeaderStringAsync({
      payload: JSON.stringify(other),
      secret: settings.STRIPE_WEBHOOK_SECRET[0] ?? "",
    });
    expect((await send(sent, { header })).body.code).toBe("invalid_signature");
    expect(await inboxOf([sent.id, other.id])).toEqual([]);
  });

  test("when its bytes are not those that were signed, though they read as the same text", async () => {
    const sent = { ...event(), note: "\ufffd" };
    const { body, headers } = await signedEvent(sent);
    const bytes = Buffer.from(body);
    const at = bytes.indexOf("\ufffd");
    for (const other of [
      Buffer.concat([Buffer.from("\ufeff"), bytes]),
      Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]),
      Buffer.concat([bytes, Buffer.from([0xc3])]),
    ]) {
      const answer = await post("/api/webhooks/stripe", Uint8Array.from(other), { headers });
      expect([answer.status, answer.body.code]).toEqual([400, "invalid_signature"]);
    }
    expect(await inboxOf([sent.id])).toEqual([]);
    expect((await post("/api/webhooks/stripe", Uint8Array.from(bytes), { headers })).status).toBe(200);
  });

  test("when a byte order mark was signed too: that is no JSON", async () => {
    const answer = await send(`\ufeff${JSON.stringify(event())}`);
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_event"]);
  });

  const nul = { id: "evt_1", type: "charge.refunded", created: 1, data: { object: { id: "ch_\0" } } };

  test.for(["not json", "1", "null", "[]", '{"object":"v2.core.event"}', JSON.stringify(nul)])(
    "when what was signed is no event: %s",
    async (body) => {
      const answer = await send(body);
      expect([answer.status, answer.body.code]).toEqual([400, "invalid_event"]);
    },
  );

  test("with 413 when it is bigger than 1 MiB, and not when it is a little smaller", async () => {
    const big = { ...event(), padding: "x".repeat(1024 * 1024) };
    const answer = await send(big);
    expect([answer.status, answer.body.code]).toEqual([413, "body_too_large"]);
    const fitting = { ...event(), padding: "x".repeat(1024 * 1024 - 1024) };
    expect((await send(fitting)).status).toBe(200);
    expect((await inboxOf([big.id, fitting.id])).map(({ id }) => id)).toEqual([fitting.id]);
  });

  test("never for being one of many from one address", async () => {
    const address = { "CF-Connecting-IP": "203.0.113.77", "Stripe-Signature": "t=1,v1=abc" };
    for (let burst = 0; burst < 8; burst += 1) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => post("/api/webhooks/stripe", "{}", { headers: address })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    }
  });

  test("never for a clock that runs four minutes ahead", async () => {
    expect((await send(event(), { age: -240 })).status).toBe(200);
  });

  test("never for being signed four minutes ago", async () => {
    const sent = event();
    expect((await send(sent, { age: 240 })).body).toEqual({ received: true });
    expect(await inboxOf([sent.id])).toHaveLength(1);
  });
});

describe.concurrent("a paid checkout makes a member", () => {
  test.for(INTERESTING)("by %s alone", async (type) => {
    const paid = await paidCheckout({ donation_cents: 1500 });
    await stripe.deliver([eventOf(paid, type)]);
    await expectMember(paid);
    expect((await untilMails(paid.member.email)).map(({ subject }) => subject)).toEqual([THANKS]);
    expect(await inboxOf([eventOf(paid, type)])).toMatchObject([
      { type, object_id: expect.stringMatching(/^(cs|in|sub)_/), status: "applied", reason: null, deliveries: 1 },
    ]);
  });

  test("with invoice.payment_succeeded before checkout.session.completed", async () => {
    const paid = await paidCheckout();
    const answers = await stripe.deliver([
      eventOf(paid, "invoice.payment_succeeded"),
      eventOf(paid, "checkout.session.completed"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await expectMember(paid);
  });

  test("once, from the same event five times at once and five times in turn", async () => {
    const paid = await paidCheckout();
    const id = eventOf(paid, "invoice.paid");
    await Promise.all(Array.from({ length: 5 }, () => stripe.deliver([id])));
    await stripe.deliver([id], 5);
    await expectMember(paid);
    await untilMails(paid.member.email);
    expect(await inboxOf([id])).toMatchObject([{ status: "applied", deliveries: 10 }]);
    expect(await mailsTo(paid.member.email)).toHaveLength(1);
  });

  test("whatever the order of its events, and however often each comes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.nat()),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.boolean(),
        async (shuffle, again, at_once) => {
          const paid = await paidCheckout({ donation_cents: 250 });
          const ids = paid.events.map(({ id }) => id);
          const twice = again.map((nat) => ids[nat % ids.length] ?? "");
          const order = [...ids, ...twice]
            .map((id) => ({ id, at: shuffle.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ id }) => id);
          const delivered = at_once
            ? (await Promise.all(order.map((id) => stripe.deliver([id])))).flat()
            : await stripe.deliver(order);
          expect(delivered.map(({ status }) => status)).toEqual(order.map(() => 200));

          await expectMember(paid);
          const inbox = await inboxOf(ids);
          expect(inbox.map(({ id }) => id).sort()).toEqual([...ids].sort());
          for (const { id, type, status, deliveries } of inbox)
            expect({ type, status, deliveries }).toEqual({
              type,
              status: INTERESTING.includes(type) ? "applied" : "ignored",
              deliveries: order.filter((each) => each === id).length,
            });
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);

  test("by an invoice that is told of as before 2025, when it named its subscription elsewhere", async () => {
    const paid = await paidCheckout();
    const { member, stripe_subscription_id: subscription } = paid;
    await send(anEvent("invoice.paid", { id: `in_test_${randomUUID()}`, object: "invoice", subscription }));
    await expectMember(paid);
    const in_a_week = Math.floor(Date.now() / 1000) + 7 * 86_400;
    const upcoming = { object: "invoice", subscription, next_payment_attempt: in_a_week, period_end: in_a_week };
    await send(anEvent("invoice.upcoming", upcoming));
    expect(await sql("select template from emails where to_email = $1 order by created_at", [member.email])).toEqual([
      { template: "thank_you" },
    ]);
  });

  test("who left and comes back", async () => {
    const paid = await paidCheckout({ member: await person("inactive") });
    await stripe.deliver([eventOf(paid, "checkout.session.completed")]);
    await expectMember(paid);
  });

  test("with the amounts in cents and the term in UTC that Stripe says, and a thank-you that tells them apart", async () => {
    const paid = await paidCheckout({
      columns: { billing_cycle: "quarterly", price_cents: 123_456 },
      donation_cents: 7,
    });
    // What Stripe bills is what holds, even when our plan has changed since.
    await sql("update subscription_plans set price_cents = 1 where id = $1", [paid.plan_id]);
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    await expectMember(paid);
    const seen = await get("/api/members/subscription", paid.member);
    const [item] = (await stripeApi.subscriptions.retrieve(paid.stripe_subscription_id)).items.data;
    expect(seen.body).toMatchObject({
      status: "active",
      base_subscription_cents: 123_456,
      donation_cents: 7,
      currency: "usd",
      current_term_start: new Date((item?.current_period_start ?? 0) * 1000).toISOString(),
      current_term_end: new Date((item?.current_period_end ?? 0) * 1000).toISOString(),
    });
    const [mail] = await untilMails(paid.member.email);
    expect(mail?.text).toContain("Dues: $1,234.56\nDonation: $0.07\nTotal: $1,234.63\nPayment: Online\nPaid until: ");
  });

  test("and leaves in the audit log what changed, by nobody, with the request's id", async () => {
    const paid = await paidCheckout();
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    const [customer, status] = await sql<{ actor_id: string | null; request_id: string; changes: object }>(
      "select actor_id, request_id, changes from audit_log where subject_type = 'users' and subject_id = $1 and action = 'update' and changes ?| '{status,stripe_customer_id}' order by changes ? 'status'",
      [paid.member.id],
    );
    expect(customer?.changes).toEqual({ stripe_customer_id: null });
    expect(status?.changes).toEqual({ status: ["payment_pending", "active"] });
    expect(status?.actor_id).toBeNull();
    expect(status?.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe.concurrent("later", () => {
  test("a renewal moves the term on, once per invoice, with a receipt in place of thanks", async () => {
    const paid = await paidCheckout({ columns: { billing_cycle: "monthly" } });
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    const before = await subscriptionOf(paid.member);
    await stripe.deliveryMode("manual", paid.stripe_subscription_id);
    await stripe.advance(32, String((await stripeApi.subscriptions.retrieve(paid.stripe_subscription_id)).customer));
    const events = await stripe.deliveries(paid.stripe_subscription_id);
    const renewed = events.filter(({ type }) => type === "invoice.paid").map(({ event_id }) => event_id);
    expect(renewed).toHaveLength(2);
    await stripe.deliver(renewed);
    const after = await subscriptionOf(paid.member);
    expect(after).toMatchObject({ status: "active", current_term_start: before.current_term_end });
    expect(await sql("select template from emails where user_id = $1 order by queue_number", [paid.member.id])).toEqual(
      [{ template: "thank_you" }, { template: "payment_receipt" }],
    );
  });

  test("an answer of Stripe that is older than the one applied last does not undo it", async () => {
    const paid = await paidCheckout();
    await stripe.deliver([eventOf(paid, "checkout.session.completed")]);
    await sql(
      "update subscriptions set stripe_synced_at = now() + interval '1 minute', current_term_end = '2099-01-01' where id = $1",
      [paid.subscription_id],
    );
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    expect((await subscriptionOf(paid.member)).current_term_end).toEqual(new Date("2099-01-01"));
    expect(await inboxOf([eventOf(paid, "invoice.paid")])).toMatchObject([{ status: "applied" }]);
  });

  test("news of a subscription that was paid and has ended leaves nobody a member; the money is there", async () => {
    const paid = await paidCheckout();
    await stripeApi.subscriptions.cancel(paid.stripe_subscription_id);
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    expect(await inboxOf([eventOf(paid, "invoice.paid")])).toMatchObject([{ status: "applied", reason: null }]);
    // As if we had heard of the payment when it was made, and then of the end.
    expect(await sql("select status from users where id = $1", [paid.member.id])).toEqual([{ status: "inactive" }]);
    const { id, status } = await subscriptionOf(paid.member);
    expect(status).toBe("cancelled");
    expect(await sql("select from payments where subscription_id = $1", [id])).toHaveLength(1);
  });
});

test.each([
  "null",
  "[]",
  "{}",
  '"text"',
  '{"id":"evt_1","type":"x","created":1}',
  '{"id":"\\u0000","type":"x","created":1,"data":{"object":{}}}',
])("a signed body that is no event is refused: %s", async (body) => {
  const answer = await send(body);
  expect([answer.status, answer.body.code]).toEqual([400, "invalid_event"]);
});

describe.concurrent("what is not ours is left alone", () => {
  test("an event of a type that we do not act on is recorded as ignored", async () => {
    for (const type of ["customer.updated", "invoice.created", "something.new.in_2027"]) {
      const event = anEvent(type, { id: `obj_${randomUUID()}`, object: "thing" });
      expect((await send(event)).body).toEqual({ received: true });
      expect(await inboxOf([event.id])).toEqual([
        {
          id: event.id,
          type,
          object_id: event.data.object.id,
          status: "ignored",
          reason: "not of interest",
          deliveries: 1,
        },
      ]);
    }
  });

  test("a one-time invoice and an object without an id are ignored", async () => {
    const invoice = anEvent("invoice.paid", { id: `in_${randomUUID()}`, object: "invoice", parent: null });
    const balance = anEvent("balance.available", { object: "balance" });
    for (const [event, reason] of [
      [invoice, "not ours"],
      [balance, "not of interest"],
    ] as const) {
      expect((await send(event)).status).toBe(200);
      expect(await inboxOf([event.id])).toMatchObject([{ status: "ignored", reason }]);
    }
  });

  const foreignSubscription = async (metadata: Record<string, string>, part = "dues", customer?: string) => {
    const email = `foreign.${randomUUID()}@example.org`;
    await stripe.deliveryMode("manual", customer ?? email);
    const { id } = await stripeApi.checkout.sessions.create({
      mode: "subscription",
      ...(customer ? { customer } : { customer_email: email }),
      success_url: "https://other.example/",
      subscription_data: { metadata },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: "usd",
            unit_amount: 100,
            recurring: { interval: "month" },
            product_data: { name: "Another product of the same Stripe account", metadata: { part } },
          },
        },
      ],
    });
    await stripe.pay(id, { email });
    const { subscription } = await stripeApi.checkout.sessions.retrieve(id);
    return String(subscription);
  };

  test.for([
    ["no metadata", {}, "dues"],
    ["metadata of somebody else's", { subscription_id: "their-own-number-1" }, "dues"],
  ] as const)("a subscription with %s is ignored", async ([, metadata, part]) => {
    const event = invoicePaid(await foreignSubscription(metadata, part));
    expect((await send(event)).status).toBe(200);
    expect(await inboxOf([event.id])).toMatchObject([{ status: "ignored", reason: "not ours" }]);
  });

  test("a subscription that names a row we do not have is parked for a person to look at", async () => {
    const event = invoicePaid(await foreignSubscription(marks(randomUUID())));
    expect((await send(event)).status).toBe(200);
    expect(await inboxOf([event.id])).toMatchObject([{ status: "parked", reason: "no such subscription of ours" }]);
  });

  test("but one of a customer's many subscriptions that needs a person has the event parked, and all are looked at", async () => {
    const paid = await paidCheckout();
    await stripe.deliver([eventOf(paid, "invoice.paid")]);
    const { customer } = await stripeApi.subscriptions.retrieve(paid.stripe_subscription_id);
    await foreignSubscription(marks(randomUUID()), "dues", String(customer));
    for (let others = 0; others < 10; others += 1) await foreignSubscription({}, "coffee", String(customer));
    await sql("update subscriptions set card_exp_year = 2000 where id = $1", [paid.subscription_id]);

    const card = anEvent("payment_method.automatically_updated", { id: "pm_1", object: "payment_method", customer });
    expect((await send(card)).status).toBe(200);
    expect(await inboxOf([card.id])).toMatchObject([{ status: "parked", reason: "no such subscription of ours" }]);
    expect(await sql("select card_exp_year from subscriptions where id = $1", [paid.subscription_id])).not.toEqual([
      { card_exp_year: 2000 },
    ]);
  });
});

describe.concurrent("a payment that cannot be applied is parked", () => {
  test("when the row belongs to another Stripe subscription already", async () => {
    const first = await paidCheckout();
    const { member, subscription_id, plan_id } = first;
    await stripe.deliver([eventOf(first, "invoice.paid")]);
    // Somebody paid a second session for the same attempt, whyever it was still open.
    const second = await stripeApi.checkout.sessions.create({
      mode: "subscription",
      customer_email: member.email,
      success_url: "https://loaf.example/",
      metadata: marks(subscription_id, plan_id),
      subscription_data: { metadata: marks(subscription_id, plan_id) },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: "usd",
            unit_amount: 999,
            recurring: { interval: "month" },
            product_data: { name: "Dues", metadata: { part: "dues" } },
          },
        },
      ],
    });
    const again = await payUnheard({ member, subscription_id, session_id: second.id });
    await stripe.deliver(again.events.map(({ id }) => id));
    expect(await inboxOf([eventOf(again, "invoice.paid")])).toMatchObject([
      { status: "parked", reason: "the row belongs to another Stripe subscription" },
    ]);
    await expectMember(first);
    expect((await subscriptionOf(member)).base_subscription_cents).toBe(6000);
  });

  test("when the person was rejected meanwhile; and it is applied once they are asked to pay again", async () => {
    const paid = await paidCheckout();
    const { member } = paid;
    await sql(
      "update users set status = 'rejected', rejection_reason = 'a mistake', rejected_at = now() where id = $1",
      [member.id],
    );
    const id = eventOf(paid, "invoice.paid");
    const [reader, treasurer, stranger] = [
      await volunteer("settings.audit"),
      await volunteer("donations.refund"),
      await volunteer("donations.view"),
    ];
    expect((await stripe.deliver(paid.events.map((event) => event.id))).map(({ status }) => status)).toEqual(
      paid.events.map(() => 200),
    );
    expect(paid.events.length).toBeGreaterThan(1);
    expect(await inboxOf([id])).toMatchObject([{ status: "parked", reason: "the person cannot become active" }]);
    // Of all these events, those who can look at it hear once.
    const told = await sql<{ user_id: string }>(
      "select user_id, data from emails where template = 'payment_unplaced' and user_id = any($1) and data->>'stripe_id' = $2",
      [[reader, treasurer, stranger].map((each) => each.id), paid.stripe_subscription_id],
    );
    expect(told.map(({ user_id }) => user_id).sort()).toEqual([reader.id, treasurer.id].sort());
    expect(told[0]).toMatchObject({
      data: {
        payment_kind: "dues",
        reason: "the person cannot become active",
      },
    });
    expect(await sql("select status, role from users where id = $1", [member.id])).toEqual([
      { status: "rejected", role: "guest" },
    ]);
    // Nobody is thanked for a membership that they do not have; the payment can be found by its row.
    expect(await sql("select template from emails where to_email = $1", [member.email])).toEqual([]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "pending" });
    expect(await sql("select from payments where subscription_id = $1", [paid.subscription_id])).toHaveLength(1);

    await sql("update users set status = 'payment_pending' where id = $1", [member.id]);
    await stripe.deliver([id]);
    await expectMember(paid);
    expect(await inboxOf([id])).toMatchObject([{ status: "applied", reason: null, deliveries: 2 }]);
  });
});

describe.concurrent("when something is down, the event is not accepted and comes again", () => {
  const statuses = async (id: string, times = 1) => (await stripe.deliver([id], times)).map(({ status }) => status);

  test.for([
    { what: "answers 500", fault: { mode: "status", status: 500 } },
    { what: "drops the connection", fault: { mode: "drop" } },
  ] as const)("Stripe $what while we ask", async ({ fault }) => {
    const paid = await paidCheckout();
    const id = eventOf(paid, "invoice.paid");
    await stripe.fault({ ...fault, count: 2, match: `/v1/subscriptions/${paid.stripe_subscription_id}` });
    const [refused] = await stripe.deliver([id]);
    expect(refused?.status).toBe(503);
    expect(JSON.parse(refused?.body ?? "")).toMatchObject({ code: "stripe_unavailable" });
    expect(await inboxOf([id])).toEqual([]);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "pending" });
    expect(await statuses(id)).toEqual([200]);
    await expectMember(paid);
    expect(await inboxOf([id])).toMatchObject([{ deliveries: 1 }]);
  });

  test("the database does not get it", async () => {
    const paid = await paidCheckout();
    const id = eventOf(paid, "invoice.paid");
    await failDatabase({ mode: "before", match: id });
    expect(await statuses(id)).toEqual([503]);
    expect(await inboxOf([id])).toEqual([]);
    expect(await subscriptionOf(paid.member)).toMatchObject({ status: "pending" });
    expect(await statuses(id)).toEqual([200]);
    await expectMember(paid);
  });

  test("the database's answer is lost: applied all the same, and once", async () => {
    const paid = await paidCheckout();
    const id = eventOf(paid, "invoice.paid");
    await failDatabase({ mode: "after_commit", match: id });
    expect(await statuses(id)).toEqual([503]);
    expect(await inboxOf([id])).toMatchObject([{ status: "applied", deliveries: 1 }]);
    expect(await statuses(id, 2)).toEqual([200, 200]);
    await expectMember(paid);
    expect(await inboxOf([id])).toMatchObject([{ status: "applied", deliveries: 3 }]);
    await sendDueMails();
    expect(await untilMails(paid.member.email)).toHaveLength(1);
  });

  test("and Stripe's own redelivery heals it, with nobody doing anything", async () => {
    const { member, session_id, subscription_id } = await startedCheckout();
    await failDatabase({ mode: "before", count: 3, match: subscription_id });
    await stripe.pay(session_id, { email: member.email });
    await vi.waitFor(async () => expect(await subscriptionOf(member)).toMatchObject({ status: "active" }), {
      timeout: 15_000,
      interval: 50,
    });
    expect(await untilMails(member.email)).toMatchObject([{ subject: THANKS }]);
  });
});
