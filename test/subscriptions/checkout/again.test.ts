import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outcome, tripsOf } from "../../harness/client.ts";
import { failDatabase, failDatabaseLater } from "../../harness/faults.ts";
import {
  checkout,
  eventOf,
  openSessionsFor,
  paidCheckout,
  payUnheard,
  sessionsAskedFor,
  sessionsFor,
  startedCheckout,
  stripeApi,
  subscriptionOf,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";

// First, because one of these waits for ten seconds: the others run meanwhile.
describe.concurrent("when Stripe fails", () => {
  test("and does not answer at all, we stop waiting and ask again", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ mode: "hang", match: `customer_email=${member.email}` });
    const answer = await checkout(member, plan_id);
    expect(answer.status).toBe(200);
    expect(await sessionsFor((await subscriptionOf(member)).id)).toHaveLength(1);
  });

  const failures = [
    { what: "drops the connection", fault: { mode: "drop" } },
    { what: "says nothing and hangs up", fault: { mode: "hang", ms: 50 } },
    { what: "does it and loses the answer", fault: { mode: "after" } },
  ] as const;

  test.for(failures)("once ($what), nobody notices", async ({ fault }) => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ ...fault, match: `customer_email=${member.email}` });
    const answer = await checkout(member, plan_id);
    expect(answer.status).toBe(200);
    const { id } = await subscriptionOf(member);
    expect(await sessionsAskedFor(id)).toHaveLength(2);
    expect((await sessionsFor(id)).map((session) => session.id)).toEqual([answer.body.session_id]);
  });

  test.for(failures)(
    "again and again ($what), it is 503, and asking later gives the attempt's one session",
    async ({ fault }) => {
      const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
      await stripe.fault({ ...fault, count: 2, match: `customer_email=${member.email}` });
      const failed = await checkout(member, plan_id, 400);
      expect(outcome(failed)).toEqual([503, "stripe_unavailable"]);
      expect(failed.headers.get("Retry-After")).toMatch(/^\d+$/);
      expect(await subscriptionOf(member)).toMatchObject({ status: "pending", stripe_checkout_session_id: null });

      const later = await checkout(member, plan_id, 400);
      expect(later.status).toBe(200);
      const row = await subscriptionOf(member);
      expect(row).toMatchObject({ checkout_number: 1, stripe_checkout_session_id: later.body.session_id });
      expect((await sessionsFor(row.id)).map((session) => session.id)).toEqual([later.body.session_id]);
    },
  );

  test("with a 500, which it would repeat to the same key, asking later has another key and gives one session", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ mode: "status", status: 500, count: 2, match: `customer_email=${member.email}` });
    const failed = await checkout(member, plan_id, 400);
    expect(outcome(failed)).toEqual([503, "stripe_unavailable"]);
    expect(failed.headers.get("Retry-After")).toMatch(/^\d+$/);

    const later = await checkout(member, plan_id, 400);
    expect(later.status).toBe(200);
    const row = await subscriptionOf(member);
    expect(row).toMatchObject({ checkout_number: 2, stripe_checkout_session_id: later.body.session_id });
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([later.body.session_id]);
    const [first, retry, second] = (await sessionsAskedFor(row.id)).map(({ idempotency_key }) => idempotency_key);
    expect(retry).toBe(first);
    expect(second).not.toBe(first);
  });

  test("to end the session before, it is 503, and asking later leaves one that can be paid", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout();
    await stripe.fault({ mode: "status", count: 2, match: `${session_id}/expire` });
    expect(outcome(await checkout(member, plan_id, 900))).toEqual([503, "stripe_unavailable"]);
    const later = await checkout(member, plan_id, 900);
    expect(later.status).toBe(200);
    expect(await openSessionsFor(subscription_id)).toEqual([later.body.session_id]);
    expect(await sessionsFor(subscription_id)).toHaveLength(2);
  });
});

describe.concurrent("asking again", () => {
  test("twenty times at once gives one session, one key and one row", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkout(member, plan_id, 700)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const [session_id, ...others] = new Set(answers.map(({ body }) => body.session_id));
    expect(others).toEqual([]);
    const row = await subscriptionOf(member);
    expect(row).toMatchObject({
      status: "pending",
      checkout_number: 1,
      donation_cents: 700,
      stripe_checkout_session_id: session_id,
    });
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([session_id]);
    const keys = new Set((await sessionsAskedFor(row.id)).map(({ idempotency_key }) => idempotency_key));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toContain(`${row.id}-1-`);
  });

  test("while Stripe still works on the first gives the same session", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ mode: "delay", ms: 300, match: `customer_email=${member.email}` });
    const answers = await Promise.all([checkout(member, plan_id), checkout(member, plan_id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0].body.session_id).toBe(answers[1].body.session_id);
    expect(await sessionsFor((await subscriptionOf(member)).id)).toHaveLength(1);
  });

  test.for([
    { what: "plan", again: async () => [await plan({ price_cents: 900, billing_cycle: "monthly" }), 0] as const },
    { what: "donation", again: async (plan_id: string) => [plan_id, 2500] as const },
  ])("with another $what ends the session before", async ({ again }) => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout();
    const [new_plan, donation_cents] = await again(plan_id);
    const second = await checkout(member, new_plan, donation_cents);
    expect(second.status).toBe(200);
    expect(second.body.session_id).not.toBe(session_id);
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
    expect(await openSessionsFor(subscription_id)).toEqual([second.body.session_id]);
    expect(await subscriptionOf(member)).toMatchObject({
      id: subscription_id,
      plan_id: new_plan,
      donation_cents,
      checkout_number: 2,
      stripe_checkout_session_id: second.body.session_id,
    });
  });

  test("for the first wish after another gives a session that can be paid", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout({ donation_cents: 100 });
    const other = await checkout(member, plan_id, 200);
    const back = await checkout(member, plan_id, 100);
    expect(new Set([session_id, other.body.session_id, back.body.session_id]).size).toBe(3);
    expect(await openSessionsFor(subscription_id)).toEqual([back.body.session_id]);
    expect((await stripeApi.checkout.sessions.retrieve(back.body.session_id)).amount_total).toBe(6100);
  });

  test("after the plan was renamed or its price was changed gives a session of today, and ends the one before", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout();
    await sql("update subscription_plans set name = name || ' (renamed)' where id = $1", [plan_id]);
    const renamed = await checkout(member, plan_id, 0);
    expect(await openSessionsFor(subscription_id)).toEqual([renamed.body.session_id]);
    await sql("update subscription_plans set price_cents = 7000 where id = $1", [plan_id]);
    const dearer = await checkout(member, plan_id, 0);
    expect(await openSessionsFor(subscription_id)).toEqual([dearer.body.session_id]);
    expect((await stripeApi.checkout.sessions.retrieve(dearer.body.session_id)).amount_total).toBe(7000);
    expect((await subscriptionOf(member)).base_subscription_cents).toBe(7000);
  });

  test("from several devices with different wishes hands out at most one session that can be paid", {
    timeout: 60_000,
  }, async () => {
    const offered = await Promise.all([plan(), plan({ price_cents: 900, billing_cycle: "monthly" })]);
    const wish = fc.record({ plan_id: fc.constantFrom(...offered), donation_cents: fc.constantFrom(0, 500) });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 6 }), async (wishes) => {
        const member = await person("payment_pending");
        const answers = await Promise.all(
          wishes.map(({ plan_id, donation_cents }) => checkout(member, plan_id, donation_cents)),
        );
        for (const answer of answers.filter(({ status }) => status !== 200))
          expect(outcome(answer)).toEqual([409, "checkout_superseded"]);
        const row = await subscriptionOf(member);
        const handed_out = new Set(answers.flatMap(({ body }) => body.session_id ?? []));
        const payable = (await openSessionsFor(row.id)).filter((id) => handed_out.has(id));
        expect(payable.length).toBeLessThanOrEqual(1);
        // Whoever tries again gets it, or one that takes its place.
        const last = await checkout(member, row.plan_id, row.donation_cents);
        const now_payable = (await openSessionsFor(row.id)).filter(
          (id) => id === last.body.session_id || handed_out.has(id),
        );
        expect(now_payable).toEqual([last.body.session_id]);
      }),
      { numRuns: 12 },
    );
  });

  test("after the attempt expired gives a new session, and ends the old one", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout();
    await sql("update subscriptions set checkout_expires_at = now() - interval '1 minute' where id = $1", [
      subscription_id,
    ]);
    const again = await checkout(member, plan_id);
    expect(again.status).toBe(200);
    expect(again.body.session_id).not.toBe(session_id);
    expect(await openSessionsFor(subscription_id)).toEqual([again.body.session_id]);
    const [row] = await sql(
      "select checkout_number, checkout_expires_at > now() + interval '22 hours' as lives from subscriptions where id = $1",
      [subscription_id],
    );
    expect(row).toEqual({ checkout_number: 2, lives: true });
  });

  test("after the session expired at Stripe by itself gives a new one", async () => {
    const { member, session_id, subscription_id } = await startedCheckout();
    await stripe.expire(session_id);
    const other_plan = await plan();
    const again = await checkout(member, other_plan);
    expect(again.status).toBe(200);
    expect(await openSessionsFor(subscription_id)).toEqual([again.body.session_id]);
  });

  test("makes somebody who left one who has to pay", async () => {
    const { member } = await startedCheckout({ member: await person("inactive") });
    expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "payment_pending" }]);
  });

  test("after a subscription that ended begins a new one beside it", async () => {
    const [member, plan_id] = await Promise.all([person("inactive"), plan()]);
    await sql(
      "insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents) values ($1, $2, 'expired', 'yearly', 6000), ($1, $2, 'cancelled', 'yearly', 6000)",
      [member.id, plan_id],
    );
    expect((await checkout(member, plan_id)).status).toBe(200);
    const statuses = (await subscriptionsOf(member)).map(({ status }) => status).sort();
    expect(statuses).toEqual(["cancelled", "expired", "pending"]);
  });
});

describe.concurrent("while a payment is on its way", () => {
  test("the same wish gives the session that was paid, and no other", async () => {
    const { member, plan_id, session_id, subscription_id } = await paidCheckout();
    const again = await checkout(member, plan_id, 0);
    expect(again.body.session_id).toBe(session_id);
    expect((await sessionsFor(subscription_id)).map(({ status }) => status)).toEqual(["complete"]);
  });

  test("another wish is refused, and leaves the row as it was and nothing that could be paid as well", async () => {
    const { member, subscription_id } = await paidCheckout();
    const before = await subscriptionOf(member);
    const other = await checkout(member, await plan(), 300);
    expect(outcome(other)).toEqual([409, "payment_in_progress"]);
    expect(await subscriptionOf(member)).toEqual(before);
    expect(await openSessionsFor(subscription_id)).toEqual([]);
  });

  test("and Stripe fails when it is to end that, or is asked about it, it is 503, and asking later is refused", async () => {
    const { member, session_id, subscription_id } = await paidCheckout();
    const [other, before] = [await plan(), await subscriptionOf(member)];
    for (const match of [`/${session_id}/expire?`, `/${session_id}?`]) {
      await stripe.fault({ mode: "drop", count: 2, match });
      expect(outcome(await checkout(member, other, 300))).toEqual([503, "stripe_unavailable"]);
    }
    expect(outcome(await checkout(member, other, 300))).toEqual([409, "payment_in_progress"]);
    expect(await subscriptionOf(member)).toEqual(before);
    expect((await sessionsFor(subscription_id)).map(({ id }) => id)).toEqual([session_id]);
  });

  test("what was paid is what the row says in the end, not what was wished for afterwards", async () => {
    const paid = await paidCheckout({ columns: { billing_cycle: "monthly", price_cents: 900 }, donation_cents: 100 });
    const { member, plan_id } = paid;
    await checkout(member, await plan({ billing_cycle: "yearly", price_cents: 6000 }), 0);
    await stripe.deliver([eventOf(paid, "checkout.session.completed")]);
    expect(await subscriptionOf(member)).toMatchObject({
      status: "active",
      base_subscription_cents: 900,
      donation_cents: 100,
      billing_cycle: "monthly",
      plan_id,
    });
  });
});

describe.concurrent("when the database fails", () => {
  test.for([
    { trip: "before Stripe is asked", fail: failDatabase, mode: "before", rows: 0, sessions: 0 },
    { trip: "before Stripe is asked", fail: failDatabase, mode: "after_commit", rows: 1, sessions: 0 },
    { trip: "after Stripe answered", fail: failDatabaseLater, mode: "before", rows: 1, sessions: 1 },
    { trip: "after Stripe answered", fail: failDatabaseLater, mode: "after_commit", rows: 1, sessions: 1 },
  ] as const)(
    "$trip ($mode), it is 503, and asking later gives the attempt's one session",
    async ({ fail, mode, rows, sessions }) => {
      const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
      await fail({ mode, match: member.id });
      const failed = await checkout(member, plan_id, 300);
      expect(outcome(failed)).toEqual([503, "database_unavailable"]);
      expect(failed.headers.get("Retry-After")).toMatch(/^\d+$/);
      const before = await subscriptionsOf(member);
      expect(before).toHaveLength(rows);
      const made = before[0] ? await sessionsFor(before[0].id) : [];
      expect(made).toHaveLength(sessions);

      const later = await checkout(member, plan_id, 300);
      expect(later.status).toBe(200);
      const row = await subscriptionOf(member);
      expect(row).toMatchObject({ checkout_number: 1, stripe_checkout_session_id: later.body.session_id });
      expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([later.body.session_id]);
    },
  );

  test.for([
    { when: "before its time", back: "0 hours" },
    { when: "in time", back: "24 hours" },
  ])("after Stripe answered, and that session expires $when, the row waits for the next attempt", async ({ back }) => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await failDatabaseLater({ mode: "before", match: member.id });
    expect((await checkout(member, plan_id, 300)).status).toBe(503);
    const { id } = await subscriptionOf(member);
    const [lost, ...others] = await openSessionsFor(id);
    if (!lost || others.length > 0) throw new Error("There is not one session");
    await stripe.deliveryMode("manual", id);
    await stripe.deliver((await stripe.expire(lost)).event_ids);
    await sql("update subscriptions set checkout_expires_at = checkout_expires_at - $2::interval where id = $1", [
      id,
      back,
    ]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "pending", stripe_checkout_session_id: null });
    const { status, body } = await checkout(member, plan_id, 300);
    expect(status).toBe(200);
    expect(await subscriptionOf(member)).toMatchObject({ id, stripe_checkout_session_id: body.session_id });
    expect(await openSessionsFor(id)).toEqual([body.session_id]);
  });

  test("between ending the session before and writing another wish down, the row stays, and asking later opens one session", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout();
    const before = await subscriptionOf(member);
    await stripe.deliveryMode("manual", subscription_id);
    await failDatabaseLater({ mode: "before", match: member.id });
    expect((await checkout(member, plan_id, 700)).status).toBe(503);
    expect(await subscriptionOf(member)).toEqual(before);
    expect(await openSessionsFor(subscription_id)).toEqual([]);
    const later = await checkout(member, plan_id, 700);
    expect([later.status, (await tripsOf(later)).before]).toEqual([200, 3]);
    expect(await openSessionsFor(subscription_id)).toEqual([later.body.session_id]);
  });

  test("after another wish was written down and its session made, the payment of that still comes home", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout();
    await failDatabase({ mode: "before", match: member.id, skip: 2 });
    expect((await checkout(member, plan_id, 700)).status).toBe(503);
    const [payable, ...others] = await openSessionsFor(subscription_id);
    if (!payable) throw new Error("There is no session to pay");
    expect(others).toEqual([]);
    const { events } = await payUnheard({ member, subscription_id, session_id: payable });
    await stripe.deliver([eventOf({ events }, "invoice.paid")]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "active", donation_cents: 700 });
  });
});

test("a customer that Stripe does not know any more is made anew by the payment", async () => {
  const member = await person("payment_pending", { stripe_customer_id: `cus_gone${Date.now()}` });
  const { status, body } = await checkout(member, await plan());
  expect(status).toBe(200);
  const session = await stripeApi.checkout.sessions.retrieve(body.session_id);
  expect(session.customer_email ?? session.customer_details?.email).toBe(member.email);
});

test("a customer that Stripe does not know any more, and then a 500, is 503, and asking later has another key", async () => {
  const member = await person("payment_pending", { stripe_customer_id: `cus_gone${crypto.randomUUID()}` });
  const plan_id = await plan();
  await stripe.fault({ mode: "status", status: 500, count: 2, match: `customer_email=${member.email}` });
  expect(outcome(await checkout(member, plan_id))).toEqual([503, "stripe_unavailable"]);
  const later = await checkout(member, plan_id);
  expect(later.status).toBe(200);
  const { id, checkout_number } = await subscriptionOf(member);
  expect(checkout_number).toBe(2);
  expect(await openSessionsFor(id)).toEqual([later.body.session_id]);
});
