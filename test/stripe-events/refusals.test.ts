import { describe, expect, test, vi } from "vitest";
import { leastCents } from "../../src/stripe/amounts.ts";
import { logged, outcome, post } from "../harness/client.ts";
import { donate, gift } from "../harness/donations.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { checkout, customer, stripeApi } from "../harness/payments.ts";
import { person } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { stripe } from "../harness/platform.ts";
import { refuseEach, wronglyAnswered } from "../harness/refusals.ts";

/** `npm run test:exhaustive` refuses every call of every request. Here: the first one of these. */
const SAMPLE = [
  "checkout: dues that renew",
  "checkout: a public donation",
  "webhook: first payment",
  "refund: in full",
  "a pause",
  "a look at Stripe, before anything is paid",
  "a term recorded beside a checkout",
  "an event replayed",
  "a suffix for card statements",
];

test("a refusal of Stripe's that nobody foresaw is not a 500, and asking again works", {
  timeout: 60_000,
}, async () => {
  const refused = await refuseEach({ requests: SAMPLE, most: 1 });
  expect(wronglyAnswered(refused)).toEqual([]);
  expect(refused.filter(({ answered: [status] }) => status >= 400).length).toBeGreaterThan(4);
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
    const lines = (await vi.waitUntil(() => logged(refused.request_id).length > 0 && logged(refused.request_id))).join(
      "\n",
    );
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

test.concurrent.for(["usd", "eur", "gbp", "czk", "huf", "sek", "pln"])(
  "in %s, we ask for no less than Stripe does, and for no more",
  async (currency) => {
    const pay = (unit_amount: number) =>
      stripeApi.checkout.sessions.create({
        mode: "payment",
        line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: "Donation" } } }],
        success_url: "https://loaf.example",
      });
    expect((await pay(leastCents(currency))).status).toBe("open");
    await expect(pay(leastCents(currency) - 1)).rejects.toMatchObject({ code: "amount_too_small" });
  },
);
