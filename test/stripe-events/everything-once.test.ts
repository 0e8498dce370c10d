import { expect, test } from "vitest";
import { type Payer, type People, type Platform, STEPS } from "../harness/everything-once.ts";
import { ownPlatform } from "../harness/own-platform.ts";

/** Pays dues or a donation, of which we hear. */
async function joins(platform: Platform, path: string, body: object, later = false): Promise<Payer> {
  const { stripe, stripeApi, call } = platform;
  const { id, email, token } = await platform.person();
  const answer = await call<{ session_id: string }>("POST", path, { token, body });
  const { session_id } = answer.body;
  const { event_ids } = await stripe.pay(session_id, { email, later });
  if (later) event_ids.push(...(await stripe.settle(session_id, true)).event_ids);
  await stripe.deliver(event_ids);
  const { subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
  return { id, email, session_id, stripe_subscription_id: typeof subscription === "string" ? subscription : "" };
}

async function start(): Promise<People> {
  const platform = await ownPlatform();
  const plan_id = await platform.plan({ billing_cycle: "monthly" });
  const dues = { plan_id, donation_cents: 500 };
  return {
    platform,
    by_card: await joins(platform, "/api/checkout/subscription", dues),
    by_bank: await joins(platform, "/api/checkout/subscription", dues, true),
    donor: await joins(platform, "/api/donations/checkout", { amount_cents: 2500 }),
  };
}

/** What is on Stripe's balance before fees, without debits that have not arrived. */
async function balanceOf({ stripeApi }: Platform): Promise<number> {
  let cents = 0;
  for await (const { amount, source } of stripeApi.balanceTransactions.list({ limit: 100, expand: ["data.source"] })) {
    const isUnderWay = typeof source === "object" && source?.object === "charge" && source.status === "pending";
    if (!isUnderWay) cents += amount;
  }
  return cents;
}

const ledgerOf = async ({ sql }: Platform, payment_method: string): Promise<number> => {
  const [sum] = await sql<{ cents: number }>(
    "select coalesce(sum(base_subscription_cents + donation_cents), 0)::int as cents from ledger where payment_method = $1",
    [payment_method],
  );
  return sum?.cents ?? 0;
};

const rowsOf = ({ sql }: Platform) =>
  sql(
    `select u.status as person, s.status, s.base_subscription_cents, s.donation_cents, s.billing_cycle,
       (select jsonb_agg(jsonb_build_object('dues', p.base_subscription_cents, 'donation', p.donation_cents,
         'method', p.payment_method) order by p.paid_at) from payments p where p.user_id = u.id) as payments,
       (select jsonb_agg(r.kind || ' ' || r.status || ' ' || r.amount_cents order by r.kind, r.amount_cents)
         from reversals r join payments p on p.id = r.payment_id where p.user_id = u.id) as reversals
     from users u left join subscriptions s on s.user_id = u.id order by u.created_at`,
  );

/** Until the job has gone through all of it. */
async function reconcile(platform: Platform) {
  for (;;) {
    await platform.fire("17 * * * *");
    const run = await platform.lastRun("reconcile");
    if (run?.report.next === null || run?.outcome !== "succeeded") return run?.report;
  }
}

test("whatever happens at Stripe, heard of or not, our ledger is Stripe's balance to the cent", {
  timeout: 120_000,
}, async () => {
  const found: unknown[] = [];
  for (const isHeard of [true, false]) {
    const people = await start();
    const { platform } = people;
    let last = (await platform.stripe.deliveries()).at(-1)?.event_id;
    for (const { happens } of STEPS) {
      await happens(people);
      const news = (await platform.stripe.deliveries("", last)).map(({ event_id }) => event_id);
      last = news.at(-1) ?? last;
      if (isHeard && news.length > 0) await platform.stripe.deliver(news.toReversed(), 2);
    }
    if (!isHeard) await platform.stripe.forgetEvents();
    const report = await reconcile(platform);
    expect(report).toMatchObject({ concerns: [], unexplained: 0 });
    expect(await ledgerOf(platform, "stripe")).toBe(await balanceOf(platform));
    expect(await ledgerOf(platform, "outside_stripe")).toBe(7250);
    expect(await reconcile(platform)).toMatchObject({ repairs: [], concerns: [] });
    found.push(await rowsOf(platform));
  }
  expect(found[1]).toEqual(found[0]);
});
