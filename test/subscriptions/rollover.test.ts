import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { outcome, post } from "../harness/client.ts";
import { beginningOf, dayAfter, dayIn } from "../harness/days.ts";
import { checkout, subscriptionOf } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan, planDetails } from "../harness/plans.ts";

/** A plan whose terms end so many days from now, and when they do: this time and the next. */
async function endingIn(days: number, rollover_days: number) {
  const last = dayAfter(dayIn(new Date()), days);
  const [year = 0, month = 0, day = 0] = last.split("-").map(Number);
  // No term ends on February 29.
  const term_end_day = month === 2 ? Math.min(day, 28) : day;
  const plan_id = await plan({ billing_cycle: "custom", term_end_month: month, term_end_day, rollover_days });
  const end = (later: number) =>
    beginningOf(
      dayAfter(`${year + later}-${String(month).padStart(2, "0")}-${String(term_end_day).padStart(2, "0")}`, 1),
    );
  return { plan_id, ends: [end(0), end(1)] as const };
}

async function byHand(plan_id: string) {
  const [member, treasurer] = await Promise.all([person("payment_pending"), volunteer("subscriptions.create")]);
  const term = { id: randomUUID(), user_id: member.id, plan_id, payment_method: "cash" };
  expect((await post("/api/admin/subscriptions", term, { token: treasurer.token })).status).toBe(201);
  // The same term is known again.
  expect((await post("/api/admin/subscriptions", term, { token: treasurer.token })).status).toBe(201);
  return subscriptionOf(member);
}

async function online(plan_id: string) {
  const member = await person("payment_pending");
  expect((await checkout(member, plan_id)).status).toBe(200);
  return subscriptionOf(member);
}

describe.concurrent("a plan with a fixed end of its terms", () => {
  test.for([
    { what: "online", join: online },
    { what: "by hand", join: byHand },
  ])("joined $what shortly before gives the rest of the term and all of the next one", async ({ join }) => {
    const { plan_id, ends } = await endingIn(10, 30);
    expect((await join(plan_id)).current_term_end).toEqual(ends[1]);
  });

  test.for([
    { what: "online", join: online },
    { what: "by hand", join: byHand },
  ])("joined $what earlier gives this term", async ({ join }) => {
    const { plan_id, ends } = await endingIn(40, 30);
    expect((await join(plan_id)).current_term_end).toEqual(ends[0]);
  });

  test("gives this term where nothing is said", async () => {
    const { plan_id, ends } = await endingIn(10, 0);
    expect((await online(plan_id)).current_term_end).toEqual(ends[0]);
  });

  test("is the only one with days to roll over", async () => {
    const { token } = await volunteer("subscriptions.plans");
    const create = (more: Record<string, unknown>) => post("/api/admin/plans", planDetails(more), { token });
    const none = { term_end_month: null, term_end_day: null };
    expect(outcome(await create({ ...none, billing_cycle: "yearly", rollover_days: 5 }))).toEqual([
      400,
      "invalid_input",
    ]);
    const fixed = { billing_cycle: "custom", term_end_month: 12, term_end_day: 31 };
    expect(outcome(await create({ ...fixed, rollover_days: 181 }))).toEqual([400, "invalid_input"]);
    expect((await create({ ...fixed, rollover_days: 60 })).body).toMatchObject({ rollover_days: 60 });
  });
});
