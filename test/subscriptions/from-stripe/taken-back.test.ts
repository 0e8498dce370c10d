import { expect, test, vi } from "vitest";
import { completeSession } from "../../../local/stripe/checkout.ts";
import { openDispute } from "../../../local/stripe/disputing.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { CUSTOM } from "../../harness/plans.ts";

const PATIENT = { timeout: 60_000 };
const DAY = 86_400_000;

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

/** Somebody who paid dues from a bank account, and a volunteer who hears of disputes. */
async function debited(platform: Platform, plan: Record<string, unknown>) {
  const { stripe, stripeApi, call, sql } = platform;
  const treasurer = await platform.volunteer("donations.refund");
  const member = await platform.person();
  const { body } = await call<{ session_id: string }>("POST", "/api/checkout/subscription", {
    token: member.token,
    body: { plan_id: await platform.plan(plan), donation_cents: 500 },
  });
  await stripe.pay(body.session_id, { email: member.email, later: true });
  await stripe.settle(body.session_id, true);
  await hearAll(platform);
  const [paid] = await sql<{ payment_intent: string }>(
    "select stripe_payment_intent_id as payment_intent from payments where user_id = $1",
    [member.id],
  );
  const standing = async () =>
    (
      await sql(
        `select u.status as person, s.status, extract(epoch from s.grace_ends_at)::int as grace, s.current_term_end as ends,
           (select sum(base_subscription_cents + donation_cents)::int from ledger l where l.user_id = u.id) as cents
         from subscriptions s join users u on u.id = s.user_id where u.id = $1`,
        [member.id],
      )
    )[0];
  const told = (template: string) =>
    sql<{ user_id: string; data: Record<string, unknown> }>("select user_id, data from emails where template = $1", [
      template,
    ]);
  return { member, treasurer, standing, told, payment_intent: paid?.payment_intent ?? "", stripeApi };
}

/** Fourteen days after an instant, in seconds. We count from when we know, which is some seconds later. */
const graceFrom = (instant: number) => expect.closeTo(instant + (14 * DAY) / 1000, -3);

const heard = new WeakMap<Platform, Set<string>>();

/** Delivers what was not delivered yet. */
async function hearAll(platform: Platform, types?: string[]): Promise<void> {
  const done = heard.get(platform) ?? new Set();
  heard.set(platform, done);
  const news = (await platform.stripe.deliveries()).filter(({ event_id }) => !done.has(event_id));
  for (const { event_id, type } of news) {
    done.add(event_id);
    if (!types || types.includes(type)) await platform.stripe.deliver([event_id], 2);
  }
}

test(
  "dues that a bank takes back are unpaid: past due with the grace period, and each is told once",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const { member, treasurer, standing, told, payment_intent } = await debited(platform, {});
    expect(await standing()).toMatchObject({ person: "active", status: "active", cents: 6500 });
    const { dispute, event_ids } = await platform.stripe.dispute({ payment_intent });
    expect(await platform.stripeApi.disputes.retrieve(dispute)).toMatchObject({ status: "lost" });
    await hearAll(platform, ["charge.dispute.closed"]);

    const { created } = await platform.stripeApi.disputes.retrieve(dispute);
    const unpaid = { person: "active", status: "past_due", grace: graceFrom(created), cents: 0 };
    expect(await standing()).toMatchObject(unpaid);
    expect(await told("dues_taken_back")).toMatchObject([{ user_id: member.id, data: { amount_cents: 6000 } }]);
    expect(await told("dispute_opened")).toMatchObject([
      { user_id: treasurer.id, data: { lost: true, stripe_id: dispute } },
    ]);
    await platform.stripe.deliver(event_ids);
    expect(await standing()).toMatchObject(unpaid);
    expect([await told("dues_taken_back"), await told("dispute_opened")].map(({ length }) => length)).toEqual([1, 1]);

    await platform.sql("update subscriptions set grace_ends_at = now() - interval '1 minute'");
    await platform.fire("17 * * * *");
    expect(await standing()).toMatchObject({ person: "inactive", status: "past_due" });
    // The portal has nothing to pay: the mail bids them choose a plan.
    expect(await told("membership_ended")).toMatchObject([{ data: { overdue: false } }]);
    // The next dues are paid, and everything is as it was.
    await platform.stripe.advance(366);
    await hearAll(platform);
    expect(await standing()).toMatchObject({ person: "active", status: "active", cents: 6500 });
  },
);

test(
  "a dispute of a card that is lost after months leaves the whole grace period, and each is told",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const { stripe, stripeApi, call, sql } = platform;
    const [treasurer, clerk] = [
      await platform.volunteer("donations.refund"),
      await platform.volunteer("subscriptions.edit", "subscriptions.view"),
    ];
    const member = await platform.person();
    const { body } = await call<{ session_id: string }>("POST", "/api/checkout/subscription", {
      token: member.token,
      body: { plan_id: await platform.plan(), donation_cents: 500 },
    });
    const [{ id } = { id: "" }] = await sql<{ id: string }>("select id from subscriptions where user_id = $1", [
      member.id,
    ]);
    const began = Math.floor(Date.now() / 1000) - (75 * DAY) / 1000;
    platform.livePast([
      {
        moment: began,
        happens(world) {
          const session = world.state.sessions.get(body.session_id);
          if (session) completeSession(world, session, { email: member.email, name: "Robin" });
        },
      },
      {
        moment: began + 60,
        happens(world) {
          for (const charge of world.state.charges.values())
            openDispute(world, charge, { amount: undefined, inquiry: false });
        },
      },
    ]);
    const { body: synced } = await call("POST", `/api/admin/subscriptions/${id}/sync`, { token: clerk.token });
    expect(synced).toMatchObject({ status: "active", member: { status: "active" } });
    const told = async (template: string) => {
      const rows = await sql<{ user_id: string; data: Record<string, unknown> }>(
        "select user_id, data from emails where template = $1 order by queue_number",
        [template],
      );
      return rows.map(({ user_id, data }): Record<string, unknown> => ({ ...data, user_id }));
    };
    expect(await told("dispute_opened")).toMatchObject([{ user_id: treasurer.id, lost: false }]);

    const [dispute] = (await stripeApi.disputes.list({ limit: 1 })).data;
    expect(dispute?.created).toBe(began + 60);
    await stripe.closeDispute(dispute?.id ?? "", "lost");
    await hearAll(platform);
    const [row] = await sql<{ grace_ends_at: Date }>("select status, grace_ends_at from subscriptions where id = $1", [
      id,
    ]);
    expect(row).toMatchObject({ status: "past_due" });
    expect(Number(row?.grace_ends_at) / 1000).toEqual(graceFrom(Date.now() / 1000));
    expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "active" }]);
    const [mail, ...others] = await told("dues_taken_back");
    expect([mail, others]).toMatchObject([{ user_id: member.id, amount_cents: 6000 }, []]);
    // PostgreSQL writes no zeros at the end of a second.
    expect(new Date(String(mail?.grace_ends_at))).toEqual(row?.grace_ends_at);
    expect(await told("dispute_opened")).toMatchObject([{ lost: false }, { user_id: treasurer.id, lost: true }]);

    // Asking again does not count anew.
    await call("POST", `/api/admin/subscriptions/${id}/sync`, { token: clerk.token });
    const [again] = await sql("select grace_ends_at from subscriptions where id = $1", [id]);
    expect(again).toEqual({ grace_ends_at: row?.grace_ends_at });
  },
);

test("dues that came in early and were taken back leave the term before them, which is paid", PATIENT, async () => {
  const platform = await ownPlatform();
  const { sql } = platform;
  const { member, standing, payment_intent } = await debited(platform, CUSTOM);
  // They were paid early: their term begins when the one before it ends.
  const start = new Date(Math.floor(Date.now() / 1000) * 1000 + 40 * DAY);
  await sql("update subscriptions set current_term_start = $2 where user_id = $1", [member.id, start]);
  await sql("update payments set term_start = $2 where user_id = $1", [member.id, start]);
  await platform.stripe.dispute({ payment_intent });
  await hearAll(platform);
  expect(await standing()).toMatchObject({ person: "active", status: "past_due", cents: 0 });
  expect((await standing())?.grace).toEqual(graceFrom(start.getTime() / 1000));
});

test("whoever lapses when Stripe tells us something is told as well, once", PATIENT, async () => {
  const platform = await ownPlatform();
  const { member, standing, told, payment_intent } = await debited(platform, {});
  const { dispute } = await platform.stripe.dispute({ payment_intent });
  await hearAll(platform);
  await platform.sql("update subscriptions set grace_ends_at = now() - interval '1 minute'");
  const ids = (await platform.stripe.deliveries()).filter(({ type }) => type === "charge.dispute.closed");
  await platform.stripe.deliver(
    ids.map(({ event_id }) => event_id),
    2,
  );
  expect(dispute).toMatch(/^d[up]_/);
  expect(await standing()).toMatchObject({ person: "inactive", status: "past_due" });
  expect(await told("membership_ended")).toMatchObject([{ user_id: member.id }]);
  await platform.fire("17 * * * *");
  expect(await told("membership_ended")).toHaveLength(1);
});

test("a term that was paid once ends when a bank takes its payment back", PATIENT, async () => {
  const platform = await ownPlatform();
  const { standing, told, payment_intent } = await debited(platform, CUSTOM);
  const { ends } = (await standing()) ?? {};
  await platform.stripe.dispute({ payment_intent });
  await hearAll(platform);
  const after = await standing();
  expect(after).toMatchObject({ person: "active", status: "past_due", cents: 0 });
  expect(Date.parse(String(after?.ends))).toBeLessThan(Date.parse(String(ends)));
  // A term is at least a second long: theirs may not be over yet.
  await vi.waitFor(async () => {
    await platform.fire("17 * * * *");
    expect(await told("past_due_reminder")).toMatchObject([{ data: { taken_back: true, amount_cents: 6000 } }]);
  });
  await platform.sql("update subscriptions set grace_ends_at = now() - interval '1 minute'");
  await platform.fire("17 * * * *");
  expect(await standing()).toMatchObject({ person: "inactive", status: "expired" });
  expect(await told("dues_taken_back")).toHaveLength(1);
});

test.for(["paused", "given another end", "paused and resumed"])(
  "a term that was paid once and then %s ends too, and what a volunteer does after that stays",
  PATIENT,
  async (what) => {
    const platform = await ownPlatform();
    const { member, standing, payment_intent } = await debited(platform, CUSTOM);
    const { token } = await platform.volunteer("subscriptions.pause", "subscriptions.edit");
    const [row] = await platform.sql<{ id: string }>("select id from subscriptions where user_id = $1", [member.id]);
    const change = async (method: string, path: string, body: object) => {
      const { status } = await platform.call(method, `/api/admin/subscriptions/${row?.id}${path}`, { token, body });
      expect(status).toBe(200);
    };
    const later = { current_term_end: new Date(Date.now() + 500 * DAY).toISOString() };
    if (what === "given another end") await change("PUT", "", later);
    else await change("POST", "/pause", {});
    if (what === "paused and resumed") {
      // As long as a day, so that the term ends later by a day.
      await platform.sql("update subscriptions set paused_at = paused_at - interval '1 day' where id = $1", [row?.id]);
      await change("POST", "/resume", {});
    }
    const { dispute } = await platform.stripe.dispute({ payment_intent });
    const { created } = await platform.stripeApi.disputes.retrieve(dispute);
    await hearAll(platform);
    const unpaid = { person: "active", status: "past_due", grace: graceFrom(created), cents: 0 };
    expect(await standing()).toMatchObject(unpaid);

    await change("PUT", "", later);
    await platform.stripe.deliver((await platform.stripe.deliveries()).map(({ event_id }) => event_id));
    expect(await standing()).toMatchObject({ status: "active", ends: new Date(later.current_term_end) });
  },
);

test("a donation that came with a free term can be taken back, and the term goes on", PATIENT, async () => {
  const platform = await ownPlatform();
  const { standing, told, payment_intent } = await debited(platform, { price_cents: 0, minimum_price_cents: 0 });
  const before = await standing();
  expect(before).toMatchObject({ person: "active", status: "active", cents: 500 });
  await platform.stripe.dispute({ payment_intent });
  await hearAll(platform);
  expect(await standing()).toEqual({ ...before, cents: 0 });
  expect(await told("dues_taken_back")).toEqual([]);
  expect(await told("dispute_opened")).toMatchObject([{ data: { payment_kind: "donation", lost: true } }]);
});

test(
  "a lost dispute that is appealed needs another response, and dues are paid again once it is won",
  PATIENT,
  async () => {
    const platform = await ownPlatform();
    const treasurer = await platform.volunteer("donations.refund");
    const payer = await platform.payer();
    await hearAll(platform);
    const { customer } = await platform.stripeApi.subscriptions.retrieve(payer.stripe_subscription_id);
    const [charge] = (await platform.stripeApi.charges.list({ customer: String(customer) })).data;
    const { dispute } = await platform.stripe.dispute({ charge: charge?.id ?? "" });
    await hearAll(platform);
    expect(await platform.standingOf(payer)).toMatchObject({ subscription: "active", cents: 0 });
    await platform.stripe.closeDispute(dispute, "lost");
    await hearAll(platform);
    expect(await platform.standingOf(payer)).toMatchObject({ subscription: "past_due", cents: 0 });
    await platform.stripe.appealDispute(dispute);
    await hearAll(platform);
    expect(await platform.standingOf(payer)).toMatchObject({ subscription: "past_due", cents: 0 });
    const told = "select dedupe_key from emails where template = 'dispute_opened' and user_id = $1 order by 1";
    expect(await platform.sql(told, [treasurer.id])).toEqual(
      [
        { dedupe_key: `dispute:${dispute}:${treasurer.id}` },
        { dedupe_key: `dispute:${dispute}:lost:${treasurer.id}` },
        { dedupe_key: `dispute:${dispute}:appeal:${treasurer.id}` },
      ].sort((a, b) => (a.dedupe_key < b.dedupe_key ? -1 : 1)),
    );
    await platform.stripe.closeDispute(dispute, "won");
    await hearAll(platform);
    expect(await platform.standingOf(payer)).toMatchObject({ subscription: "active", status: "active", cents: 6500 });
  },
);

test("dues that a bank took back stay unpaid while the subscription itself is paused", PATIENT, async () => {
  const platform = await ownPlatform();
  const { member, standing, payment_intent } = await debited(platform, {});
  await platform.stripe.dispute({ payment_intent });
  await hearAll(platform);
  const { grace } = (await standing()) ?? {};
  const [row] = await platform.sql<{ id: string }>(
    "select stripe_subscription_id as id from subscriptions where user_id = $1",
    [member.id],
  );
  await platform.stripe.pause(row?.id ?? "");
  await hearAll(platform);
  expect(await standing()).toMatchObject({ person: "active", status: "past_due", grace });
});
