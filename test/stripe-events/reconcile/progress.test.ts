import { neonConfig } from "@neondatabase/serverless";
import { expect, onTestFinished, test } from "vitest";
import { controlFor } from "../../../local/stripe/control-client.ts";
import { startStripe } from "../../../local/stripe/server.ts";
import { identify } from "../../../src/access/access.ts";
import { transactor } from "../../../src/database/transact.ts";
import type { Context } from "../../../src/http/context.ts";
import { NO_STORAGE } from "../../../src/storage/storage.ts";
import { connectStripe } from "../../../src/stripe/client.ts";
import { applyMissedEvents } from "../../../src/stripe-events/reconcile/events.ts";
import type { RoundPosition } from "../../../src/stripe-events/reconcile/report.ts";
import { Round } from "../../../src/stripe-events/reconcile/round.ts";
import { reconcileSubscriptions } from "../../../src/stripe-events/reconcile/subscriptions.ts";
import { seededDatabase } from "../../cli/run.ts";
import { settings } from "../../harness/platform.ts";

/** What a run may do here, in place of the 500 calls of a Worker: two objects. */
const FEW_CALLS = 12;
const SUBSCRIPTIONS = 3;

/** What reconciliation works with, and a Stripe where some subscriptions name rows that are nowhere. */
async function contextOfStrangers(): Promise<Context> {
  const { fetchEndpoint, fetchFunction } = neonConfig;
  onTestFinished(() => void Object.assign(neonConfig, { fetchEndpoint, fetchFunction }));
  const { stripe_url, stop } = await startStripe({ port: 0, webhook_secret: "unused" });
  onTestFinished(stop);
  const own_settings = { ...settings, DATABASE_URL: await seededDatabase(), STRIPE_API_BASE: stripe_url };
  const stripe = connectStripe(own_settings);
  for (let made = 0; made < SUBSCRIPTIONS; made += 1) {
    const metadata = { subscription_id: crypto.randomUUID(), plan_id: crypto.randomUUID(), billing_cycle: "monthly" };
    const product_data = { name: "Dues", metadata: { part: "dues" } };
    const { id } = await stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "https://loaf.example/",
      metadata,
      subscription_data: { metadata },
      line_items: [
        {
          quantity: 1,
          price_data: { currency: "usd", unit_amount: 999, recurring: { interval: "month" }, product_data },
        },
      ],
    });
    await controlFor(stripe_url).pay(id);
  }
  const opening = identify(crypto.randomUUID());
  return {
    request_id: crypto.randomUUID(),
    now: new Date(),
    clock: () => new Date(),
    settings: own_settings,
    client: { user_agent: null, network: "none" },
    stripe,
    storage: NO_STORAGE,
    transact: transactor(own_settings, { opening, repeatable: false, onMail: () => undefined }).transact,
    ring: async () => undefined,
    afterwards: () => undefined,
  };
}

const roundOf = (until: Date): RoundPosition => ({
  since: new Date(until.getTime() - 3_600_000).toISOString(),
  until: until.toISOString(),
  next: null,
  incomplete: false,
});

/** Works at a stage as run after run would, until it is through; returns the objects of concern in each run. */
async function runs(
  ctx: Context,
  work: (round: Round, after: string | null) => Promise<boolean>,
  { until = ctx.now, most = FEW_CALLS }: { until?: Date; most?: number } = {},
): Promise<string[][]> {
  const found: string[][] = [];
  let after: string | null = null;
  for (let through = false; !through; ) {
    if (found.length > SUBSCRIPTIONS * 5) throw new Error("It does not come to an end");
    const round: Round = new Round(ctx, roundOf(until), most);
    try {
      through = await work(round, after);
    } finally {
      round.end();
    }
    found.push(round.concerns.map(({ object_id }) => object_id));
    after = round.next?.after ?? null;
  }
  return found;
}

test("events that stay parked are tried once in a round and do not hold up the rest, and again in the next", async () => {
  const ctx = await contextOfStrangers();
  const tried = await runs(ctx, applyMissedEvents);
  expect(tried.length).toBeGreaterThan(1);
  const events = tried.flat();
  expect(events.length).toBeGreaterThanOrEqual(SUBSCRIPTIONS);
  expect(new Set(events).size).toBe(events.length);

  const [again] = await runs(ctx, applyMissedEvents, { until: new Date(), most: Infinity });
  expect(again?.toSorted()).toEqual(events.toSorted());
});

test("subscriptions that never agree are tried once in a round and do not hold up the rest", async () => {
  const ctx = await contextOfStrangers();
  const tried = await runs(ctx, reconcileSubscriptions);
  expect(tried.length).toBeGreaterThan(1);
  const ids = (await ctx.stripe.subscriptions.list({ status: "all", limit: 100 })).data.map(({ id }) => id);
  expect(ids).toHaveLength(SUBSCRIPTIONS);
  expect(tried.flat()).toEqual(ids);
});
