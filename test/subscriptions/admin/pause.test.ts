import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { lastDay } from "../../../src/time/format.ts";
import { outcome, refusal, tripsOf } from "../../harness/client.ts";
import { beginningOf, dayIn, ZONE } from "../../harness/days.ts";
import { failDatabase } from "../../harness/faults.ts";
import { hear, heardMember } from "../../harness/heard-member.ts";
import { inPortal, stripeApi } from "../../harness/payments.ts";
import { stripe } from "../../harness/platform.ts";
import {
  inDays,
  offlineMember,
  renewalOf,
  rowOf,
  statusOf,
  subscriber,
  treasurer,
} from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.pause", "subscriptions.cancel", "subscriptions.edit");
const pause = (id: string, body: object = {}) => clerk.send("POST", `/${id}/pause`, body);
const resume = (id: string, body: object = {}) => clerk.send("POST", `/${id}/resume`, body);
const goOnAfterAll = (id: string) => resume(id, { undo: "cancellation" });
const cancel = (id: string) => clerk.send("POST", `/${id}/cancel`, {});
const atStripe = (id: string) => stripeApi.subscriptions.retrieve(id);

const DAY = 86_400_000;

/** A term that has been paused for so many days. */
async function pausedFor(days: number, columns: Record<string, unknown> = {}) {
  const paused = await offlineMember({ status: "paused", paused_at: inDays(-days), ...columns });
  return { ...paused, before: await rowOf(paused.subscription_id) };
}

/** By how many days its end has moved. */
const movedBy = async (before: { current_term_end: Date | null }, subscription_id: string) =>
  Math.round(
    (((await rowOf(subscription_id)).current_term_end?.getTime() ?? 0) - (before.current_term_end?.getTime() ?? 0)) /
      DAY,
  );

describe.concurrent("a term that Stripe knows nothing of", () => {
  test("stands still while it is paused, and its person stays a member", async () => {
    const { member, subscription_id } = await offlineMember();
    const before = await rowOf(subscription_id);
    const answer = await pause(subscription_id);
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    expect(answer.body).toMatchObject({ status: "paused", resumes_at: null });
    expect(answer.body.paused_at).not.toBeNull();
    expect((await rowOf(subscription_id)).current_term_end).toEqual(before.current_term_end);
    expect(await statusOf(member)).toBe("active");
  });

  test("does not stand still under a checkout that is open for the term after it", async () => {
    const { member, subscription_id } = await offlineMember();
    const renewal = await renewalOf(member);
    const before = await rowOf(subscription_id);
    expect(outcome(await pause(subscription_id))).toEqual([409, "renewal_open"]);
    expect(await rowOf(subscription_id)).toEqual(before);
    expect((await clerk.send("POST", `/${renewal}/cancel`, {})).status).toBe(200);
    expect((await pause(subscription_id)).body.status).toBe("paused");
  });

  test("is not paused when it is over, though the night's job has not seen it yet", async () => {
    const { subscription_id } = await offlineMember({ current_term_end: inDays(-0.1) });
    const before = await rowOf(subscription_id);
    expect(outcome(await pause(subscription_id))).toEqual([409, "term_over"]);
    expect(await rowOf(subscription_id)).toEqual(before);
  });

  test("ends later by as long as it was paused", async () => {
    const { before, subscription_id } = await pausedFor(20);
    const answer = await resume(subscription_id);
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    expect(answer.body).toMatchObject({ status: "active", paused_at: null, resumes_at: null });
    expect(await movedBy(before, subscription_id)).toBe(20);
  });

  test.each([
    ["2090-07-01T04:00:00.000Z", 20.3, "2090-07-21T04:00:00.000Z", "July 20, 2090"],
    ["2090-07-01T04:00:00.000Z", 19.7, "2090-07-21T04:00:00.000Z", "July 20, 2090"],
    ["2090-07-01T04:00:00.000Z", 0.2, "2090-07-01T04:00:00.000Z", "June 30, 2090"],
    ["2090-07-01T04:00:00.000Z", 0.5, "2090-07-02T04:00:00.000Z", "July 1, 2090"],
    // Daylight saving ends in between.
    ["2090-11-01T04:00:00.000Z", 20, "2090-11-21T05:00:00.000Z", "November 20, 2090"],
  ])(
    "until %s, paused for %d days, ends at the same time of day, so that its last day is a whole one",
    async (current_term_end, days, end, last) => {
      const term = { billing_cycle: "custom", current_term_end };
      const { subscription_id } = await pausedFor(days, term);
      const { body } = await resume(subscription_id);
      expect(body.current_term_end).toBe(end);
      expect(lastDay(body.current_term_end ?? "", ZONE)).toBe(last);
    },
  );

  test("ends no later than if it had resumed when it was to", async () => {
    const { before, subscription_id } = await pausedFor(20, { resumes_at: inDays(-5) });
    await resume(subscription_id);
    expect(await movedBy(before, subscription_id)).toBe(15);
  });

  test("ends later by the shorter time when it resumes early", async () => {
    const { before, subscription_id } = await pausedFor(3, { resumes_at: inDays(40) });
    await resume(subscription_id);
    expect(await movedBy(before, subscription_id)).toBe(3);
  });

  test("for life has no end to move", async () => {
    const { subscription_id } = await pausedFor(9, { billing_cycle: "lifetime", current_term_end: null });
    expect((await resume(subscription_id)).body).toMatchObject({ status: "active", current_term_end: null });
  });

  test("can be paused until a day, which is not over", async () => {
    const { subscription_id } = await offlineMember();
    const until = inDays(30).toISOString();
    expect((await pause(subscription_id, { resumes_at: until })).body.resumes_at).toBe(until);
    const other = await offlineMember();
    const answer = await pause(other.subscription_id, { resumes_at: inDays(-1).toISOString() });
    expect(refusal(answer)).toMatchObject([400, "invalid_input", [{ path: "resumes_at" }]]);
    expect((await rowOf(other.subscription_id)).status).toBe("active");
  });

  test("can be paused for two years, and not for longer", async () => {
    const { subscription_id } = await offlineMember();
    for (const resumes_at of [inDays(732).toISOString(), "9999-12-31T23:59:59Z"]) {
      const answer = await pause(subscription_id, { resumes_at });
      expect([answer.status, "errors" in answer.body && answer.body.errors]).toEqual([
        400,
        [{ path: "resumes_at", message: "must be no more than two years ahead" }],
      ]);
      expect((await rowOf(subscription_id)).status).toBe("active");
    }
    const resumes_at = inDays(729).toISOString();
    expect((await pause(subscription_id, { resumes_at })).body).toMatchObject({ status: "paused", resumes_at });
  });

  test("that was to end with its term goes on, and is forgotten to have been cancelled", async () => {
    const { subscription_id } = await offlineMember();
    await cancel(subscription_id);
    const before = await rowOf(subscription_id);
    expect((await goOnAfterAll(subscription_id)).body).toMatchObject({ status: "active", cancel_at_period_end: false });
    expect(await rowOf(subscription_id)).toMatchObject({
      cancelled_at: null,
      cancel_reason: null,
      current_term_end: before.current_term_end,
    });
  });

  test("that was paused and cancelled still ends with its term when the pause is over", async () => {
    const cancelled = { cancel_at_period_end: true, cancelled_at: inDays(-1), cancel_reason: "Moved away." };
    const { subscription_id } = await pausedFor(5, cancelled);
    expect((await resume(subscription_id)).body).toMatchObject({
      status: "active",
      ...cancelled,
      cancelled_at: expect.any(String),
    });
  });

  test("that was paused and cancelled can be kept while it is paused, and is paused all the same", async () => {
    const { before, subscription_id } = await pausedFor(5, { cancel_at_period_end: true, cancelled_at: inDays(-1) });
    const kept = { status: "paused", cancel_at_period_end: false, cancelled_at: null };
    expect((await goOnAfterAll(subscription_id)).body).toMatchObject(kept);
    expect((await rowOf(subscription_id)).paused_at).toEqual(before.paused_at);
    expect(outcome(await goOnAfterAll(subscription_id))).toEqual([409, "nothing_to_resume"]);
  });

  test("that was paused and cancelled stays cancelled, however often it is resumed", async () => {
    const { subscription_id } = await pausedFor(5, { cancel_at_period_end: true, cancelled_at: inDays(-1) });
    expect((await resume(subscription_id)).status).toBe(200);
    const once = await rowOf(subscription_id);
    expect(outcome(await resume(subscription_id))).toEqual([409, "nothing_to_resume"]);
    expect(await rowOf(subscription_id)).toEqual(once);
  });

  test.each(["pending", "past_due", "paused", "cancelled", "expired"])(
    "that is %s cannot be paused",
    async (status) => {
      const { subscription_id } = await offlineMember({ status });
      expect(outcome(await pause(subscription_id))).toEqual([409, "not_active"]);
      expect((await rowOf(subscription_id)).status).toBe(status);
    },
  );

  test.each(["pending", "active", "past_due", "cancelled", "expired"])(
    "that is %s has nothing to resume",
    async (status) => {
      const { subscription_id } = await offlineMember({ status });
      for (const undo of ["pause", "cancellation"])
        expect(outcome(await resume(subscription_id, { undo }))).toEqual([409, "nothing_to_resume"]);
    },
  );

  test("resumes once when two ask for it at once", async () => {
    const { before, subscription_id } = await pausedFor(10);
    const answers = await Promise.all([resume(subscription_id), resume(subscription_id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await movedBy(before, subscription_id)).toBe(10);
  });

  test("whose answer was lost has resumed once", async () => {
    const { before, subscription_id } = await pausedFor(10);
    await failDatabase({ mode: "after_commit", match: subscription_id });
    expect((await resume(subscription_id)).status).toBe(503);
    expect(outcome(await resume(subscription_id))).toEqual([409, "nothing_to_resume"]);
    expect(await movedBy(before, subscription_id)).toBe(10);
  });
});

describe.concurrent("a subscription of Stripe's", () => {
  test("is paused there: nothing is collected, and its person stays a member", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    const until = new Date(Math.ceil(inDays(60).getTime() / 1000) * 1000);
    const answer = await pause(subscription_id, { resumes_at: until.toISOString() });
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 2]);
    expect(answer.body).toMatchObject({ status: "paused", resumes_at: until.toISOString() });
    expect((await atStripe(stripe_subscription_id)).pause_collection).toEqual({
      behavior: "void",
      resumes_at: until.getTime() / 1000,
    });
    expect(await statusOf(member)).toBe("active");
  });

  test("can be paused there until a day, which begins at midnight here", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    const day = dayIn(inDays(60));
    const midnight = beginningOf(day);
    expect((await pause(subscription_id, { resumes_at: day })).body.resumes_at).toBe(midnight.toISOString());
    expect((await atStripe(stripe_subscription_id)).pause_collection).toMatchObject({
      resumes_at: midnight.getTime() / 1000,
    });
  });

  test("is resumed there, and its term is Stripe's to say", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    const before = await rowOf(subscription_id);
    await pause(subscription_id);
    const answer = await resume(subscription_id);
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 2]);
    expect(answer.body).toMatchObject({ status: "active", paused_at: null, resumes_at: null });
    expect((await atStripe(stripe_subscription_id)).pause_collection).toBeNull();
    expect((await rowOf(subscription_id)).current_term_end).toEqual(before.current_term_end);
  });

  test("whose dues were waived for a period has its term, and a grace period after it if the next dues fail", async () => {
    const { customer, subscription_id, stripe_subscription_id } = await heardMember();
    await pause(subscription_id);
    await stripe.advance(32, customer);
    expect((await resume(subscription_id)).body).toMatchObject({ status: "active", renews: true });
    const [item] = (await atStripe(stripe_subscription_id)).items.data;
    const waived = await rowOf(subscription_id);
    expect(waived.current_term_end?.getTime()).toBe((item?.current_period_end ?? 0) * 1000);
    await stripe.decline({ customer }, true);
    await stripe.advance(32, customer);
    await hear(customer);
    const unpaid = await rowOf(subscription_id);
    expect(unpaid).toMatchObject({ status: "past_due", current_term_end: waived.current_term_end });
    expect(unpaid.grace_ends_at?.getTime()).toBe((waived.current_term_end?.getTime() ?? 0) + 14 * DAY);
  });

  test("that was paused as a whole at Stripe is resumed there, and the term that was paid is not paid again", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    const before = await rowOf(subscription_id);
    await stripe.pause(stripe_subscription_id);
    expect((await clerk.send("POST", `/${subscription_id}/sync`)).body).toMatchObject({ status: "paused" });
    expect((await resume(subscription_id)).body).toMatchObject({ status: "active" });
    expect((await atStripe(stripe_subscription_id)).status).toBe("active");
    expect((await stripeApi.invoices.list({ subscription: stripe_subscription_id })).data).toHaveLength(1);
    expect((await rowOf(subscription_id)).current_term_end).toEqual(before.current_term_end);
  });

  test("that was to end with its term renews itself again", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await cancel(subscription_id);
    expect((await goOnAfterAll(subscription_id)).body).toMatchObject({ cancel_at_period_end: false, renews: true });
    expect((await atStripe(stripe_subscription_id)).cancel_at_period_end).toBe(false);
    expect(await rowOf(subscription_id)).toMatchObject({ cancelled_at: null, cancel_reason: null });
  });

  test("that its member cancelled in the portal renews itself again", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await inPortal(stripe_subscription_id, "cancel");
    expect((await clerk.send("POST", `/${subscription_id}/sync`)).body).toMatchObject({ renews: false });
    expect((await goOnAfterAll(subscription_id)).body).toMatchObject({ cancel_at_period_end: false, renews: true });
    expect(await atStripe(stripe_subscription_id)).toMatchObject({ cancel_at: null, cancel_at_period_end: false });
  });

  test("that is paused and was cancelled by its member still ends with its term when the pause is over", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await pause(subscription_id);
    await inPortal(stripe_subscription_id, "cancel");
    expect((await resume(subscription_id)).body).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect(outcome(await resume(subscription_id))).toEqual([409, "nothing_to_resume"]);
    const { pause_collection, cancel_at } = await atStripe(stripe_subscription_id);
    expect([pause_collection, cancel_at]).toEqual([null, expect.any(Number)]);
  });

  test("that is paused and was cancelled by its member can be kept while it is paused", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await pause(subscription_id);
    await inPortal(stripe_subscription_id, "cancel");
    await clerk.send("POST", `/${subscription_id}/sync`);
    const { body } = await goOnAfterAll(subscription_id);
    expect(body).toMatchObject({ status: "paused", cancel_at_period_end: false, cancelled_at: null });
    const { pause_collection, cancel_at } = await atStripe(stripe_subscription_id);
    expect([pause_collection?.behavior, cancel_at]).toEqual(["void", null]);
  });

  test("that Stripe does not know is 409, and is not said to have been brought up to date", async () => {
    const { subscription_id } = await offlineMember({ stripe_subscription_id: `sub_${randomUUID()}` });
    const before = await rowOf(subscription_id);
    const answer = await pause(subscription_id);
    expect(outcome(answer)).toEqual([409, "refused_by_stripe"]);
    expect(answer.body).toMatchObject({
      detail: "Stripe refused this change, because it does not know the subscription.",
    });
    expect(await rowOf(subscription_id)).toEqual(before);
  });

  test("that has ended at Stripe and not here yet is 409, and is brought up to date", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    await stripeApi.subscriptions.cancel(stripe_subscription_id);
    expect(outcome(await pause(subscription_id))).toEqual([409, "refused_by_stripe"]);
    expect((await rowOf(subscription_id)).status).toBe("cancelled");
    expect(await statusOf(member)).toBe("inactive");
  });

  const failures = ["status", "drop", "hang", "after"] as const;

  test.each(failures)("that Stripe failed to pause (%s) is 503, and paused by asking again", async (mode) => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await stripe.fault({ mode, ms: 50, count: 2, match: stripe_subscription_id });
    expect(outcome(await pause(subscription_id))).toEqual([503, "stripe_unavailable"]);
    expect((await rowOf(subscription_id)).status).toBe("active");
    expect((await pause(subscription_id)).body.status).toBe("paused");
    expect((await atStripe(stripe_subscription_id)).pause_collection?.behavior).toBe("void");
  });

  test.each(failures)("that Stripe failed to resume (%s) is 503, and resumed by asking again", async (mode) => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await pause(subscription_id);
    await stripe.fault({ mode, ms: 50, count: 2, match: stripe_subscription_id });
    expect(outcome(await resume(subscription_id))).toEqual([503, "stripe_unavailable"]);
    expect((await rowOf(subscription_id)).status).toBe("paused");
    expect((await resume(subscription_id)).body.status).toBe("active");
    expect((await atStripe(stripe_subscription_id)).pause_collection).toBeNull();
  });

  test("that the database failed after Stripe paused it is paused when Stripe's event comes", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await failDatabase({ mode: "before", match: subscription_id, skip: 1 });
    expect((await pause(subscription_id)).status).toBe(503);
    expect((await rowOf(subscription_id)).status).toBe("active");
    const held = (await stripe.deliveries(stripe_subscription_id)).filter(({ state }) => state === "manual");
    await stripe.deliver(held.map(({ event_id }) => event_id));
    expect((await rowOf(subscription_id)).status).toBe("paused");
  });

  test("that the database failed after Stripe resumed it is resumed by asking again", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await pause(subscription_id);
    await failDatabase({ mode: "before", match: subscription_id, skip: 1 });
    expect((await resume(subscription_id)).status).toBe(503);
    expect((await resume(subscription_id)).body.status).toBe("active");
    expect((await atStripe(stripe_subscription_id)).pause_collection).toBeNull();
  });

  test("needs the permission, each time", async () => {
    const { subscription_id } = await subscriber();
    const { send } = await treasurer("subscriptions.edit");
    for (const verb of ["pause", "resume", "cancel"])
      expect((await send("POST", `/${subscription_id}/${verb}`, {})).status).toBe(403);
  });
});

test("what is not there is 404", async () => {
  for (const answer of [await pause(randomUUID()), await resume(randomUUID())])
    expect(outcome(answer)).toEqual([404, "subscription_not_found"]);
});
