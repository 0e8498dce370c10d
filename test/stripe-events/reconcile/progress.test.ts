import { neonConfig } from "@neondatabase/serverless";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { controlFor } from "../../../local/stripe/control-client.ts";
import { startStripe } from "../../../local/stripe/server.ts";
import { identify } from "../../../src/access/access.ts";
import { query } from "../../../src/database/query.ts";
import { transactor } from "../../../src/database/transact.ts";
import type { Context } from "../../../src/http/context.ts";
import { NO_STORAGE } from "../../../src/storage/storage.ts";
import { connectStripe } from "../../../src/stripe/client.ts";
import { compareBalance } from "../../../src/stripe-events/reconcile/balance.ts";
import { applyMissedEvents } from "../../../src/stripe-events/reconcile/events.ts";
import type { RoundPosition } from "../../../src/stripe-events/reconcile/report.ts";
import { Round } from "../../../src/stripe-events/reconcile/round.ts";
import { reconcileSubscriptions } from "../../../src/stripe-events/reconcile/subscriptions.ts";
import { seededDatabase } from "../../cli/run.ts";
import { settings } from "../../harness/platform.ts";

/** What a run may do here, in place of the 500 calls of a Worker: two objects. */
const FEW_CALLS = 12;
const SUBSCRIPTIONS = 3;

/** What reconciliation works with, and a Stripe where nothing has happened. */
async function ownContext() {
  const { fetchEndpoint, fetchFunction } = neonConfig;
  onTestFinished(() => void Object.assign(neonConfig, { fetchEndpoint, fetchFunction }));
  const { stripe_url, stop } = await startStripe({ port: 0, webhook_secret: "unused" });
  onTestFinished(stop);
  const own_settings = { ...settings, DATABASE_URL: await seededDatabase(), STRIPE_API_BASE: stripe_url };
  const opening = identify(crypto.randomUUID());
  const ctx: Context = {
    request_id: crypto.randomUUID(),
    now: new Date(),
    clock: () => new Date(),
    settings: own_settings,
    client: { user_agent: null, network: "none" },
    stripe: connectStripe(own_settings),
    storage: NO_STORAGE,
    transact: transactor(own_settings, { opening, repeatable: false, onMail: () => undefined }).transact,
    ring: async () => undefined,
    afterwards: () => undefined,
  };
  return { ctx, control: controlFor(stripe_url) };
}

/** The same, where some subscriptions name rows that are nowhere. */
async function contextOfStrangers(): Promise<Context> {
  const { ctx, control } = await ownContext();
  for (let made = 0; made < SUBSCRIPTIONS; made += 1) {
    const metadata = { subscription_id: crypto.randomUUID(), plan_id: crypto.randomUUID(), billing_cycle: "monthly" };
    const product_data = { name: "Dues", metadata: { part: "dues" } };
    const { id } = await ctx.stripe.checkout.sessions.create({
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
    await control.pay(id);
  }
  return ctx;
}

const DAY = 86_400_000;

/** Many debits that Stripe booked today, and that came in some days from now by our ledger. `asked`: how often we asked for charges. */
async function contextOfDebits(days_from_now: number, number: number) {
  const { ctx, control } = await ownContext();
  const paid_at = new Date(Date.now() + days_from_now * DAY).toISOString();
  for (let made = 0; made < number; made += 1) {
    const { id } = await ctx.stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "https://loaf.example/",
      line_items: [
        { quantity: 1, price_data: { currency: "usd", unit_amount: 999, product_data: { name: "Donation" } } },
      ],
    });
    await control.pay(id, { later: true });
    await control.settle(id, true);
    const { payment_intent } = await ctx.stripe.checkout.sessions.retrieve(id);
    await pay(ctx, String(payment_intent), paid_at);
  }
  const asked = async () => {
    const asked = (await control.requests("/v1/charges")).map(({ params }) => JSON.stringify(params));
    const lists = asked.filter((params) => params.includes("created"));
    return { lists: lists.length, alone: asked.length - lists.length };
  };
  return { ctx, paid_at, asked };
}

/** A donation of 9.99 in our ledger. */
const pay = (ctx: Context, payment_intent: string, paid_at: string) =>
  ctx.transact((t) =>
    t.effect(
      query.execute(sql`
        with given as (
          insert into donations (donation_type, amount_cents, status, completed_at)
          values ('public', 999, 'completed', ${paid_at}::timestamptz) returning id)
        insert into payments (donation_id, donation_cents, paid_at, stripe_payment_intent_id)
        select id, 999, ${paid_at}::timestamptz, ${payment_intent} from given`),
    ),
  );

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

test("many debits that came in on one day are found with a few calls, days after Stripe booked them", async () => {
  const { ctx, paid_at, asked } = await contextOfDebits(3, 20);
  expect(await runs(ctx, compareBalance, { until: new Date(paid_at), most: Infinity })).toEqual([[]]);
  expect(await asked()).toEqual({ lists: 1, alone: 0 });
});

test("a run stops within a day of many payments that are not on its balance, and the next asks about the others", async () => {
  const { ctx, paid_at, asked } = await contextOfDebits(-3, FEW_CALLS);
  await pay(ctx, "pi_nobody_knows", paid_at);
  const found = await runs(ctx, compareBalance, { until: new Date(paid_at) });
  expect(found.length).toBeGreaterThan(1);
  expect(found.flat()).toEqual(["pi_nobody_knows"]);
  expect((await asked()).alone).toBe(FEW_CALLS + 1);
});
