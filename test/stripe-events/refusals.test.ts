import { describe, expect, test } from "vitest";
import { logged, outcome, post } from "../harness/client.ts";
import { donate, gift } from "../harness/donations.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { checkout, customer } from "../harness/payments.ts";
import { person } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { stripe } from "../harness/platform.ts";
import { refuseEach, wronglyAnswered } from "../harness/refusals.ts";

test("what Stripe refuses for a reason that nobody foresaw is no 500, and asking again works", {
  timeout: 60_000,
}, async () => {
  // `npm run test:exhaustive` refuses every call. Here: the first one of each request.
  const refused = await refuseEach(1);
  expect(wronglyAnswered(refused)).toEqual([]);
  expect(refused.filter(({ answered: [status] }) => status >= 400).length).toBeGreaterThan(10);
});

describe.concurrent("a refusal of Stripe", () => {
  test("of a member's address says so, and is not repeated when they try again", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ mode: "refuse", code: "email_invalid", match: `customer_email=${member.email}` });
    expect(outcome(await checkout(member, plan_id))).toEqual([409, "email_refused"]);
    expect((await checkout(member, plan_id)).status).toBe(200);

    await stripe.fault({ mode: "refuse", code: "email_invalid", match: `customer_email=${member.email}` });
    const body = gift({ request_id: crypto.randomUUID() });
    expect(outcome(await donate(body, member))).toEqual([409, "email_refused"]);
    expect((await donate(body, member)).status).toBe(200);
  });

  test("of a donor's address names the field, and is not repeated when they try again", async () => {
    const body = gift({ request_id: crypto.randomUUID() });
    await stripe.fault({ mode: "refuse", code: "email_invalid", match: `customer_email=${body.donor_email}` });
    const refused = await donate(body);
    expect(outcome(refused)).toEqual([400, "invalid_input"]);
    expect(refused.body).toMatchObject({ errors: [{ path: "donor_email" }] });
    expect((await donate(body)).status).toBe(200);
  });

  test("that nobody foresaw is logged as an error with Stripe's id of the request, and with nobody's name", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    await stripe.fault({ mode: "refuse", match: `customer_email=${member.email}` });
    const refused = await checkout(member, plan_id);
    expect(outcome(refused)).toEqual([409, "refused_by_stripe"]);
    const lines = logged(refused.request_id).join("\n");
    const [request] = await stripe.requests(member.email);
    expect(lines).toContain(`"stripe_request_id":"${request?.id}"`);
    expect(lines).toContain('"level":"error"');
    expect(lines).not.toContain(member.email);
  });

  test("of an address keeps nobody from the billing portal", async () => {
    const member = await customer("active", "before@example.org");
    await stripe.fault({
      mode: "refuse",
      code: "email_invalid",
      match: `/v1/customers/${member.stripe_customer_id}?`,
      skip: 1,
    });
    expect((await post("/api/members/billing-portal", undefined, { token: member.token })).status).toBe(200);
  });
});

test("a portal whose settings nobody saved says what to do", async () => {
  const p = await ownPlatform();
  const member = await p.payer();
  await p.stripe.deliver(member.event_ids);
  await p.stripe.portal(false);
  const { status, body } = await p.call("POST", "/api/members/billing-portal", { token: member.token });
  expect([status, body]).toMatchObject([
    409,
    { code: "portal_not_set_up", detail: expect.stringContaining("saved once") },
  ]);
  await p.stripe.portal(true);
  expect((await p.call("POST", "/api/members/billing-portal", { token: member.token })).status).toBe(200);
});

test("in a currency with another least amount, we ask for no less than Stripe does", async () => {
  const p = await ownPlatform({ CURRENCY: "czk" });
  const give = (amount_cents: number) => p.call("POST", "/api/donations/checkout", { body: gift({ amount_cents }) });
  expect(outcome(await give(1499))).toEqual([400, "amount_too_small"]);
  expect((await give(1500)).status).toBe(200);
  const price_data = { currency: "czk", unit_amount: 1499, product_data: { name: "Donation" } };
  const session = {
    mode: "payment" as const,
    line_items: [{ quantity: 1, price_data }],
    success_url: "https://loaf.example",
  };
  await expect(p.stripeApi.checkout.sessions.create(session)).rejects.toMatchObject({ code: "amount_too_small" });
});
