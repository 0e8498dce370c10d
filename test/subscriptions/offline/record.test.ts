import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Subscription } from "../../../src/subscriptions/admin/schemas.ts";
import { userstatus } from "../../../src/tables/people.ts";
import { outcome, refusal, tripsOf } from "../../harness/client.ts";
import { whileChanging } from "../../harness/locks.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { subscriptionOf, subscriptionsOf } from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql } from "../../harness/platform.ts";
import { give, systemRole } from "../../harness/roles.ts";
import {
  inDays,
  lettersTo,
  offlineMember,
  paymentsOf,
  rowOf,
  statusOf,
  subscriber,
  treasurer,
} from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.create");

const record = (body: Record<string, unknown>) =>
  clerk.send("POST", "", { id: randomUUID(), payment_method: "cash", ...body });

const iso = (instant: Date | null | undefined) => instant?.toISOString() ?? null;

describe.concurrent("a term that was not paid online", () => {
  test("makes an approved applicant a member, with a payment in the ledger and thanks", async () => {
    const names = { last_name: "Example", legal_name: "Robert Example", name_on_documents: "legal" };
    const [applicant, plan_id] = await Promise.all([person("payment_pending", names), plan()]);
    const answer = await record({
      user_id: applicant.id,
      plan_id,
      payment_method: "cheque",
      base_subscription_cents: 4500,
      donation_cents: 700,
      paid_at: "2026-02-03T12:00:00Z",
      notes: "Cheque 114.",
    });
    expect(answer.status).toBe(201);
    expect((await tripsOf(answer)).before).toBe(1);
    const row = await subscriptionOf(applicant);
    expect(answer.body).toMatchObject({
      id: row.id,
      status: "active",
      payment_method: "cheque",
      base_subscription_cents: 4500,
      donation_cents: 700,
      notes: "Cheque 114.",
      renews: false,
      member: { id: applicant.id, status: "active" },
      payments_total: 1,
    });
    expect(await statusOf(applicant)).toBe("active");
    const [payment, ...others] = await paymentsOf(applicant);
    expect(others).toEqual([]);
    expect(payment).toMatchObject({
      subscription_id: row.id,
      payment_method: "cheque",
      base_subscription_cents: 4500,
      donation_cents: 700,
      paid_at: new Date("2026-02-03T12:00:00Z"),
      term_start: row.current_term_start,
      term_end: row.current_term_end,
      recorded_by: clerk.id,
    });
    expect(await lettersTo(applicant)).toMatchObject([
      {
        template: "thank_you",
        data: { first_name: "Robin", base_subscription_cents: 4500, donation_cents: 700 },
      },
    ]);
    expect((await untilMails(applicant.email))[0]?.text).toMatch(
      /^Hi Robin,[\s\S]*\nReceived from: Robert Example\nReceived by: [\s\S]*\nDate: February 3, 2026\n[\s\S]*Payment: By check\n/,
    );
  });

  test("costs what the plan does where nothing is said, and a complimentary one nothing", async () => {
    const [one, other, plan_id] = await Promise.all([
      person("inactive"),
      person("inactive"),
      plan({ price_cents: 3300 }),
    ]);
    expect((await record({ user_id: one.id, plan_id })).body.base_subscription_cents).toBe(3300);
    const given = await record({ user_id: other.id, plan_id, payment_method: "complimentary" });
    expect(given.body).toMatchObject({ status: "active", base_subscription_cents: 0, member: { status: "active" } });
    expect(await paymentsOf(other)).toMatchObject([
      { payment_method: "complimentary", base_subscription_cents: 0, donation_cents: 0, recorded_by: clerk.id },
    ]);
    expect(await lettersTo(other)).toMatchObject([
      { template: "payment_receipt", data: { payment_method: "complimentary", base_subscription_cents: 0 } },
    ]);
  });

  test.each([
    ["monthly", {}, "2090-01-31T10:00:00.000Z", "2090-02-28T10:00:00.000Z"],
    ["monthly", {}, "2088-01-30T23:30:00.000Z", "2088-02-29T23:30:00.000Z"],
    ["quarterly", {}, "2089-11-30T05:00:00.000Z", "2090-02-28T05:00:00.000Z"],
    ["yearly", {}, "2088-02-29T05:00:00.000Z", "2089-02-28T05:00:00.000Z"],
    // Midnight stays midnight when daylight saving begins or ends in between.
    ["monthly", {}, "2090-03-01T05:00:00.000Z", "2090-04-01T04:00:00.000Z"],
    ["quarterly", {}, "2090-09-01T04:00:00.000Z", "2090-12-01T05:00:00.000Z"],
    ["custom", { term_end_month: 6, term_end_day: 30 }, "2090-03-05T05:00:00.000Z", "2090-07-01T04:00:00.000Z"],
    ["custom", { term_end_month: 6, term_end_day: 30 }, "2090-07-01T04:00:00.000Z", "2091-07-01T04:00:00.000Z"],
    ["custom", { term_end_month: 12, term_end_day: 31 }, "2090-12-31T04:59:59.999Z", "2091-01-01T05:00:00.000Z"],
    // Nobody pays for a day, or for the hours between two zones' midnights.
    ["custom", { term_end_month: 12, term_end_day: 31 }, "2090-12-31T05:00:00.000Z", "2092-01-01T05:00:00.000Z"],
    ["custom", { term_end_month: 12, term_end_day: 31 }, "2091-01-01T00:00:00.000Z", "2092-01-01T05:00:00.000Z"],
    ["lifetime", {}, "2090-03-05T00:00:00.000Z", null],
  ])("of a plan that is %s (%o) and starts %s ends %s", async (billing_cycle, columns, term_start, end) => {
    // It goes on from one that began at no such day of a month.
    const before = { current_term_start: inDays(-3), current_term_end: term_start };
    const [{ member }, plan_id] = await Promise.all([offlineMember(before), plan({ billing_cycle, ...columns })]);
    const { status, body } = await record({ user_id: member.id, plan_id, term_start });
    expect(status).toBe(201);
    expect(body.current_term_end).toBe(end);
    expect(body.payments).toMatchObject([{ term_start, term_end: end }]);
  });

  test("begins and ends when it is said to", async () => {
    const [member, plan_id] = await Promise.all([person("inactive"), plan()]);
    const term = { term_start: inDays(-10).toISOString(), term_end: inDays(20).toISOString() };
    const { body } = await record({ user_id: member.id, plan_id, ...term });
    expect(body).toMatchObject({ current_term_start: term.term_start, current_term_end: term.term_end });
  });
});

describe.concurrent("a term that runs is extended", () => {
  test("before it ends: the person has one running term, and the payment says what it was for", async () => {
    const { member, plan_id, subscription_id } = await offlineMember({ current_term_end: "2090-05-05T12:00:00Z" });
    const old = await rowOf(subscription_id);
    const { status, body } = await record({ user_id: member.id, plan_id });
    expect(status).toBe(201);
    const end = new Date(old.current_term_end ?? 0);
    end.setUTCFullYear(end.getUTCFullYear() + 1);
    expect(body).toMatchObject({
      status: "active",
      current_term_start: iso(old.current_term_start),
      current_term_end: end.toISOString(),
    });
    expect((await subscriptionsOf(member)).map(({ id, status }) => [id, status]).sort()).toEqual(
      [
        [subscription_id, "expired"],
        [body.id, "active"],
      ].sort(),
    );
    expect((await rowOf(subscription_id)).current_term_end).toEqual(old.current_term_end);
    const [, payment] = await paymentsOf(member);
    expect(payment).toMatchObject({ subscription_id: body.id, term_start: old.current_term_end, term_end: end });
    // Not the first dues of theirs: a receipt.
    expect(await lettersTo(member)).toMatchObject([
      { template: "payment_receipt", data: { payment_method: "cash", base_subscription_cents: 6000 } },
    ]);
  });

  test.each([
    // The month's last day again, after a month that has no such day.
    ["monthly", "2090-01-31T10:00:00.000Z", "2090-02-28T10:00:00.000Z", "2090-03-31T09:00:00.000Z"],
    ["quarterly", "2089-11-30T23:30:00.000Z", "2090-02-28T23:30:00.000Z", "2090-05-30T22:30:00.000Z"],
    ["yearly", "2088-02-29T05:00:00.000Z", "2091-02-28T05:00:00.000Z", "2092-02-29T05:00:00.000Z"],
    // Also if its midnights are those of another zone.
    ["monthly", "2090-02-01T00:00:00.000Z", "2090-08-01T00:00:00.000Z", "2090-09-01T00:00:00.000Z"],
    // Moved by hand, or by a pause: nobody loses those days.
    ["monthly", "2090-01-31T10:00:00.000Z", "2090-02-27T10:00:00.000Z", "2090-03-27T09:00:00.000Z"],
    ["monthly", "2090-01-15T10:00:00.000Z", "2090-02-25T10:00:00.000Z", "2090-03-25T09:00:00.000Z"],
  ])("%s from %s, so far until %s, to %s", async (billing_cycle, current_term_start, current_term_end, end) => {
    const { member, plan_id } = await offlineMember({ billing_cycle, current_term_start, current_term_end });
    const { body } = await record({ user_id: member.id, plan_id });
    expect(body).toMatchObject({ current_term_start, current_term_end: end });
  });

  test("within the grace: from where it ended, so that paying late wins no days", async () => {
    const { member, plan_id, subscription_id } = await offlineMember({
      status: "past_due",
      current_term_end: inDays(-5),
      grace_ends_at: inDays(9),
    });
    const old = await rowOf(subscription_id);
    const { body } = await record({ user_id: member.id, plan_id });
    expect(body.current_term_start).toBe(iso(old.current_term_end));
    expect(await rowOf(subscription_id)).toMatchObject({ status: "expired", grace_ends_at: null });
  });

  test("after the grace: from now, and whoever lapsed is back", async () => {
    const member = await person("inactive");
    const { plan_id } = await offlineMember({
      member,
      status: "past_due",
      current_term_start: inDays(-415),
      current_term_end: inDays(-50),
      grace_ends_at: inDays(-36),
    });
    const { body } = await record({ user_id: member.id, plan_id });
    expect(Math.abs(Date.parse(body.current_term_start ?? "") - Date.now())).toBeLessThan(60_000);
    expect(body.member.status).toBe("active");
  });

  test("unless it would end sooner", async () => {
    const { member, plan_id, subscription_id } = await offlineMember();
    const short = { term_start: inDays(0).toISOString(), term_end: inDays(30).toISOString() };
    expect(outcome(await record({ user_id: member.id, plan_id, ...short }))).toEqual([409, "term_paid"]);
    expect(await rowOf(subscription_id)).toMatchObject({ status: "active" });
    expect(await subscriptionsOf(member)).toHaveLength(1);
  });
});

describe.concurrent("a term is refused", () => {
  test("without a person or a plan", async () => {
    const [member, plan_id, archived] = await Promise.all([
      person("active"),
      plan(),
      plan({ archived_at: new Date(), active: false }),
    ]);
    expect(outcome(await record({ user_id: randomUUID(), plan_id }))).toEqual([404, "user_not_found"]);
    expect(outcome(await record({ user_id: member.id, plan_id: randomUUID() }))).toEqual([404, "plan_not_found"]);
    expect(outcome(await record({ user_id: member.id, plan_id: archived }))).toEqual([404, "plan_not_found"]);
  });

  test.each(userstatus.enumValues)("or not, to somebody who is %s", async (status) => {
    const [someone, plan_id] = await Promise.all([person(status), plan()]);
    const allowed = ["payment_pending", "inactive", "active"].includes(status);
    const answer = await record({ user_id: someone.id, plan_id });
    expect(outcome(answer)).toEqual(allowed ? [201, undefined] : [409, "status_conflict"]);
    expect(await statusOf(someone)).toBe(allowed ? "active" : status);
    expect(await subscriptionsOf(someone)).toHaveLength(allowed ? 1 : 0);
    expect(await lettersTo(someone)).toHaveLength(allowed ? 1 : 0);
  });

  test("to somebody who pays online, is a member for life, or is paused", async () => {
    const [online, forLife, paused] = await Promise.all([
      subscriber(),
      offlineMember({ billing_cycle: "lifetime", current_term_end: null }),
      offlineMember({ status: "paused", paused_at: new Date() }),
    ]);
    for (const [{ member, plan_id }, refusal] of [
      [online, "already_subscribed"],
      [forLife, "already_subscribed"],
      [paused, "subscription_paused"],
    ] as const) {
      expect(outcome(await record({ user_id: member.id, plan_id }))).toEqual([409, refusal]);
      expect(await subscriptionsOf(member)).toHaveLength(1);
    }
  });

  test("that begins later than tomorrow, unless it goes on from one that runs until then", async () => {
    const [applicant, { member, plan_id, subscription_id }] = await Promise.all([
      person("payment_pending"),
      offlineMember({ current_term_end: inDays(100) }),
    ]);
    const from = (days: number) => ({ plan_id, term_start: inDays(days).toISOString() });
    for (const [someone, days] of [
      [applicant, 2],
      [member, 102],
    ] as const)
      expect(outcome(await record({ user_id: someone.id, ...from(days) }))).toEqual([409, "term_too_early"]);
    expect([await statusOf(applicant), await subscriptionsOf(applicant)]).toEqual(["payment_pending", []]);
    expect((await rowOf(subscription_id)).status).toBe("active");
    expect((await record({ user_id: applicant.id, ...from(0.9) })).body.member.status).toBe("active");
    expect((await record({ user_id: member.id, ...from(100) })).status).toBe(201);
  });

  test("that is over, or has no end although it needs one, or one although it is for life", async () => {
    const [member, yearly, lifetime, custom] = await Promise.all([
      person("active"),
      plan(),
      plan({ billing_cycle: "lifetime" }),
      plan({ billing_cycle: "custom", term_end_month: null, term_end_day: null }),
    ]);
    const past = { term_start: inDays(-800).toISOString() };
    const end = { term_end: inDays(-1).toISOString() };
    const whole = { term_end: inDays(100).toISOString() };
    for (const [body, refusal] of [
      [{ plan_id: yearly, ...past }, [409, "term_over"]],
      [{ plan_id: yearly, ...end }, [409, "term_over"]],
      [{ plan_id: custom }, [400, "term_end_needed"]],
      [{ plan_id: lifetime, ...whole }, [400, "term_without_end"]],
    ] as const)
      expect(outcome(await record({ user_id: member.id, ...body }))).toEqual(refusal);
    expect(await subscriptionsOf(member)).toEqual([]);
    expect((await record({ user_id: member.id, plan_id: custom, ...whole })).status).toBe(201);
  });

  test("whose plan is deleted or archived at that moment", async () => {
    for (const change of ["delete from subscription_plans", "update subscription_plans set archived_at = now()"]) {
      const [member, plan_id] = await Promise.all([person("active"), plan()]);
      const answer = await whileChanging(`${change} where id = $1`, [plan_id], () =>
        record({ user_id: member.id, plan_id }),
      );
      expect(outcome(answer)).toEqual([404, "plan_not_found"]);
      expect(await subscriptionsOf(member)).toEqual([]);
    }
  });

  test("whose amounts or times cannot be", async () => {
    const [member, plan_id, noDonation] = await Promise.all([
      person("active"),
      plan(),
      plan({ donation_allowed: false }),
    ]);
    for (const [body, path] of [
      [{ payment_method: "stripe" }, "payment_method"],
      [{ base_subscription_cents: -1 }, "base_subscription_cents"],
      [{ base_subscription_cents: 10.5 }, "base_subscription_cents"],
      [{ donation_cents: 100_000_000 }, "donation_cents"],
      [{ id: undefined }, "id"],
      [{ payment_method: "complimentary", base_subscription_cents: 1 }, "base_subscription_cents"],
      [{ payment_method: "complimentary", donation_cents: 1 }, "donation_cents"],
      [{ paid_at: inDays(1).toISOString() }, "paid_at"],
      [{ paid_at: "1999-12-31T23:59:59Z" }, "paid_at"],
      [{ term_start: "9999-12-31T00:00:00Z" }, "term_start"],
      [{ term_end: "9000-01-01T00:00:00Z" }, "term_end"],
      [{ term_start: inDays(5).toISOString(), term_end: inDays(5).toISOString() }, "term_end"],
    ] as const) {
      const answer = await record({ user_id: member.id, plan_id, ...body });
      expect(refusal(answer)).toMatchObject([400, "invalid_input", [{ path }]]);
    }
    expect(outcome(await record({ user_id: member.id, plan_id: noDonation, donation_cents: 1 }))).toEqual([
      409,
      "donation_not_allowed",
    ]);
    expect(await subscriptionsOf(member)).toEqual([]);
  });
});

test("what was recorded is in the audit log, with who did it, and without the notes", async () => {
  const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
  const { body, request_id } = await clerk.send<Subscription>("POST", "", {
    id: randomUUID(),
    user_id: member.id,
    plan_id,
    payment_method: "cash",
    notes: "A secret of theirs.",
  });
  const entries = await sql<{ subject_type: string; subject_id: string; actor_id: string; changes: object }>(
    "select subject_type, subject_id, actor_id, changes from audit_log where request_id = $1",
    [request_id],
  );
  expect(new Set(entries.map(({ actor_id }) => actor_id))).toEqual(new Set([clerk.id]));
  expect(entries.map(({ subject_type }) => subject_type)).toEqual(
    expect.arrayContaining(["subscriptions", "payments", "users"]),
  );
  expect(entries.some(({ subject_id }) => subject_id === body.id)).toBe(true);
  expect(JSON.stringify(entries)).not.toContain("A secret of theirs");
});

test("a superadmin's term does not take their powers when it lapses", async () => {
  const member = await person("active");
  await give(member.id, await systemRole("superadmin"));
  const { subscription_id } = await offlineMember({ member });
  const canceller = await treasurer("subscriptions.cancel");
  const { body } = await canceller.send("POST", `/${subscription_id}/cancel`, { at_period_end: false });
  expect(body).toMatchObject({ status: "cancelled", member: { status: "active" } });
});
