import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { outcome, tripsOf } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { checkout, openSessionsFor, startedCheckout, stripeApi, subscriptionsOf } from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import {
  inDays,
  lettersTo,
  offlineMember,
  paymentsOf,
  rowOf,
  statusOf,
  treasurer,
} from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.create");

const record = (body: Record<string, unknown>) =>
  clerk.send("POST", "", { id: randomUUID(), payment_method: "cash", ...body });

describe.concurrent("an online checkout that is open", () => {
  test("is made void at Stripe, so that nobody pays twice", async () => {
    const { member, plan_id, subscription_id, session_id } = await startedCheckout();
    const answer = await record({ user_id: member.id, plan_id });
    expect(answer.status).toBe(201);
    expect((await tripsOf(answer)).before).toBe(2);
    expect(await rowOf(subscription_id)).toMatchObject({ status: "cancelled" });
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
    expect(await subscriptionsOf(member)).toHaveLength(2);
    expect(await paymentsOf(member)).toHaveLength(1);
    expect(await statusOf(member)).toBe("active");
  });

  test("that has no session yet is only taken back", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await sql(
      "insert into subscriptions (user_id, plan_id, billing_cycle, base_subscription_cents) values ($1, $2, 'yearly', 6000)",
      [member.id, plan_id],
    );
    const answer = await record({ user_id: member.id, plan_id });
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([201, 1]);
    expect((await subscriptionsOf(member)).map(({ status }) => status).sort()).toEqual(["active", "cancelled"]);
  });

  test("that was paid a moment ago counts, and nothing is recorded", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout();
    for (const match of [member.email, subscription_id]) await stripe.deliveryMode("manual", match);
    await stripe.pay(session_id, { email: member.email });
    expect(outcome(await record({ user_id: member.id, plan_id }))).toEqual([409, "payment_in_progress"]);
    expect((await subscriptionsOf(member)).map(({ status }) => status)).toEqual(["pending"]);
    expect(await paymentsOf(member)).toEqual([]);
  });

  test("stands in the way while Stripe does not answer: 503, nothing is recorded, and later it is", async () => {
    const { member, plan_id, session_id } = await startedCheckout();
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    await stripe.fault({ mode: "status", count: 2, match: `${session_id}/expire` });
    expect(outcome(await record(body))).toEqual([503, "stripe_unavailable"]);
    expect((await subscriptionsOf(member)).map(({ status }) => status)).toEqual(["pending"]);
    expect((await record(body)).status).toBe(201);
    expect(await paymentsOf(member)).toHaveLength(1);
  });

  test("whose ending was done and not heard of is ended all the same", async () => {
    const { member, plan_id, session_id } = await startedCheckout();
    await stripe.fault({ mode: "after", count: 2, match: `${session_id}/expire` });
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    const first = await record(body);
    expect([201, 503]).toContain(first.status);
    if (first.status === 503) expect((await record(body)).status).toBe(201);
    expect(await paymentsOf(member)).toHaveLength(1);
  });

  test("does not stop a retry of what is on record", async () => {
    const { member, plan_id } = await offlineMember();
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    expect((await record(body)).status).toBe(201);
    await checkout(member, await plan({ billing_cycle: "lifetime" }));
    const pending = (await subscriptionsOf(member)).find(({ status }) => status === "pending");
    expect((await record(body)).status).toBe(201);
    expect(await openSessionsFor(pending?.id ?? "")).toHaveLength(1);
  });
});

describe.concurrent("sent again", () => {
  test("with the same id, a term is recorded once, with one mail", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    const [first, second] = [await record(body), await record(body)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(await paymentsOf(member)).toHaveLength(1);
    expect(await lettersTo(member)).toHaveLength(1);
  });

  test("with the same id at the same moment too", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    const answers = await Promise.all([record(body), record(body), record(body)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await paymentsOf(member)).toHaveLength(1);
  });

  test("with the same id, a term whose dates follow from an earlier one is recorded once, and is no term of other dates", async () => {
    const { member, subscription_id: earlier } = await offlineMember();
    const plan_id = await plan({ billing_cycle: "monthly" });
    await sql("update subscriptions set current_term_start = $2, current_term_end = $3 where id = $1", [
      earlier,
      "2030-01-31T17:00:00.000Z",
      "2031-02-28T17:00:00.000Z",
    ]);
    const body = { id: randomUUID(), user_id: member.id, plan_id };
    const first = await record(body);
    expect(first.status).toBe(201);
    expect(await record(body)).toMatchObject({ status: 201, body: first.body });
    const [payment] = await sql<{ term_start: Date; term_end: Date }>(
      "select term_start, term_end from payments where subscription_id = $1",
      [body.id],
    );
    const dates = { term_start: payment?.term_start.toISOString(), term_end: payment?.term_end.toISOString() };
    expect(dates).toEqual({ term_start: "2031-02-28T17:00:00.000Z", term_end: expect.stringMatching(/^2031-03-31/) });
    // To say what follows anyway is no difference.
    expect((await record({ ...body, ...dates })).status).toBe(201);
    expect(outcome(await record({ ...body, term_start: inDays(0).toISOString() }))).toEqual([409, "id_taken"]);
    expect(await paymentsOf(member)).toHaveLength(2);

    const [other, monthly] = [await person("payment_pending"), await plan({ billing_cycle: "monthly" })];
    const dated = { id: randomUUID(), user_id: other.id, plan_id: monthly, term_end: inDays(300).toISOString() };
    expect((await record(dated)).status).toBe(201);
    expect(outcome(await record({ ...dated, term_end: undefined }))).toEqual([409, "id_taken"]);
  });

  test("with an id that another subscription has, it is refused", async () => {
    const [{ subscription_id }, other, plan_id] = await Promise.all([offlineMember(), person("active"), plan()]);
    const answer = await record({ id: subscription_id, user_id: other.id, plan_id });
    expect(outcome(answer)).toEqual([409, "id_taken"]);
    expect(await subscriptionsOf(other)).toEqual([]);
  });

  test("with the same id and anything else different, it is refused, and nothing changes", async () => {
    const [member, plan_id, other_plan] = await Promise.all([person("payment_pending"), plan(), plan()]);
    const other = await person("payment_pending");
    const body = {
      id: randomUUID(),
      user_id: member.id,
      plan_id,
      base_subscription_cents: 4500,
      donation_cents: 700,
      paid_at: inDays(-1).toISOString(),
      term_start: inDays(-2).toISOString(),
      term_end: inDays(300).toISOString(),
      notes: "Paid at the summer party.",
    };
    expect((await record(body)).status).toBe(201);
    for (const another of [
      { base_subscription_cents: 4501 },
      { base_subscription_cents: undefined },
      { donation_cents: 0 },
      { plan_id: other_plan },
      { user_id: other.id },
      { payment_method: "cheque" },
      { paid_at: inDays(-2).toISOString() },
      { paid_at: undefined },
      { term_start: inDays(-3).toISOString() },
      { term_start: undefined },
      { term_end: inDays(301).toISOString() },
      { term_end: undefined },
      { notes: "Paid by her sister." },
    ])
      expect(outcome(await record({ ...body, ...another })), JSON.stringify(another)).toEqual([409, "id_taken"]);
    expect(await subscriptionsOf(other)).toEqual([]);
    expect((await record(body)).status).toBe(201);
    expect(await paymentsOf(member)).toMatchObject([{ base_subscription_cents: 4500, donation_cents: 700 }]);
  });

  test("by two volunteers at once, each with an id of their own, extends it twice", async () => {
    const [member, plan_id] = await Promise.all([person("inactive"), plan()]);
    const answers = await Promise.all([
      record({ user_id: member.id, plan_id }),
      record({ user_id: member.id, plan_id }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const rows = await subscriptionsOf(member);
    expect(rows.map(({ status }) => status).sort()).toEqual(["active", "expired"]);
    const years = rows.map(({ current_term_end: end }) => (end?.getTime() ?? 0) / 31_557_600_000).sort();
    expect(Math.round((years[1] ?? 0) - (years[0] ?? 0))).toBe(1);
  });

  test.each(["before", "after_commit"] as const)(
    "after the database failed (%s), nothing is counted twice",
    async (mode) => {
      const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
      const body = { id: randomUUID(), user_id: member.id, plan_id };
      await failDatabase({ mode, match: body.id, count: 2 });
      expect(outcome(await record(body))).toEqual([503, "database_unavailable"]);
      expect(await paymentsOf(member)).toHaveLength(mode === "before" ? 0 : 1);
      expect((await record(body)).status).toBe(201);
      expect(await paymentsOf(member)).toHaveLength(1);
      expect(await lettersTo(member)).toHaveLength(1);
    },
  );

  test("by ourselves after a lost answer, nobody notices", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await failDatabase({ mode: "after_commit", match: member.id });
    const { status, body } = await record({ user_id: member.id, plan_id });
    expect([status, body.payments_total]).toEqual([201, 1]);
    expect(await subscriptionsOf(member)).toHaveLength(1);
    expect(await paymentsOf(member)).toHaveLength(1);
  });

  test.each(["before", "after_commit"] as const)(
    "after the database failed (%s) once the checkout was void, all is well",
    async (mode) => {
      const { member, plan_id, subscription_id, session_id } = await startedCheckout();
      const body = { id: randomUUID(), user_id: member.id, plan_id };
      await failDatabase({ mode, match: body.id, skip: 1, count: 2 });
      expect(outcome(await record(body))).toEqual([503, "database_unavailable"]);
      expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
      expect((await record(body)).status).toBe(201);
      expect(await rowOf(subscription_id)).toMatchObject({ status: "cancelled" });
      expect(await paymentsOf(member)).toHaveLength(1);
      expect(await lettersTo(member)).toHaveLength(1);
    },
  );
});
