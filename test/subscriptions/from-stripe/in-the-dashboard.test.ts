import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import type { SubscriptionStats } from "../../../src/subscriptions/admin/figures-schemas.ts";
import type { SyncedSubscription } from "../../../src/subscriptions/admin/schemas.ts";
import { get, outcome, tripsOf } from "../../harness/client.ts";
import { stripeApi, subscribed } from "../../harness/payments.ts";
import { person, volunteer } from "../../harness/people.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { lettersTo, paymentsOf, rowOf, statusOf, subscriber, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.edit", "subscriptions.cancel", "subscriptions.pause");
const sync = async (id: string) => (await clerk.send<SyncedSubscription>("POST", `/${id}/sync`)).body;

/** As a subscription is that another system began: nothing of ours in its metadata, nor in those of its products. */
async function stripOfMarks(id: string): Promise<void> {
  const { items } = await stripeApi.subscriptions.retrieve(id);
  for (const { price } of items.data)
    await stripeApi.products.update(String(price.product), { metadata: { part: "" } });
  await stripeApi.subscriptions.update(id, {
    metadata: { subscription_id: "", plan_id: "", billing_cycle: "", user_id: "", member_number: "0042" },
  });
}

/** A new price for one of its items, or an item more. */
async function reprice(
  id: string,
  unit_amount: number,
  {
    item,
    prorated = false,
    ...recurring
  }: { item?: string | undefined; prorated?: boolean } & Partial<Stripe.PriceCreateParams.Recurring> = {},
): Promise<void> {
  const { id: product } = await stripeApi.products.create({ name: "Made in the dashboard" });
  const price_data = { currency: "usd", product, unit_amount, recurring: { interval: "year" as const, ...recurring } };
  await stripeApi.subscriptions.update(id, {
    items: [{ ...(item && { id: item }), price_data }],
    proration_behavior: prorated ? "always_invoice" : "none",
  });
}

const itemsOf = async (id: string) => (await stripeApi.subscriptions.retrieve(id)).items.data.map((item) => item.id);

describe.concurrent("a subscription that our row names is ours, whatever the treasurer changed at Stripe", () => {
  test("its price: the amounts follow, and the renewal is recorded as it was paid", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber({ donation_cents: 500 });
    const [item] = await itemsOf(stripe_subscription_id);
    await reprice(stripe_subscription_id, 7000, { item });
    const changed = await sync(subscription_id);
    expect(changed).toMatchObject({ outcome: "applied", base_subscription_cents: 7000, donation_cents: 500 });
    await stripe.advance(366, stripe_subscription_id);
    await sync(subscription_id);
    const paid = await paymentsOf(member);
    expect(paid.map(({ base_subscription_cents: dues, donation_cents }) => [dues, donation_cents])).toEqual([
      [6000, 500],
      [7000, 500],
    ]);
    expect((await rowOf(subscription_id)).current_term_end).toEqual(paid[1]?.term_end);
  });

  test.for([
    { what: "for less", unit_amount: 3000, interval: "year" as const },
    { what: "by the month", unit_amount: 1000, interval: "month" as const },
  ])(
    "its price $what, of which the credit leaves nothing to pay: nobody is thanked, and nobody renewed",
    async ({ unit_amount, interval }) => {
      const { member, plan_id, subscription_id, stripe_subscription_id } = await subscriber();
      const [item] = await itemsOf(stripe_subscription_id);
      await stripe.advance(30, stripe_subscription_id);
      await reprice(stripe_subscription_id, unit_amount, { item, interval, prorated: true });
      expect(await sync(subscription_id)).toMatchObject({ outcome: "applied", base_subscription_cents: unit_amount });
      const paid = await paymentsOf(member);
      expect(paid.map(({ base_subscription_cents: dues, receipted_at }) => [dues, receipted_at !== null])).toEqual([
        [6000, true],
        [0, true],
      ]);
      expect((await lettersTo(member)).map(({ template }) => template)).toEqual(["thank_you"]);
      const { token } = await volunteer("subscriptions.stats");
      const { body } = await get<SubscriptionStats>("/api/admin/subscriptions/stats", { token });
      expect(body.by_plan.find((each) => each.plan_id === plan_id)).toMatchObject({ new: 1, renewed: 0, lost: 0 });
    },
  );

  test("its items: what is not the donation is dues, and an old payment keeps its parts when the donation goes", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber({ donation_cents: 500 });
    const before = await rowOf(subscription_id);
    const [, donation] = await itemsOf(stripe_subscription_id);
    await reprice(stripe_subscription_id, 1000);
    await stripeApi.subscriptions.update(stripe_subscription_id, { items: [{ id: donation ?? "", deleted: true }] });
    expect(await sync(subscription_id)).toMatchObject({ base_subscription_cents: 7000, donation_cents: 0 });
    expect(await rowOf(subscription_id)).toMatchObject({ current_term_end: before.current_term_end, status: "active" });
    expect(await paymentsOf(member)).toMatchObject([{ base_subscription_cents: 6000, donation_cents: 500 }]);
  });

  test("its interval: the term is the one that was paid for", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    const [item] = await itemsOf(stripe_subscription_id);
    await reprice(stripe_subscription_id, 900, { item, interval: "month", interval_count: 3 });
    const { current_term_start, current_term_end, ...changed } = await sync(subscription_id);
    expect(changed).toMatchObject({ billing_cycle: "quarterly", base_subscription_cents: 900, status: "active" });
    const days = (Date.parse(current_term_end ?? "") - Date.parse(current_term_start ?? "")) / 86_400_000;
    expect(days).toBeGreaterThan(88);
    expect(days).toBeLessThan(93);
  });

  test("its metadata: one from the old system keeps its plan, and is paused, resumed and canceled, here and there", async () => {
    const { member, plan_id, subscription_id, stripe_subscription_id } = await subscriber();
    await stripOfMarks(stripe_subscription_id);
    const there = () => stripeApi.subscriptions.retrieve(stripe_subscription_id);
    expect(await sync(subscription_id)).toMatchObject({ outcome: "applied", plan_id, base_subscription_cents: 6000 });

    const paused = await clerk.send("POST", `/${subscription_id}/pause`, {});
    expect([paused.status, paused.body.status]).toEqual([200, "paused"]);
    // To find the row without metadata takes a round trip of its own: docs/performance.md.
    expect((await tripsOf(paused)).before).toBe(3);
    expect((await there()).pause_collection).not.toBeNull();
    const resumed = await clerk.send("POST", `/${subscription_id}/resume`, {});
    expect([resumed.status, resumed.body.status]).toEqual([200, "active"]);
    expect((await there()).pause_collection).toBeNull();
    const ending = await clerk.send("POST", `/${subscription_id}/cancel`, { at_period_end: true });
    expect([ending.status, ending.body.cancel_at_period_end]).toEqual([200, true]);
    const cancelled = await clerk.send("POST", `/${subscription_id}/cancel`, { at_period_end: false });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, "cancelled"]);
    expect((await there()).status).toBe("canceled");
    expect(await statusOf(member)).toBe("inactive");
  });

  test("its metadata: one that names another row stays with the row that names it", async () => {
    const { member, plan_id, subscription_id, stripe_subscription_id } = await subscriber();
    const other = await subscribed(await person("active"), { status: "cancelled" });
    await stripeApi.subscriptions.update(stripe_subscription_id, { metadata: { subscription_id: other } });
    await stripe.advance(366, stripe_subscription_id);
    expect(await sync(subscription_id)).toMatchObject({ outcome: "applied", plan_id, payments_total: 2 });
    expect(await paymentsOf(member)).toHaveLength(2);
    expect(await rowOf(other)).toMatchObject({ status: "cancelled" });
  });
});

test("a change that Stripe made but our row cannot show is not reported as made here", async () => {
  const { subscription_id, stripe_subscription_id } = await subscriber();
  await sql("update subscriptions set stripe_synced_at = now() + interval '1 day' where id = $1", [subscription_id]);
  const answer = await clerk.send("POST", `/${subscription_id}/pause`, {});
  expect(outcome(answer)).toEqual([409, "not_followed"]);
  expect((await stripeApi.subscriptions.retrieve(stripe_subscription_id)).pause_collection).not.toBeNull();
});
