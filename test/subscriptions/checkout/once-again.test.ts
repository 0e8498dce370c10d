import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import { failDatabase, failDatabaseLater } from "../../harness/faults.ts";
import {
  checkout,
  openSessionsFor,
  pendingOf,
  sessionsAskedFor,
  sessionsFor,
  startedCheckout,
  subscribed,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { type Person, person } from "../../harness/people.ts";
import { CUSTOM, plan } from "../../harness/plans.ts";
import { stripe } from "../../harness/platform.ts";

const KINDS = [
  { what: "a plan that is paid once", arrive: () => person("payment_pending") },
  {
    what: "a renewal",
    arrive: async (): Promise<Person> => {
      const member = await person("active");
      await subscribed(member);
      return member;
    },
  },
];

describe.concurrent("several devices", () => {
  test.for(KINDS)("that ask for $what at once get one session, one key and one row", async ({ arrive }) => {
    const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkout(member, plan_id, 700)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const row = await pendingOf(member);
    expect(new Set(answers.map(({ body }) => body.session_id))).toEqual(new Set([row.stripe_checkout_session_id]));
    expect(row.checkout_number).toBe(1);
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([row.stripe_checkout_session_id]);
    expect(new Set((await sessionsAskedFor(row.id)).map(({ idempotency_key }) => idempotency_key)).size).toBe(1);
  });

  const PATIENT = { timeout: 60_000 };
  test.for(KINDS)(
    "with different wishes for $what get at most one session that can be paid",
    PATIENT,
    async ({ arrive }) => {
      const offered = await Promise.all([plan(CUSTOM), plan({ billing_cycle: "lifetime" })]);
      const wish = fc.record({
        plan_id: fc.constantFrom(...offered),
        donation_cents: fc.constantFrom(0, 500),
        dues: fc.constantFrom(undefined, 4000),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 6 }), async (wishes) => {
          const member = await arrive();
          const answers = await Promise.all(
            wishes.map(({ plan_id, donation_cents, dues }) => checkout(member, plan_id, donation_cents, dues)),
          );
          for (const answer of answers.filter(({ status }) => status !== 200))
            expect(outcome(answer)).toEqual([409, "checkout_superseded"]);
          const row = await pendingOf(member);
          const handed_out = new Set(answers.flatMap(({ body }) => body.session_id ?? []));
          const payable = (await openSessionsFor(row.id)).filter((id) => handed_out.has(id));
          expect(payable.length).toBeLessThanOrEqual(1);
          const last = await checkout(member, row.plan_id, row.donation_cents, row.base_subscription_cents);
          const now_payable = (await openSessionsFor(row.id)).filter(
            (id) => id === last.body.session_id || handed_out.has(id),
          );
          expect(now_payable).toEqual([last.body.session_id]);
        }),
        { numRuns: 6 },
      );
    },
  );
});

describe.concurrent("while a payment is on its way", () => {
  test.for(KINDS)("of $what, the same wish gives what was paid, and another is refused", async ({ arrive }) => {
    const [member, plan_id, other] = await Promise.all([arrive(), plan(CUSTOM), plan(CUSTOM)]);
    const { body } = await checkout(member, plan_id, 0);
    await stripe.deliveryMode("manual", (await pendingOf(member)).id);
    await stripe.pay(body.session_id, { email: member.email });
    expect((await checkout(member, plan_id, 0)).body.session_id).toBe(body.session_id);
    const paid = await pendingOf(member);
    for (const [plan, donation] of [
      [other, 0],
      [plan_id, 300],
    ] as const)
      expect(outcome(await checkout(member, plan, donation))).toEqual([409, "payment_in_progress"]);
    expect(await pendingOf(member)).toEqual(paid);
    expect((await sessionsFor(paid.id)).map(({ id }) => id)).toEqual([body.session_id]);
  });

  test.for(KINDS)(
    "of $what, other wishes are refused, however often and from however many devices",
    async ({ arrive }) => {
      const [member, plan_id, other] = await Promise.all([arrive(), plan(CUSTOM), plan(CUSTOM)]);
      const { body } = await checkout(member, plan_id, 0);
      const { id } = await pendingOf(member);
      await stripe.deliveryMode("manual", id);
      await stripe.pay(body.session_id, { email: member.email });
      for (let round = 0; round < 2; round += 1)
        for (const answer of await Promise.all([1, 2, 3, 4].map(() => checkout(member, other, 0))))
          expect(outcome(answer)).toEqual([409, "payment_in_progress"]);
      expect(await openSessionsFor(id)).toEqual([]);
    },
  );

  test.for(KINDS)(
    "of $what, and it takes days and fails, it can be paid anew, and so can another wish",
    async ({ arrive }) => {
      const [member, plan_id, other] = await Promise.all([arrive(), plan(CUSTOM), plan(CUSTOM)]);
      const first = await checkout(member, plan_id, 0);
      const { id } = await pendingOf(member);
      await stripe.deliveryMode("manual", id);
      await stripe.pay(first.body.session_id, { email: member.email, later: true });
      expect(outcome(await checkout(member, other, 0))).toEqual([409, "payment_in_progress"]);
      await stripe.settle(first.body.session_id, false);
      for (const wish of [other, plan_id, other]) {
        const again = await checkout(member, wish, 0);
        expect(again.status).toBe(200);
        expect(await openSessionsFor(id)).toEqual([again.body.session_id]);
      }
    },
  );
});

describe.concurrent("a session that ended at Stripe before its time", () => {
  test.for(KINDS)("of $what is followed by another, the same for all who ask", async ({ arrive }) => {
    const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
    const first = await checkout(member, plan_id, 0);
    await stripe.expire(first.body.session_id);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => checkout(member, plan_id, 0)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const [session_id, ...others] = new Set(answers.map(({ body }) => body.session_id));
    expect(others).toEqual([]);
    expect(await openSessionsFor((await pendingOf(member)).id)).toEqual([session_id]);
  });

  test("and Stripe fails when it is asked about it, it is 503, and asking later gives another", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout({ columns: CUSTOM });
    // What the webhook asks is not to meet the fault.
    await stripe.deliveryMode("manual", subscription_id);
    await stripe.expire(session_id);
    await stripe.fault({ mode: "drop", count: 2, match: `/${session_id}?` });
    expect(outcome(await checkout(member, plan_id, 0))).toEqual([503, "stripe_unavailable"]);
    const { body } = await checkout(member, plan_id, 0);
    expect(await openSessionsFor(subscription_id)).toEqual([body.session_id]);
  });
});

describe.concurrent("when something fails", () => {
  const cells = KINDS.flatMap((kind) =>
    (["drop", "after"] as const).map((mode) => ({ ...kind, how: `Stripe (${mode})`, mode })),
  );

  test.for(cells)("in $what: $how once, nobody notices", async ({ arrive, mode }) => {
    const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
    await stripe.fault({ mode, match: `customer_email=${member.email}` });
    const { status, body } = await checkout(member, plan_id);
    expect(status).toBe(200);
    expect((await sessionsFor((await pendingOf(member)).id)).map(({ id }) => id)).toEqual([body.session_id]);
  });

  test.for(cells)("in $what: $how again, it is 503, and asking later gives one session", async ({ arrive, mode }) => {
    const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
    await stripe.fault({ mode, count: 2, match: `customer_email=${member.email}` });
    expect(outcome(await checkout(member, plan_id))).toEqual([503, "stripe_unavailable"]);
    const { body } = await checkout(member, plan_id);
    const row = await pendingOf(member);
    expect(row).toMatchObject({ checkout_number: 1, stripe_checkout_session_id: body.session_id });
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([body.session_id]);
  });

  test.for(KINDS)("in $what: Stripe answers 500, it is 503, and asking later has another key", async ({ arrive }) => {
    const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
    await stripe.fault({ mode: "status", status: 500, count: 2, match: `customer_email=${member.email}` });
    expect(outcome(await checkout(member, plan_id))).toEqual([503, "stripe_unavailable"]);
    const { body } = await checkout(member, plan_id);
    const row = await pendingOf(member);
    expect(row).toMatchObject({ checkout_number: 2, stripe_checkout_session_id: body.session_id });
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([body.session_id]);
  });

  const trips = KINDS.flatMap((kind) => [
    { ...kind, how: "before Stripe is asked (before)", fail: failDatabase, mode: "before", rows: 0, made: 0 } as const,
    { ...kind, how: "before it (after commit)", fail: failDatabase, mode: "after_commit", rows: 1, made: 0 } as const,
    { ...kind, how: "after it (before)", fail: failDatabaseLater, mode: "before", rows: 1, made: 1 } as const,
    {
      ...kind,
      how: "after it (after commit)",
      fail: failDatabaseLater,
      mode: "after_commit",
      rows: 1,
      made: 1,
    } as const,
  ]);

  test.for(trips)(
    "in $what: the database $how, it is 503, and asking later gives one session and the same term",
    async ({ arrive, fail, mode, rows, made }) => {
      const [member, plan_id] = await Promise.all([arrive(), plan(CUSTOM)]);
      await fail({ mode, match: member.id });
      expect(outcome(await checkout(member, plan_id))).toEqual([503, "database_unavailable"]);
      const before = (await subscriptionsOf(member)).filter(({ status }) => status === "pending");
      expect(before).toHaveLength(rows);
      const sessions = before[0] ? await sessionsFor(before[0].id) : [];
      expect(sessions).toHaveLength(made);
      const { body } = await checkout(member, plan_id);
      const row = await pendingOf(member);
      expect(row).toMatchObject({ checkout_number: 1, stripe_checkout_session_id: body.session_id });
      if (before[0]) expect(row.current_term_start).toEqual(before[0].current_term_start);
      expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([body.session_id]);
    },
  );
});
