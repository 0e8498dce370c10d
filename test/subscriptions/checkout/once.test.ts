import { describe, expect, test } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import { outcome } from "../../harness/client.ts";
import {
  checkout,
  customer,
  openSessionsFor,
  pendingOf,
  STATEMENT_SUFFIX,
  sessionsAskedFor,
  startedCheckout,
  stripeApi,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { CUSTOM, endOfNext, plan } from "../../harness/plans.ts";
import { settings, sql, stripe } from "../../harness/platform.ts";
import { inDays } from "../../harness/subscriptions.ts";

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
        const { current_term_start, current_term_end, checkout_expires_at } = await pendingOf(member);
        expect(current_term_end).toEqual(endOfNext(term_end_month, term_end_day, current_term_start ?? new Date(0)));
        expect(current_term_end?.getTime()).toBeGreaterThan(checkout_expires_at.getTime());
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
    expect((await pendingOf(member)).current_term_end).toEqual(endOfNext(month, day, new Date()));
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
