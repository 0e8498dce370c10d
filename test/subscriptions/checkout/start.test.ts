import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import { get, outcome, pathsOf, post } from "../../harness/client.ts";
import {
  checkout,
  sessionsAskedFor,
  sessionsFor,
  startedCheckout,
  stripeApi,
  subscribed,
  subscriptionOf,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { person, volunteer } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { settings, sql, stripe } from "../../harness/platform.ts";
import { inDays } from "../../harness/subscriptions.ts";

describe.concurrent("what Stripe is asked for", () => {
  test("is a subscription to dues and donation, apart, that come home to our row", async () => {
    const { member, plan_id, subscription_id } = await startedCheckout({ donation_cents: 500 });
    const [offered] = await sql<{ name: string }>("select name from subscription_plans where id = $1", [plan_id]);
    const [row] = await sql<{ until: string }>(
      "select floor(extract(epoch from checkout_expires_at))::text as until from subscriptions where id = $1",
      [subscription_id],
    );
    const recurring = { interval: "year", interval_count: "1" };
    const metadata = { subscription_id, user_id: member.id, plan_id, billing_cycle: "yearly" };
    const [request, ...others] = await sessionsAskedFor(subscription_id);
    expect(others).toEqual([]);
    expect(request?.params).toMatchObject({
      mode: "subscription",
      customer_email: member.email,
      client_reference_id: subscription_id,
      line_items: {
        0: {
          quantity: "1",
          price_data: {
            currency: "usd",
            unit_amount: "6000",
            recurring,
            product_data: { name: `Dues: ${offered?.name}`, metadata: { part: "dues" } },
          },
        },
        1: {
          quantity: "1",
          price_data: {
            currency: "usd",
            unit_amount: "500",
            recurring,
            product_data: { name: "Donation", metadata: { part: "donation" } },
          },
        },
      },
      metadata,
      subscription_data: { metadata },
      success_url: links.paid(settings),
      cancel_url: links.cancelled(settings),
      expires_at: row?.until,
    });
    expect(Object.keys(Object(request?.params.line_items))).toEqual(["0", "1"]);
  });

  test.for([
    ["monthly", "month", "1"],
    ["quarterly", "month", "3"],
    ["yearly", "year", "1"],
  ] as const)("bills a %s plan every %s × %s, dues and donation alike", async ([billing_cycle, interval, count]) => {
    const { subscription_id } = await startedCheckout({ columns: { billing_cycle }, donation_cents: 100 });
    const [request] = await sessionsAskedFor(subscription_id);
    const recurring = { interval, interval_count: count };
    expect(request?.params.line_items).toMatchObject({
      0: { price_data: { recurring } },
      1: { price_data: { recurring } },
    });
    expect((await sessionsFor(subscription_id))[0]?.amount_total).toBe(6100);
  });

  test("has no donation line without a donation", async () => {
    const member = await person("payment_pending");
    const { status } = await post("/api/checkout/subscription", { plan_id: await plan() }, member);
    expect(status).toBe(200);
    const { id, donation_cents } = await subscriptionOf(member);
    expect(donation_cents).toBe(0);
    const [request] = await sessionsAskedFor(id);
    expect(Object.keys(Object(request?.params.line_items))).toEqual(["0"]);
  });

  test("names the customer of a former member, and not their address", async () => {
    const customer = await stripeApi.customers.create({ email: "as.stripe.knows.them@example.org" });
    const member = await person("inactive", { stripe_customer_id: customer.id });
    const { session_id, subscription_id } = await startedCheckout({ member });
    const [request] = await sessionsAskedFor(subscription_id);
    expect(request?.params).toMatchObject({ customer: customer.id });
    expect(request?.params).not.toHaveProperty("customer_email");
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).customer).toBe(customer.id);
  });

  test("is the plan's price, whatever else the body says", async () => {
    const [member, stranger, plan_id] = await Promise.all([person("payment_pending"), person("active"), plan()]);
    const { status } = await post(
      "/api/checkout/subscription",
      {
        plan_id,
        donation_cents: 0,
        amount_cents: 1,
        price_cents: 1,
        current_term_end: "2099-01-01T00:00:00.000Z",
        user_id: stranger.id,
        success_url: "https://elsewhere.example/",
        mode: "payment",
      },
      member,
    );
    expect(status).toBe(200);
    const { id, base_subscription_cents } = await subscriptionOf(member);
    expect(base_subscription_cents).toBe(6000);
    expect(await subscriptionsOf(stranger)).toEqual([]);
    expect((await sessionsAskedFor(id))[0]?.params).toMatchObject({
      mode: "subscription",
      success_url: links.paid(settings),
    });
  });
});

test.concurrent("people come back to the frontend, or to our own pages where there is none", async () => {
  const API_URL = "https://api.loaf.example";
  const FRONTEND_URL = "https://loaf.example";
  expect(links.paid({ API_URL, FRONTEND_URL })).toBe(
    "https://loaf.example/payment/success?session_id={CHECKOUT_SESSION_ID}",
  );
  expect(links.cancelled({ API_URL, FRONTEND_URL })).toBe("https://loaf.example/payment/cancelled");
  const ours = { API_URL, FRONTEND_URL: undefined };
  expect(links.paid(ours)).toBe("https://api.loaf.example/api/checkout/paid?session_id={CHECKOUT_SESSION_ID}");
  expect(links.cancelled(ours)).toBe("https://api.loaf.example/api/checkout/cancelled");
  for (const [path, words] of [
    ["/api/checkout/paid?session_id=cs_test_1", "Thank you"],
    ["/api/checkout/cancelled", "Nothing was paid"],
  ] as const) {
    expect((await get(path)).body).toMatchObject({ title: words, organisation: { name: "LOAF" } });
    const page = await get(path, { headers: { Accept: "text/html" } });
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(page.text).toContain(`<h1>${words}</h1>`);
    // A bank account pays days later, or does not.
    expect(page.text).not.toContain("received");
  }
});

describe.concurrent("a checkout is refused", () => {
  const untouched = async (member: { id: string; email: string }) => {
    expect(await subscriptionsOf(member)).toEqual([]);
    expect(await stripe.requests(member.email)).toEqual([]);
  };

  test.for([
    ["unknown", () => crypto.randomUUID()],
    ["archived", () => plan({ archived_at: new Date() })],
    ["not on offer any more", () => plan({ active: false })],
  ] as const)("404 where the plan is %s", async ([, planned]) => {
    const member = await person("payment_pending");
    expect(outcome(await checkout(member, await planned()))).toEqual([404, "plan_not_found"]);
    await untouched(member);
  });

  test("409 where the plan takes no donation and one is given", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan({ donation_allowed: false })]);
    expect(outcome(await checkout(member, plan_id, 1))).toEqual([409, "donation_not_allowed"]);
    await untouched(member);
    expect((await checkout(member, plan_id, 0)).status).toBe(200);
  });

  test.for(["active", "past_due", "paused"])("409 where a subscription at Stripe is %s", async (status) => {
    const member = await person("active");
    const current_term_end = inDays(10);
    const grace_ends_at = status === "past_due" ? inDays(5) : null;
    await subscribed(member, {
      status,
      current_term_end,
      grace_ends_at,
      stripe_subscription_id: `sub_${crypto.randomUUID()}`,
    });
    for (const billing_cycle of ["yearly", "lifetime"])
      expect(outcome(await checkout(member, await plan({ billing_cycle })))).toEqual([409, "already_subscribed"]);
    expect(await subscriptionsOf(member)).toHaveLength(1);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test.for([
    [
      "overdue",
      { status: "past_due", current_term_end: inDays(-9), grace_ends_at: inDays(5) },
      "in the billing portal",
    ],
    ["taken back", { status: "past_due", grace_ends_at: inDays(5) }, "ask us how you can pay"],
    ["paused at Stripe", { status: "paused", grace_ends_at: inDays(5) }, "ask us to resume it"],
  ] as const)("409 where dues are %s says what to do", async ([, columns, advice]) => {
    const member = await person("inactive");
    await subscribed(member, { ...columns, stripe_subscription_id: `sub_${crypto.randomUUID()}` });
    const answer = await checkout(member, await plan());
    expect(outcome(answer)).toEqual([409, "already_subscribed"]);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining(advice) });
  });

  test("409 where a term is paused: it would be over, with all that is left of it", async () => {
    const member = await person("active");
    const id = await subscribed(member, { status: "paused", current_term_end: inDays(10) });
    for (const columns of [{ billing_cycle: "yearly" }, { billing_cycle: "lifetime" }])
      expect(outcome(await checkout(member, await plan(columns)))).toEqual([409, "subscription_paused"]);
    expect((await subscriptionsOf(member)).map((row) => [row.id, row.status])).toEqual([[id, "paused"]]);
  });

  test.for(["pending_email", "pending_validation", "pre_validated", "rejected"] as const)(
    "403 to somebody who is %s",
    async (status) => {
      const member = await person(status);
      expect(outcome(await checkout(member, await plan()))).toEqual([403, "status_not_allowed"]);
      await untouched(member);
    },
  );

  test.for(["payment_pending", "inactive", "active"] as const)("never to somebody who is %s", async (status) => {
    expect((await checkout(await person(status), await plan())).status).toBe(200);
  });

  test("400 where the donation is no amount of cents", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const noAmount = fc.oneof(
      fc.integer({ max: -1 }),
      fc.integer({ min: 100_000_000 }),
      fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true, min: 0, max: 1_000_000 }),
      fc.constantFrom(1e300, "500", "", null, true, [500], { cents: 500 }),
    );
    await fc.assert(
      fc.asyncProperty(noAmount, async (donation_cents) => {
        const answer = await post("/api/checkout/subscription", { plan_id, donation_cents }, member);
        expect(outcome(answer)).toEqual([400, "invalid_input"]);
        expect(new Set(pathsOf(answer))).toEqual(new Set(["donation_cents"]));
      }),
      { numRuns: 40 },
    );
    await untouched(member);
  });

  test("400 where the plan is no id", async () => {
    const member = await person("payment_pending");
    for (const plan_id of ["yearly", 1, null, undefined, "00000000-0000"]) {
      const answer = await post("/api/checkout/subscription", { plan_id }, member);
      expect(outcome(answer)).toEqual([400, "invalid_input"]);
    }
    await untouched(member);
  });

  test("409 where dues and donation together are more than Stripe takes", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan({ price_cents: 6000 })]);
    expect(outcome(await checkout(member, plan_id, 99_994_000))).toEqual([409, "amount_too_large"]);
    await untouched(member);
    const most = await checkout(member, plan_id, 99_993_999);
    expect((await stripeApi.checkout.sessions.retrieve(most.body.session_id)).amount_total).toBe(99_999_999);
  });
});

test("a former volunteer's roles count again once the dues are paid, and not when a checkout is started", async () => {
  const former = await volunteer("users.view");
  await sql("update users set status = 'inactive' where id = $1", [former.id]);
  const { status, body } = await checkout(former, await plan());
  expect(status).toBe(200);
  const people = async () => (await get("/api/admin/users", former)).status;
  expect(await people()).toBe(403);
  await stripe.pay(body.session_id, { email: former.email });
  await vi.waitFor(async () => expect(await people()).toBe(200), 10_000);
});
