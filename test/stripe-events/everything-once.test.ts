import { expect, test } from "vitest";
import type { ReconciliationReport } from "../../src/stripe-events/reconcile/report.ts";
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
  const volunteer = await platform.volunteer(
    ...["subscriptions.pause", "subscriptions.cancel", "settings.audit", "donations.refund"],
  );
  const plan_id = await platform.plan({ billing_cycle: "monthly" });
  const member = (later = false) =>
    joins(platform, "/api/checkout/subscription", { plan_id, donation_cents: 500 }, later);
  return {
    platform,
    volunteer,
    by_card: await member(),
    by_bank: await member(true),
    donor: await joins(platform, "/api/donations/checkout", { amount_cents: 2500 }),
    failing: await member(),
    resting: await member(),
    asking: await member(),
    leaving: await member(),
    late: await member(),
    too_late: await member(),
    disputing: await member(),
  };
}

/** What becomes of each of them: the person, the subscription, and whether it ends with its term. */
const STANDINGS = {
  by_card: ["active", "active", false],
  by_bank: ["active", "past_due", false],
  failing: ["active", "past_due", false],
  resting: ["active", "paused", false],
  asking: ["inactive", "cancelled", false],
  leaving: ["active", "active", true],
  late: ["active", "active", true],
  too_late: ["inactive", "cancelled", false],
  disputing: ["active", "past_due", false],
} as const;

async function standingsOf(people: People) {
  const rows = await people.platform.sql<{ id: string; standing: unknown[] }>(
    `select u.id, jsonb_build_array(u.status, s.status, s.cancel_at_period_end) as standing
     from users u join subscriptions s on s.user_id = u.id`,
  );
  const names = Object.keys(STANDINGS) as (keyof typeof STANDINGS)[];
  return Object.fromEntries(names.map((name) => [name, rows.find(({ id }) => id === people[name].id)?.standing]));
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

/** Runs the job until it has gone through everything. Returns what all of its runs found. */
async function reconcile(platform: Platform) {
  const found: { repairs: unknown[]; concerns: { reason: string }[] } = { repairs: [], concerns: [] };
  for (;;) {
    await platform.fire("17 * * * *");
    const run = await platform.lastRun("reconcile");
    expect(run?.outcome).toBe("succeeded");
    const report = run?.report as unknown as ReconciliationReport;
    found.repairs.push(...report.repairs);
    found.concerns.push(...report.concerns);
    if (report.next === null) return found;
  }
}

const TOO_LATE = "the dues were paid after the subscription had ended";

/** Who was told what of money that a bank took back, or that nobody could place. */
const toldOf = ({ sql }: Platform) =>
  sql(
    `select e.template, u.created_at = (select min(created_at) from users) as volunteer, count(*)::int from emails e join users u on u.id = e.user_id
     where e.template in ('payment_unplaced', 'dues_taken_back', 'dispute_opened') group by 1, 2 order by 1`,
  );

type Hearing = "in order" | "in reverse" | "not at all";

/** Plays the history, and returns what we have in the end. */
async function play(hearing: Hearing) {
  const people = await start();
  const { platform } = people;
  const { stripe } = platform;
  let last = (await stripe.deliveries()).at(-1)?.event_id;
  const hear = async (reversed: boolean) => {
    const news = (await stripe.deliveries("", last)).map(({ event_id }) => event_id);
    last = news.at(-1) ?? last;
    if (news.length > 0) await stripe.deliver(reversed ? news.toReversed() : news);
  };
  for (const { happens } of STEPS) {
    await happens(people);
    if (hearing === "in order") await hear(false);
  }
  if (hearing === "in reverse") await hear(true);
  else if (hearing === "not at all") await stripe.forgetEvents();
  for (const time of ["first", "again"]) {
    const { repairs, concerns } = await reconcile(platform);
    if (time === "again") expect(repairs).toEqual([]);
    expect([...new Set(concerns.map(({ reason }) => reason))]).toEqual([TOO_LATE]);
  }
  expect(await standingsOf(people)).toEqual(STANDINGS);
  expect(await ledgerOf(platform, "stripe")).toBe(await balanceOf(platform));
  expect(await ledgerOf(platform, "outside_stripe")).toBe(7250);
  return { rows: await rowsOf(platform), told: await toldOf(platform) };
}

test("whatever happens at Stripe, heard of in order, in reverse or not at all, our ledger is Stripe's balance to the cent", {
  timeout: 120_000,
}, async () => {
  const hearings: Hearing[] = ["in order", "in reverse", "not at all"];
  const [in_order, ...others] = await Promise.all(hearings.map(play));
  for (const other of others) expect(other).toEqual(in_order);
});
