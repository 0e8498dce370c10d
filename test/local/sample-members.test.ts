import { expect, test } from "vitest";
import { samplePlatform } from "../harness/sample-platform.ts";

const PATIENT = { timeout: 60_000 };

test(
  "sample members who pay online open the portal, and volunteers pause, resume, cancel and refund",
  PATIENT,
  async () => {
    const { call, member, signIn, sql, stripe, stripeApi, volunteer } = await samplePlatform();
    const token = await volunteer().then((somebody) => somebody.token);
    const running = await sql<{
      id: string;
      email: string;
      subscription_id: string;
      at_stripe: string;
      status: string;
    }>(`
    select u.id, u.email, s.id as subscription_id, s.stripe_subscription_id as at_stripe, s.status
    from users u join subscriptions s on s.user_id = u.id
    where s.stripe_subscription_id is not null and s.status in ('active', 'past_due', 'paused')`);
    expect(running).toHaveLength(12);
    const tryAll = async (person: (typeof running)[number]) => {
      const portal = await call<{ portal_url: string }>("POST", "/api/members/billing-portal", {
        token: await signIn(person),
      });
      expect([person.email, portal.status]).toEqual([person.email, 200]);
      expect(await fetch(portal.body.portal_url)).toMatchObject({ status: 200 });
      const change = async (what: string, body: object = {}) => {
        const answer = await call("POST", `/api/admin/subscriptions/${person.subscription_id}/${what}`, {
          token,
          body,
        });
        const { status, pause_collection } = await stripeApi.subscriptions.retrieve(person.at_stripe);
        return [person.email, answer.body.status, status, pause_collection !== null];
      };
      if (person.status === "active") {
        expect(await change("pause")).toEqual([person.email, "paused", "active", true]);
        expect(await change("resume")).toEqual([person.email, "active", "active", false]);
      }
      expect(await change("cancel", { at_period_end: false })).toEqual([person.email, "cancelled", "canceled", false]);
    };
    await Promise.all(running.map(tryAll));

    const gifts = await sql<{ id: string; payment_intent: string; left: number }>(`
    select d.id, p.stripe_payment_intent_id as payment_intent,
      (select sum(l.donation_cents)::int from ledger l where l.payment_id = p.id) as left
    from donations d join payments p on p.donation_id = d.id
    where d.status = 'completed' and p.payment_method = 'stripe'`);
    expect(gifts).toHaveLength(9);
    for (const { id, payment_intent, left } of gifts) {
      const body = { id: crypto.randomUUID(), reason: "duplicate" };
      const answer = await call("POST", `/api/admin/donations/${id}/refund`, { token, body });
      expect(answer).toMatchObject({ status: 200, body: { status: "refunded" } });
      const { data } = await stripeApi.refunds.list({ payment_intent });
      expect(data[0]).toMatchObject({ amount: left, status: "succeeded" });
    }

    // Dues are refunded in Stripe's dashboard.
    const { id } = await member("new");
    const [paid] = await sql<{ payment_intent: string }>(
      "select stripe_payment_intent_id as payment_intent from payments where user_id = $1",
      [id],
    );
    await stripeApi.refunds.create({ payment_intent: paid?.payment_intent ?? "" });
    await stripe.deliver((await stripe.deliveries(paid?.payment_intent)).map(({ event_id }) => event_id));
    const left = "select sum(base_subscription_cents)::int as left from ledger where user_id = $1";
    expect(await sql(left, [id])).toEqual([{ left: 0 }]);
  },
);

test("as time passes, sample members renew, are retried, and end as Stripe says", PATIENT, async () => {
  const { member, sql, stripe } = await samplePlatform();
  const standingOf = async (name: string) => {
    const { id } = await member(name);
    const [row] = await sql(
      `select u.status, s.status as subscription, s.current_term_end > now() as paid,
         (select count(*)::int from payments where subscription_id = s.id) as payments
       from users u join subscriptions s on s.user_id = u.id where u.id = $1`,
      [id],
    );
    return row;
  };
  const after = async (name: string, days: number) => {
    const { email } = await member(name);
    const { event_ids } = await stripe.advance(days, email);
    if (event_ids.length > 0) await stripe.deliver(event_ids);
    return standingOf(name);
  };
  const active = { status: "active", subscription: "active", paid: true };
  expect(await after("monthly", 31)).toEqual({ ...active, payments: 26 });
  expect(await after("quarterly", 92)).toEqual({ ...active, payments: 9 });
  expect(await after("yearly", 366)).toEqual({ ...active, payments: 4 });
  expect(await after("refunded", 31)).toEqual({ ...active, payments: 5 });
  // Paused ones are not billed.
  expect(await after("paused", 92)).toMatchObject({ status: "active", subscription: "paused", payments: 9 });
  expect(await after("resting", 92)).toMatchObject({ subscription: "paused", payments: 5 });
  // The card is still declined, and Stripe gives up.
  expect(await after("past.due", 31)).toMatchObject({ status: "inactive", subscription: "expired", payments: 12 });
  expect(await after("ending", 366)).toMatchObject({ status: "inactive", subscription: "cancelled", payments: 2 });
});
