import { expect, test } from "vitest";
import { ownPlatform } from "../../harness/own-platform.ts";
import { CUSTOM } from "../../harness/plans.ts";

const PATIENT = { timeout: 60_000 };

type Platform = Awaited<ReturnType<typeof ownPlatform>>;
type Member = Awaited<ReturnType<Platform["person"]>>;

/** Pays for a plan at Stripe, from a bank account or by card, and we hear of it. Returns what it was for and its payment. */
async function pays(platform: Platform, member: Member, plan: Record<string, unknown>, later: boolean) {
  const { stripe, call, sql } = platform;
  const { body } = await call<{ session_id: string }>("POST", "/api/checkout/subscription", {
    token: member.token,
    body: { plan_id: await platform.plan(plan) },
  });
  const { event_ids } = await stripe.pay(body.session_id, { email: member.email, later });
  if (later) event_ids.push(...(await stripe.settle(body.session_id, true)).event_ids);
  await stripe.deliver(event_ids);
  const [paid] = await sql<{ id: string; stripe_subscription_id: string; payment_intent: string }>(
    `select s.id, s.stripe_subscription_id, p.stripe_payment_intent_id as payment_intent
     from payments p join subscriptions s on s.id = p.subscription_id where s.user_id = $1 order by p.paid_at desc, p.created_at desc limit 1`,
    [member.id],
  );
  if (!paid) throw new Error("Nothing was paid");
  return paid;
}

/** Somebody whose monthly subscription has ended, and who then paid once for a term as the same customer at Stripe. */
async function endedAndPaidOnce(platform: Platform, later: boolean) {
  const member = await platform.person();
  const monthly = await pays(platform, member, { billing_cycle: "monthly" }, later);
  await platform.stripeApi.subscriptions.cancel(monthly.stripe_subscription_id);
  const [ended] = (await platform.stripe.deliveries("customer.subscription.deleted")).slice(-1);
  await platform.stripe.deliver([ended?.event_id ?? ""]);
  const term = await pays(platform, member, CUSTOM, later);
  const customers = await Promise.all(
    [monthly, term].map(async ({ payment_intent }) => {
      const { customer } = await platform.stripeApi.paymentIntents.retrieve(payment_intent);
      return customer;
    }),
  );
  expect(new Set(customers).size).toBe(1);
  return { member, monthly, term };
}

const standingOf = async ({ sql }: Platform, { id }: { id: string }) =>
  (
    await sql(
      `select s.status, s.current_term_end as ends,
         (select sum(base_subscription_cents + donation_cents)::int from ledger l where l.subscription_id = s.id) as cents
       from subscriptions s where id = $1`,
      [id],
    )
  )[0];

const toldOf = ({ sql }: Platform, { id }: Member) =>
  sql(
    "select template, data ->> 'amount_cents' as cents from emails where user_id = $1 and template = 'dues_taken_back'",
    [id],
  );

test.for([
  { first: "the subscription", order: ["monthly", "term"] as const },
  { first: "the term", order: ["term", "monthly"] as const },
])(
  "a bank takes back the dues of an ended subscription and of a term: the term ends, also if we hear of $first first",
  PATIENT,
  async ({ order }) => {
    const platform = await ownPlatform();
    const { member, ...paid } = await endedAndPaidOnce(platform, true);
    const { ends } = (await standingOf(platform, paid.term)) ?? {};
    expect(await standingOf(platform, paid.term)).toMatchObject({ status: "active", cents: 6000 });
    const events = {
      monthly: await platform.stripe.dispute({ payment_intent: paid.monthly.payment_intent }),
      term: await platform.stripe.dispute({ payment_intent: paid.term.payment_intent }),
    };
    for (const which of order) await platform.stripe.deliver(events[which].event_ids, 2);

    const after = await standingOf(platform, paid.term);
    expect(after).toMatchObject({ status: "past_due", cents: 0 });
    expect(Number(after?.ends)).toBeLessThan(Number(ends));
    expect(await standingOf(platform, paid.monthly)).toMatchObject({ status: "cancelled", cents: 0 });
    expect(await toldOf(platform, member)).toEqual([{ template: "dues_taken_back", cents: "6000" }]);
  },
);

test("a term whose dispute is won runs again, also if we hear of an ended subscription first", PATIENT, async () => {
  const platform = await ownPlatform();
  const { stripe } = platform;
  const { monthly, term } = await endedAndPaidOnce(platform, false);
  const before = await standingOf(platform, term);
  const { dispute, event_ids } = await stripe.dispute({ payment_intent: term.payment_intent });
  const lost = await stripe.closeDispute(dispute, "lost");
  await stripe.deliver([...event_ids, ...lost.event_ids]);
  expect(await standingOf(platform, term)).toMatchObject({ status: "past_due", cents: 0 });

  await stripe.appealDispute(dispute);
  const won = await stripe.closeDispute(dispute, "won");
  const { token } = await platform.volunteer("subscriptions.edit", "subscriptions.view");
  const { status } = await platform.call("POST", `/api/admin/subscriptions/${monthly.id}/sync`, { token });
  expect(status).toBe(200);
  await stripe.deliver(won.event_ids);
  expect(await standingOf(platform, term)).toEqual(before);
});
