import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SyncedSubscription } from "../../../src/subscriptions/admin/schemas.ts";
import { outcome, tripsOf } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { paidCheckout, startedCheckout, stripeApi } from "../../harness/payments.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { lettersTo, offlineMember, rowOf, statusOf, subscriber, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.edit");
const sync = (id: string) => clerk.send<SyncedSubscription & { code?: string }>("POST", `/${id}/sync`);

describe.concurrent("asking Stripe how a subscription stands", () => {
  test("changes nothing where nothing has changed", async () => {
    const { subscription_id } = await subscriber();
    const first = await sync(subscription_id);
    expect([first.status, (await tripsOf(first)).before]).toEqual([200, 2]);
    expect(first.body).toMatchObject({ id: subscription_id, changes: [], outcome: "applied", reason: null });
    expect((await sync(subscription_id)).body).toEqual({ ...first.body, updated_at: expect.any(String) });
  });

  test("says what has changed there without our hearing of it", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    await stripeApi.subscriptions.update(stripe_subscription_id, { pause_collection: { behavior: "void" } });
    const { body } = await sync(subscription_id);
    expect(body.status).toBe("paused");
    expect(body.changes.sort()).toEqual(["paused_at", "status"]);
    await stripeApi.subscriptions.cancel(stripe_subscription_id);
    const ended = (await sync(subscription_id)).body;
    expect(ended.changes).toEqual(expect.arrayContaining(["status", "cancelled_at", "member.status"]));
    expect(await statusOf(member)).toBe("inactive");
  });

  test("brings home a payment that we were never told of, once", async () => {
    const { member, subscription_id, stripe_subscription_id } = await paidCheckout();
    const { body } = await sync(subscription_id);
    expect(body).toMatchObject({
      status: "active",
      stripe_subscription_id,
      member: { status: "active" },
      payments_total: 1,
    });
    expect(body.changes).toEqual(expect.arrayContaining(["status", "payments", "member.status"]));
    expect((await sync(subscription_id)).body).toMatchObject({ payments_total: 1, changes: [] });
    expect((await lettersTo(member)).map(({ template }) => template)).toEqual(["thank_you"]);
  });

  test("says that a checkout is still open", async () => {
    const { subscription_id } = await startedCheckout();
    const { body } = await sync(subscription_id);
    expect(body).toMatchObject({ status: "pending", changes: [], outcome: "ignored" });
    expect(body.reason).toMatch(/open/);
  });

  test("says that Stripe does not know it", async () => {
    const { subscription_id } = await offlineMember({ stripe_subscription_id: `sub_${randomUUID()}` });
    expect((await sync(subscription_id)).body).toMatchObject({ changes: [], outcome: "parked", status: "active" });
  });

  test("is refused where Stripe knows nothing of it, or nobody does", async () => {
    const { subscription_id } = await offlineMember();
    expect(outcome(await sync(subscription_id))).toEqual([409, "not_at_stripe"]);
    expect(outcome(await sync(randomUUID()))).toEqual([404, "subscription_not_found"]);
  });

  test.each(["status", "drop", "hang", "after"] as const)("is 503 while it does not answer (%s)", async (mode) => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await stripeApi.subscriptions.update(stripe_subscription_id, { cancel_at_period_end: true });
    await stripe.fault({ mode, ms: 50, count: 2, match: stripe_subscription_id });
    expect(outcome(await sync(subscription_id))).toEqual([503, "stripe_unavailable"]);
    expect((await rowOf(subscription_id)).cancel_at_period_end).toBe(false);
    expect((await sync(subscription_id)).body.cancel_at_period_end).toBe(true);
  });

  test.each(["before", "after_commit"] as const)("is done although the database fails (%s) once", async (mode) => {
    const { member, subscription_id } = await paidCheckout();
    await failDatabase({ mode, match: subscription_id, skip: 1 });
    expect((await sync(subscription_id)).body.status).toBe("active");
    expect(await sql("select id from payments where subscription_id = $1", [subscription_id])).toHaveLength(1);
    expect(await lettersTo(member)).toHaveLength(1);
  });
});
