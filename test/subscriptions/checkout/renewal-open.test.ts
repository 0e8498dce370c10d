import { describe, expect, test } from "vitest";
import { get, outcome } from "../../harness/client.ts";
import { checkout, subscriptionsOf } from "../../harness/payments.ts";
import type { Person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { inDays, offlineMember, renewalOf, rowOf, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.pause", "subscriptions.cancel", "subscriptions.edit");

/** What moves the end of a term, or makes it the end of nothing. */
const VERBS = [
  { verb: "paused", send: (id: string) => clerk.send("POST", `/${id}/pause`, {}) },
  { verb: "cancelled at once", send: (id: string) => clerk.send("POST", `/${id}/cancel`, { at_period_end: false }) },
  {
    verb: "given another end",
    send: (id: string) => clerk.send("PUT", `/${id}`, { current_term_end: inDays(400).toISOString() }),
  },
];

/** Somebody whose checkout for the next term was left when its time was up: completed from a bank account, or not at all. */
async function renewing({ completed }: { completed: boolean }) {
  const { member, subscription_id } = await offlineMember();
  const renewal = await renewalOf(member);
  const session_id = await sessionOf(member);
  await stripe.deliveryMode("manual", renewal);
  if (completed) await stripe.pay(session_id, { email: member.email, later: true });
  else await stripe.expire(session_id);
  await sql("update subscriptions set checkout_expires_at = now() - interval '1 hour' where id = $1", [renewal]);
  return { subscription_id, session_id };
}

async function sessionOf(member: Person): Promise<string> {
  const renewal = (await subscriptionsOf(member)).find(({ status }) => status === "pending");
  if (!renewal?.stripe_checkout_session_id) throw new Error("No checkout is open");
  return renewal.stripe_checkout_session_id;
}

describe.concurrent("a term", () => {
  test.for(VERBS)(
    "is not $verb while the next one is being paid from a bank account, and is when the bank refused",
    async ({ send }) => {
      const { subscription_id, session_id } = await renewing({ completed: true });
      const before = await rowOf(subscription_id);
      expect(outcome(await send(subscription_id))).toEqual([409, "renewal_open"]);
      expect(await rowOf(subscription_id)).toEqual(before);
      await stripe.settle(session_id, false);
      expect((await send(subscription_id)).status).toBe(200);
    },
  );

  test.for(VERBS)("is $verb though a checkout for the next one is left that nobody paid", async ({ send }) => {
    const { subscription_id } = await renewing({ completed: false });
    expect((await send(subscription_id)).status).toBe(200);
  });

  test.for(VERBS)("is not $verb while Stripe does not say what became of that checkout", async ({ send }) => {
    const { subscription_id, session_id } = await renewing({ completed: false });
    await stripe.fault({ mode: "status", count: 2, match: session_id });
    const before = await rowOf(subscription_id);
    expect(outcome(await send(subscription_id))).toEqual([503, "stripe_unavailable"]);
    expect(await rowOf(subscription_id)).toEqual(before);
  });

  test.each(["refused by the bank", "expired"])(
    "goes its way as soon as we hear that the checkout for the next one was %s, which is not shown any more",
    async (how) => {
      const { member, subscription_id } = await offlineMember();
      const renewal = await renewalOf(member);
      const session_id = await sessionOf(member);
      await stripe.deliveryMode("manual", renewal);
      const shown = async () => (await get("/api/members/subscription", { token: member.token })).body.renewal;
      expect(await shown()).toMatchObject({ id: renewal });
      if (how === "expired") await stripe.expire(session_id);
      else {
        await stripe.pay(session_id, { email: member.email, later: true });
        await stripe.settle(session_id, false);
      }
      const waiting = (await stripe.deliveries(renewal)).filter(({ state }) => state === "manual");
      await stripe.deliver(waiting.map(({ event_id }) => event_id));
      expect(await shown()).toBeNull();
      const answer = await clerk.send("POST", `/${subscription_id}/pause`, {});
      expect([answer.status, answer.body.status]).toEqual([200, "paused"]);
    },
  );

  test.each(["in order", "the last first", "without its session's events"])(
    "that is past due has no renewal shown any more whose first payment by a plan that renews itself a bank refused, heard %s",
    async (order) => {
      const { member } = await offlineMember({
        status: "past_due",
        current_term_start: inDays(-380),
        current_term_end: inDays(-15),
        grace_ends_at: inDays(15),
      });
      const plan_id = await plan({ billing_cycle: "yearly" });
      expect((await checkout(member, plan_id)).status).toBe(200);
      const session_id = await sessionOf(member);
      const [, renewal] = await subscriptionsOf(member);
      const hear = async () => {
        const told = (await stripe.deliveries(String(renewal?.id)))
          .filter(({ type }) => order !== "without its session's events" || !type.startsWith("checkout.session."))
          .map(({ event_id }) => event_id);
        await stripe.deliver(order === "the last first" ? told.toReversed() : told);
      };
      const shown = async () => (await get("/api/members/subscription", { token: member.token })).body.renewal;
      await stripe.deliveryMode("manual", String(renewal?.id));
      await stripe.pay(session_id, { email: member.email, later: true });
      await hear();
      expect(await shown()).toMatchObject({ id: renewal?.id });
      await stripe.settle(session_id, false);
      await hear();
      expect(await shown()).toBeNull();
      // What was heard of the old one says nothing of the one that they pay now.
      const again = await checkout(member, plan_id);
      expect([again.status, again.body.session_id === session_id]).toEqual([200, false]);
      await hear();
      expect(await shown()).toMatchObject({ id: renewal?.id });
    },
  );

  test("that is past due is given no other end while a checkout of a plan that renews itself is open", async () => {
    const { member, subscription_id } = await offlineMember({
      status: "past_due",
      current_term_start: inDays(-380),
      current_term_end: inDays(-15),
      grace_ends_at: inDays(15),
    });
    expect((await checkout(member, await plan({ billing_cycle: "yearly" }))).status).toBe(200);
    const later = { current_term_end: inDays(100).toISOString() };
    expect(outcome(await clerk.send("PUT", `/${subscription_id}`, later))).toEqual([409, "renewal_open"]);
    await stripe.expire(await sessionOf(member));
    await sql("update subscriptions set checkout_expires_at = now() where user_id = $1 and status = 'pending'", [
      member.id,
    ]);
    expect((await clerk.send("PUT", `/${subscription_id}`, later)).body).toMatchObject({ status: "active", ...later });
  });
});
