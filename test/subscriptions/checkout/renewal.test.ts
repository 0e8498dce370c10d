import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import {
  checkout,
  openSessionsFor,
  pendingOf,
  sessionsAskedFor,
  subscribed,
  subscriptionsOf,
} from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { CUSTOM, endOfNext, plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { inDays, rowOf, statusOf } from "../../harness/subscriptions.ts";

describe.concurrent("the renewal of a term that does not renew itself", () => {
  /** An active member whose term ends in so many days, with what they may renew it by. */
  async function runningOut({ days = 100, ...columns }: Record<string, unknown> & { days?: number } = {}) {
    const member = await person("active");
    const current_term_end = inDays(days);
    const id = await subscribed(member, { current_term_end, payment_method: "cash", ...columns });
    return { member, id, current_term_end };
  }

  test("stands beside it, and its term begins where that ends", async () => {
    const { member, id, current_term_end } = await runningOut();
    const before = await rowOf(id);
    const { status, body } = await checkout(member, await plan(CUSTOM));
    expect(status).toBe(200);
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({
      current_term_start: current_term_end,
      current_term_end: endOfNext(6, 30, current_term_end),
      stripe_checkout_session_id: body.session_id,
    });
    const [request] = await sessionsAskedFor(pending.id);
    expect(request?.params.metadata).toMatchObject({ term_start: current_term_end.toISOString() });
    expect(await rowOf(id)).toEqual(before);
    expect(await statusOf(member)).toBe("active");
  });

  test("of a whole year begins where the year ended, and ends a year later", async () => {
    const ends = endOfNext(6, 30, inDays(2));
    const { member } = await runningOut({ billing_cycle: "custom", current_term_end: ends });
    await checkout(member, await plan(CUSTOM));
    const { current_term_start, current_term_end } = await pendingOf(member);
    expect([current_term_start, current_term_end]).toEqual([ends, endOfNext(6, 30, ends)]);
    expect(current_term_end?.getUTCFullYear()).toBe(ends.getUTCFullYear() + 1);
  });

  test("for life begins where it ends too", async () => {
    const { member, current_term_end } = await runningOut();
    await checkout(member, await plan({ billing_cycle: "lifetime" }));
    expect(await pendingOf(member)).toMatchObject({ current_term_start: current_term_end, current_term_end: null });
  });

  test("within the grace begins where the term ended, and never sells what is over", async () => {
    const { member, current_term_end } = await runningOut({
      days: -10,
      status: "past_due",
      grace_ends_at: inDays(4),
    });
    const passed = inDays(-5);
    const day = { term_end_month: passed.getUTCMonth() + 1, term_end_day: Math.min(passed.getUTCDate(), 28) };
    await checkout(member, await plan({ ...CUSTOM, ...day }));
    const pending = await pendingOf(member);
    expect(pending.current_term_start).toEqual(current_term_end);
    expect(pending.current_term_end).toEqual(endOfNext(day.term_end_month, day.term_end_day, new Date()));
    expect(await statusOf(member)).toBe("active");
  });

  test("after the grace begins now, and who was inactive has to pay", async () => {
    const member = await person("inactive");
    await subscribed(member, {
      status: "past_due",
      current_term_end: inDays(-40),
      grace_ends_at: inDays(-26),
    });
    expect((await checkout(member, await plan(CUSTOM))).status).toBe(200);
    const { current_term_start } = await pendingOf(member);
    expect(Date.now() - (current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await statusOf(member)).toBe("payment_pending");
  });

  test("moves with the term that it follows", async () => {
    const { member, id } = await runningOut();
    const plan_id = await plan(CUSTOM);
    const first = await checkout(member, plan_id, 0);
    const later = inDays(110);
    await sql("update subscriptions set current_term_end = $2 where id = $1", [id, later]);
    const second = await checkout(member, plan_id, 0);
    expect(second.body.session_id).not.toBe(first.body.session_id);
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({ current_term_start: later, checkout_number: 2 });
    expect(await openSessionsFor(pending.id)).toEqual([second.body.session_id]);
  });

  test("begins now when the term it was to follow was cancelled", async () => {
    const { member, id } = await runningOut();
    const plan_id = await plan({ billing_cycle: "lifetime" });
    const first = await checkout(member, plan_id, 0);
    await sql("update subscriptions set status = 'cancelled' where id = $1", [id]);
    const second = await checkout(member, plan_id, 0);
    expect(second.body.session_id).not.toBe(first.body.session_id);
    const pending = await pendingOf(member);
    expect(Date.now() - (pending.current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await openSessionsFor(pending.id)).toEqual([second.body.session_id]);
  });

  test.for(["monthly", "quarterly", "yearly"])(
    "by a %s plan is refused while the term runs, naming until when",
    async (billing_cycle) => {
      const { member } = await runningOut({ current_term_end: "2199-07-01T04:00:00.000Z" });
      const answer = await checkout(member, await plan({ billing_cycle }));
      expect(outcome(answer)).toEqual([409, "term_still_runs"]);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining("Your term runs until June 30, 2199.") });
      expect(await subscriptionsOf(member)).toHaveLength(1);
      expect(await stripe.requests(member.email)).toEqual([]);
    },
  );

  test.for([
    { what: "has a day to go", columns: { days: 1 }, allowed: false },
    { what: "is past due", columns: { days: -1, status: "past_due", grace_ends_at: inDays(13) }, allowed: true },
    { what: "is paused", columns: { days: 100, status: "paused" }, allowed: false },
  ])("by a plan that renews itself, where the term $what: allowed is $allowed", async ({ columns, allowed }) => {
    const { member } = await runningOut(columns);
    expect((await checkout(member, await plan())).status).toBe(allowed ? 200 : 409);
    if (!allowed) return;
    const pending = await pendingOf(member);
    expect(pending).toMatchObject({ current_term_start: null, current_term_end: null });
    const [request] = await sessionsAskedFor(pending.id);
    expect(request?.params).toMatchObject({ mode: "subscription" });
    expect(request?.params.metadata).not.toHaveProperty("term_start");
    expect(await statusOf(member)).toBe("active");
  });

  test("is refused to who is a member for life", async () => {
    const member = await person("active");
    await subscribed(member, { billing_cycle: "lifetime", current_term_end: null });
    for (const columns of [CUSTOM, { billing_cycle: "lifetime" }, {}])
      expect(outcome(await checkout(member, await plan(columns)))).toEqual([409, "already_subscribed"]);
    expect(await subscriptionsOf(member)).toHaveLength(1);
  });

  test("has nothing to do with anybody else's term", async () => {
    await runningOut();
    const member = await person("payment_pending");
    await checkout(member, await plan(CUSTOM));
    expect(Date.now() - ((await pendingOf(member)).current_term_start?.getTime() ?? 0)).toBeLessThan(60_000);
  });
});
