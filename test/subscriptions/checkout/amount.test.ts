import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import { checkout, openSessionsFor, stripeApi, subscriptionOf, subscriptionsOf } from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { CUSTOM, plan } from "../../harness/plans.ts";
import { stripe } from "../../harness/platform.ts";

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
    { what: "too small a donation alone", columns: { price_cents: 0 }, wish: [49, undefined], why: "amount_too_small" },
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
