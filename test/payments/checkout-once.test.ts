import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { links } from "../../src/http/links.ts";
import { outcome } from "../harness/client.ts";
import { failDatabase, failDatabaseLater } from "../harness/faults.ts";
import {
  checkout,
  customer,
  openSessionsFor,
  pendingOf,
  STATEMENT_SUFFIX,
  sessionsAskedFor,
  sessionsFor,
  startedCheckout,
  stripeApi,
  subscribed,
  subscriptionOf,
  subscriptionsOf,
} from "../harness/payments.ts";
import { type Person, person } from "../harness/people.ts";
import { CUSTOM, endOfNext, plan } from "../harness/plans.ts";
import { settings, sql, stripe } from "../harness/platform.ts";
import { inDays, statusOf } from "../harness/subscriptions.ts";

describe.concurrent("a plan that is paid once", () => {
  test("is asked of Stripe as one payment of dues and donation, apart, that comes home with its term", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout({ columns: CUSTOM, donation_cents: 500 });
    const [offered] = await sql<{ name: string }>("select name from subscription_plans where id = $1", [plan_id]);
    const row = await pendingOf(member);
    const metadata = {
      subscription_id,
      user_id: member.id,
      plan_id,
      billing_cycle: "custom",
      term_start: row.current_term_start?.toISOString(),
      term_end: row.current_term_end?.toISOString(),
    };
    const line = (unit_amount: string, name: string, part: string) => ({
      quantity: "1",
      price_data: { currency: "usd", unit_amount, product_data: { name, metadata: { part } } },
    });
    const [request, ...others] = await sessionsAskedFor(subscription_id);
    expect(others).toEqual([]);
    expect(request?.params).toEqual({
      mode: "payment",
      customer_email: member.email,
      customer_creation: "always",
      client_reference_id: subscription_id,
      line_items: { 0: line("6000", `Dues: ${offered?.name}`, "dues"), 1: line("500", "Donation", "donation") },
      metadata,
      payment_intent_data: { metadata, statement_descriptor_suffix: STATEMENT_SUFFIX },
      success_url: links.paid(settings),
      cancel_url: links.cancelled(settings),
      expires_at: String(Math.floor(row.checkout_expires_at.getTime() / 1000)),
    });
  });

  test("for life begins now and has no end", async () => {
    const before = Date.now();
    const { member, subscription_id } = await startedCheckout({ columns: { billing_cycle: "lifetime" } });
    const { current_term_start, current_term_end } = await pendingOf(member);
    expect(current_term_end).toBeNull();
    expect(Math.abs((current_term_start?.getTime() ?? 0) - before)).toBeLessThan(60_000);
    const [request] = await sessionsAskedFor(subscription_id);
    expect(request?.params).toMatchObject({
      mode: "payment",
      metadata: { billing_cycle: "lifetime", term_start: current_term_start?.toISOString() },
    });
    expect(request?.params.metadata).not.toHaveProperty("term_end");
  });

  test("names the customer that Stripe knows, and makes no other", async () => {
    const member = await customer("inactive");
    const { subscription_id } = await startedCheckout({ member, columns: CUSTOM });
    const [request] = await sessionsAskedFor(subscription_id);
    expect(request?.params).toMatchObject({ customer: member.stripe_customer_id });
    expect(request?.params).not.toHaveProperty("customer_creation");
    expect(request?.params).not.toHaveProperty("customer_email");
  });

  test("makes a customer anew of one that was deleted at Stripe", async () => {
    const member = await customer("payment_pending");
    await stripeApi.customers.del(member.stripe_customer_id);
    const { session_id } = await startedCheckout({ member, columns: CUSTOM });
    expect(await stripeApi.checkout.sessions.retrieve(session_id)).toMatchObject({
      customer: null,
      customer_creation: "always",
      customer_email: member.email,
    });
  });

  test("ends with the next such day of the year, and never while its session can still be paid", async () => {
    const near = [-1, 0, 1, 2, 3].map(inDays);
    const days = [
      [1, 1],
      [2, 28],
      [6, 30],
      [12, 31],
      // 29 February is no day that every year has.
      ...near.map((date) => [date.getUTCMonth() + 1, Math.min(date.getUTCDate(), 28)] as const),
    ] as const;
    await Promise.all(
      days.map(async ([term_end_month, term_end_day]) => {
        const { member } = await startedCheckout({ columns: { ...CUSTOM, term_end_month, term_end_day } });
        const { current_term_end, checkout_expires_at } = await pendingOf(member);
        expect(current_term_end).toEqual(endOfNext(term_end_month, term_end_day, checkout_expires_at));
      }),
    );
  });

  test("keeps its session and its term, however often it is asked for", async () => {
    const { member, plan_id, session_id } = await startedCheckout({ columns: CUSTOM });
    const { current_term_start, current_term_end, checkout_number } = await pendingOf(member);
    expect((await checkout(member, plan_id, 0)).body.session_id).toBe(session_id);
    expect(await pendingOf(member)).toMatchObject({ current_term_start, current_term_end, checkout_number });
  });

  test("begins anew when its session expired", async () => {
    const { member, plan_id, session_id, subscription_id } = await startedCheckout({
      columns: { billing_cycle: "lifetime" },
    });
    await sql(
      "update subscriptions set checkout_expires_at = now() - interval '1 minute', current_term_start = now() - interval '1 day' where id = $1",
      [subscription_id],
    );
    const again = await checkout(member, plan_id);
    expect(again.body.session_id).not.toBe(session_id);
    expect(await openSessionsFor(subscription_id)).toEqual([again.body.session_id]);
    const { current_term_start, checkout_number } = await pendingOf(member);
    expect(checkout_number).toBe(2);
    expect(Date.now() - (current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  test("has a session of today after the day its terms end was changed", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout({ columns: CUSTOM });
    const far = inDays(200);
    const [month, day] = [far.getUTCMonth() + 1, 15];
    await sql("update subscription_plans set term_end_month = $2, term_end_day = $3 where id = $1", [
      plan_id,
      month,
      day,
    ]);
    const again = await checkout(member, plan_id, 0);
    expect(await openSessionsFor(subscription_id)).toEqual([again.body.session_id]);
    const { current_term_end, checkout_expires_at } = await pendingOf(member);
    expect(current_term_end).toEqual(endOfNext(month, day, checkout_expires_at));
  });

  test("is refused as long as nobody said when its terms end", async () => {
    const member = await person("payment_pending");
    expect(outcome(await checkout(member, await plan({ billing_cycle: "custom" })))).toEqual([409, "plan_has_no_term"]);
    expect(await subscriptionsOf(member)).toEqual([]);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("is one session to a plan that renews itself after it, and the other way round", async () => {
    const [once, again] = await Promise.all([plan(CUSTOM), plan()]);
    const member = await person("payment_pending");
    for (const [plan_id, mode] of [
      [once, "payment"],
      [again, "subscription"],
      [once, "payment"],
    ] as const) {
      const { body } = await checkout(member, plan_id);
      const row = await pendingOf(member);
      expect(await openSessionsFor(row.id)).toEqual([body.session_id]);
      expect((await stripeApi.checkout.sessions.retrieve(body.session_id)).mode).toBe(mode);
      expect(row.current_term_end === null).toBe(mode === "subscription");
    }
  });
});

describe.concurrent("paying what one can", () => {
  const offered = () => plan({ price_cents: 6000, minimum_price_cents: 2000 });

  test.for([
    { what: "the price, unless told otherwise", asked_for: undefined, cents: 6000 },
    { what: "less than the price", asked_for: 4000, cents: 4000 },
    { what: "the least there is", asked_for: 2000, cents: 2000 },
    { what: "more than the price", asked_for: 9000, cents: 9000 },
  ])("is $what", async ({ asked_for, cents }) => {
    const member = await person("payment_pending");
    const { body } = await checkout(member, await offered(), 500, asked_for);
    expect(await subscriptionOf(member)).toMatchObject({ base_subscription_cents: cents, donation_cents: 500 });
    expect((await stripeApi.checkout.sessions.retrieve(body.session_id)).amount_total).toBe(cents + 500);
  });

  test.for([
    { what: "a cent below the minimum", columns: { minimum_price_cents: 2000 }, wish: [0, 1999], why: "below_minimum" },
    {
      what: "below it with a donation",
      columns: { minimum_price_cents: 2000 },
      wish: [500, 1999],
      why: "below_minimum",
    },
    { what: "below a fixed price", columns: { minimum_price_cents: 6000 }, wish: [0, 5999], why: "below_minimum" },
    { what: "less than Stripe charges", columns: {}, wish: [0, 49], why: "amount_too_small" },
    { what: "nothing", columns: { price_cents: 0 }, wish: [0, undefined], why: "amount_too_small" },
    { what: "more than Stripe charges", columns: {}, wish: [1, 99_999_999], why: "amount_too_large" },
  ])("is refused where it is $what", async ({ columns, wish: [donation, dues], why }) => {
    const member = await person("payment_pending");
    expect(outcome(await checkout(member, await plan(columns), donation, dues))).toEqual([409, why]);
    expect(await subscriptionsOf(member)).toEqual([]);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("takes what the donation brings to Stripe's minimum", async () => {
    const member = await person("payment_pending");
    const { status, body } = await checkout(member, await plan({ ...CUSTOM, price_cents: 0 }), 50);
    expect(status).toBe(200);
    expect((await stripeApi.checkout.sessions.retrieve(body.session_id)).amount_total).toBe(50);
  });

  test("of another amount ends the session before", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), offered()]);
    const first = await checkout(member, plan_id, 0, 3000);
    const second = await checkout(member, plan_id, 0, 4000);
    expect(second.body.session_id).not.toBe(first.body.session_id);
    expect(await openSessionsFor((await subscriptionOf(member)).id)).toEqual([second.body.session_id]);
  });

  test("is refused as no amount of cents", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), offered()]);
    for (const dues of [-1, 2000.5, "4000", null, 100_000_000, [], {}])
      expect(outcome(await checkout(member, plan_id, 0, dues))).toEqual([400, "invalid_input"]);
    expect(await subscriptionsOf(member)).toEqual([]);
  });
});

describe.concurrent("the renewal of a term that does not renew itself", () => {
  /** An active member whose term ends in so many days, with what they may renew it by. */
  async function runningOut({ days = 100, ...columns }: Record<string, unknown> & { days?: number } = {}) {
    const member = await person("active");
    const current_term_end = inDays(days);
    const id = await subscribed(member, { current_term_end, payment_method: "cash", ...columns });
    return { member, id, current_term_end };
  }
  const rowOf = async (id: string) => (await sql("select * from subscriptions where id = $1", [id]))[0];

  test("stands beside it, and its term begins where that ends", async () => {
    const { member, id, current_term_end } = await runningOut();
    const before = await rowOf(id);
    const { status, body } = await checkout(member, await plan(CUSTOM));
    expect(status).toBe(200);
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({
      current_term_start: current_term_end,
      current_term_end: endOfNext(6, 30, current_term_end),
      stripe_checkout_session_id: body.session_id,
    });
    const [request] = await sessionsAskedFor(pending.id);
    expect(request?.params.metadata).toMatchObject({ term_start: current_term_end.toISOString() });
    expect(await rowOf(id)).toEqual(before);
    expect(await statusOf(member)).toBe("active");
  });

  test("of a whole year begins where the year ended, and ends a year later", async () => {
    const ends = endOfNext(6, 30, inDays(2));
    const { member } = await runningOut({ billing_cycle: "custom", current_term_end: ends });
    await checkout(member, await plan(CUSTOM));
    const { current_term_start, current_term_end } = await pendingOf(member);
    expect([current_term_start, current_term_end]).toEqual([ends, endOfNext(6, 30, ends)]);
    expect(current_term_end?.getUTCFullYear()).toBe(ends.getUTCFullYear() + 1);
  });

  test("for life begins where it ends too", async () => {
    const { member, current_term_end } = await runningOut();
    await checkout(member, await plan({ billing_cycle: "lifetime" }));
    expect(await pendingOf(member)).toMatchObject({ current_term_start: current_term_end, current_term_end: null });
  });

  test("within the grace begins where the term ended, and never sells what is over", async () => {
    const { member, current_term_end } = await runningOut({
      days: -10,
      status: "past_due",
      grace_ends_at: inDays(4),
    });
    const passed = inDays(-5);
    const day = { term_end_month: passed.getUTCMonth() + 1, term_end_day: Math.min(passed.getUTCDate(), 28) };
    await checkout(member, await plan({ ...CUSTOM, ...day }));
    const pending = await pendingOf(member);
    expect(pending.current_term_start).toEqual(current_term_end);
    expect(pending.current_term_end).toEqual(
      endOfNext(day.term_end_month, day.term_end_day, pending.checkout_expires_at),
    );
    expect(await statusOf(member)).toBe("active");
  });

  test("after the grace begins now, and who was inactive has to pay", async () => {
    const member = await person("inactive");
    await subscribed(member, {
      status: "past_due",
      current_term_end: inDays(-40),
      grace_ends_at: inDays(-26),
    });
    expect((await checkout(member, await plan(CUSTOM))).status).toBe(200);
    const { current_term_start } = await pendingOf(member);
    expect(Date.now() - (current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await statusOf(member)).toBe("payment_pending");
  });

  test("moves with the term that it follows", async () => {
    const { member, id } = await runningOut();
    const plan_id = await plan(CUSTOM);
    const first = await checkout(member, plan_id, 0);
    const later = inDays(110);
    await sql("update subscriptions set current_term_end = $2 where id = $1", [id, later]);
    const second = await checkout(member, plan_id, 0);
    expect(second.body.session_id).not.toBe(first.body.session_id);
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({ current_term_start: later, checkout_number: 2 });
    expect(await openSessionsFor(pending.id)).toEqual([second.body.session_id]);
  });

  test("begins now when the term it was to follow was cancelled", async () => {
    const { member, id } = await runningOut();
    const plan_id = await plan({ billing_cycle: "lifetime" });
    const first = await checkout(member, plan_id, 0);
    await sql("update subscriptions set status = 'cancelled' where id = $1", [id]);
    const second = await checkout(member, plan_id, 0);
    expect(second.body.session_id).not.toBe(first.body.session_id);
    const pending = await pendingOf(member);
    expect(Date.now() - (pending.current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await openSessionsFor(pending.id)).toEqual([second.body.session_id]);
  });

  test.for(["monthly", "quarterly", "yearly"])(
    "by a %s plan is refused while the term runs, naming until when",
    async (billing_cycle) => {
      const { member } = await runningOut({ current_term_end: "2199-07-01T00:00:00.000Z" });
      const answer = await checkout(member, await plan({ billing_cycle }));
      expect(outcome(answer)).toEqual([409, "term_still_runs"]);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining("Your term runs until 30 June 2199.") });
      expect(await subscriptionsOf(member)).toHaveLength(1);
      expect(await stripe.requests(member.email)).toEqual([]);
    },
  );

  test.for([
    { what: "has a day to go", columns: { days: 1 }, allowed: false },
    { what: "is past due", columns: { days: -1, status: "past_due", grace_ends_at: inDays(13) }, allowed: true },
    { what: "is paused", columns: { days: 100, status: "paused" }, allowed: false },
  ])("by a plan that renews itself, where the term $what: allowed is $allowed", async ({ columns, allowed }) => {
    const { member } = await runningOut(columns);
    expect((await checkout(member, await plan())).status).toBe(allowed ? 200 : 409);
    if (!allowed) return;
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({ current_term_start: null, current_term_end: null });
    const [request] = await sessionsAskedFor(pending.id);
    expect(request?.params).toMatchObject({ mode: "subscription" });
    expect(request?.params.metadata).not.toHaveProperty("term_start");
    expect(await statusOf(member)).toBe("active");
  });

  test("is refused to who is a member for life", async () => {
    const member = await person("active");
    await subscribed(member, { billing_cycle: "lifetime", current_term_end: null });
    for (const columns of [CUSTOM, { billing_cycle: "lifetime" }, {}])
      expect(outcome(await checkout(member, await plan(columns)))).toEqual([409, "already_subscribed"]);
    expect(await subscriptionsOf(member)).toHaveLength(1);
  });

  test("has nothing to do with anybody else's term", async () => {
    await runningOut();
    const member = await person("payment_pending");
    await checkout(member, await plan(CUSTOM));
    expect(Date.now() - ((await pendingOf(member)).current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
  });
});

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
