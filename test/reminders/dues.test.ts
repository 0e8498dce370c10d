import { beforeEach, expect, test } from "vitest";
import { beginningOf, dayAfter } from "../harness/days.ts";
import { type MovedClock, movedClock } from "../harness/moved-clock.ts";

let clock: MovedClock;
beforeEach(async () => {
  clock = await movedClock();
}, 60_000);

/** A member whose term began on one day and ends with the day before another. */
async function member(began: string, ends: string, columns: Record<string, unknown> = {}, person = {}) {
  const user_id = await clock.person("active", person);
  await clock.insert("subscriptions", {
    user_id,
    plan_id: await clock.plan(),
    status: "active",
    billing_cycle: "custom",
    base_subscription_cents: 6000,
    donation_cents: 500,
    payment_method: "cash",
    current_term_start: beginningOf(began),
    current_term_end: beginningOf(ends),
    ...columns,
  });
  return user_id;
}

const atStripe = (columns: Record<string, unknown> = {}) => ({
  stripe_subscription_id: `sub_${crypto.randomUUID()}`,
  billing_cycle: "yearly",
  payment_method: "stripe",
  ...columns,
});

/** Runs the job at noon of each day, and says on which days a person got mails of a kind. */
async function daysOf(kind: string, user_id: string, from: string, days: number): Promise<string[]> {
  const told: string[] = [];
  const sentTo = async () =>
    (await clock.decided(kind)).filter((each) => each.user_id === user_id && each.outcome === "sent").length;
  let before = await sentTo();
  for (let passed = 0; passed <= days; passed += 1) {
    const day = dayAfter(from, passed);
    await clock.moveTo(`${day}T17:00:00Z`);
    await clock.remind(kind);
    const sent = await sentTo();
    if (sent > before) told.push(day);
    before = sent;
  }
  return told;
}

test("a term that does not renew itself is announced 60, 30, 14 and 7 days before its last day, and on it", async () => {
  await clock.moveTo("2027-01-01T12:00:00Z");
  const someone = await member("2026-04-01", "2027-04-01");
  expect(await daysOf("term_ending", someone, "2027-01-25", 70)).toEqual([
    "2027-01-30",
    "2027-03-01",
    "2027-03-17",
    "2027-03-24",
    "2027-03-31",
  ]);
  const [mail] = await clock.sql("select data from emails");
  expect(mail?.data).toMatchObject({ first_name: "Robin", plan_name: expect.any(String) });
});

test("a term of a month is announced in its second half alone", async () => {
  await clock.moveTo("2027-03-01T05:00:00Z");
  const someone = await member("2027-03-01", "2027-04-01");
  expect(await daysOf("term_ending", someone, "2027-03-01", 31)).toEqual(["2027-03-17", "2027-03-24", "2027-03-31"]);
});

test("members who leave, whose dues Stripe collects, or who are gone hear of no end", async () => {
  await clock.moveTo("2027-03-25T17:00:00Z");
  await member("2026-04-01", "2027-04-01", { cancel_at_period_end: true });
  await member("2026-04-01", "2027-04-01", atStripe());
  await clock.sql("update users set status = 'inactive' where id = $1", [await member("2026-04-01", "2027-04-01")]);
  await clock.remind();
  expect(await clock.decided("term_ending")).toEqual([]);
});

test("whoever renews while the mail waits for the morning does not get it, and hears of the next term", async () => {
  await clock.moveTo("2027-03-24T06:00:00Z"); // 2 AM
  const someone = await member("2026-04-01", "2027-04-01");
  await clock.remind();
  const waiting = await clock.sql("select status, next_attempt_at from emails");
  expect(waiting).toEqual([{ status: "pending", next_attempt_at: new Date("2027-03-24T12:00:00Z") }]);
  await clock.sql("update subscriptions set current_term_end = $1", [beginningOf("2028-04-01")]);
  await clock.moveTo("2027-03-24T12:00:00Z");
  await clock.withholdMoot();
  expect(await clock.sql("select status, last_error from emails")).toEqual([
    { status: "withheld", last_error: "moot" },
  ]);
  await clock.moveTo("2028-03-24T16:00:00Z");
  await clock.remind();
  const sent = (await clock.decided("term_ending")).filter(({ outcome }) => outcome === "sent");
  expect(sent).toMatchObject([{ user_id: someone, due_at: beginningOf("2028-03-24") }]);
});

test("changed settings, and another time zone, send nothing twice", async () => {
  await clock.moveTo("2027-03-24T17:00:00Z");
  const someone = await member("2026-04-01", "2027-04-01");
  await clock.remind();
  await clock.sendAll();
  for (const change of [
    "time_zone = 'Australia/Sydney'",
    "renewal_reminder_days = '{60,30,14,8,7,0}'",
    "time_zone = 'Pacific/Pago_Pago'",
  ]) {
    await clock.sql(`update organisation_settings set ${change}`);
    await clock.remind();
  }
  const sent = (await clock.decided("term_ending")).filter(({ outcome }) => outcome === "sent");
  expect(sent).toMatchObject([{ user_id: someone }]);
});

test("whose membership renews itself gets one notice a week before, with the amount; by the month, none", async () => {
  await clock.moveTo("2027-03-01T12:00:00Z");
  const yearly = await member("2026-04-01", "2027-04-01", atStripe());
  const monthly = await member("2027-03-01", "2027-04-01", atStripe({ billing_cycle: "monthly" }));
  const leaving = await member("2026-04-01", "2027-04-01", atStripe({ cancel_at_period_end: true }));
  expect(await daysOf("renewal", yearly, "2027-03-20", 12)).toEqual(["2027-03-25"]);
  expect((await clock.decided("renewal")).map(({ user_id }) => user_id)).toEqual([yearly]);
  expect(await clock.sql("select data from emails where template = 'renewal_reminder'")).toMatchObject([
    { data: { base_subscription_cents: 6000, donation_cents: 500 } },
  ]);
  expect([monthly, leaving]).not.toContain(yearly);
});

test("past dues are asked for on the first day, after 3, 7 and 13 days, and not after the grace period", async () => {
  await clock.moveTo("2027-03-31T12:00:00Z");
  const someone = await member("2026-04-01", "2027-04-01");
  const at_stripe = await member("2026-04-01", "2027-04-01", atStripe({ status: "past_due" }));
  expect(await daysOf("past_due", someone, "2027-03-31", 30)).toEqual([
    "2027-04-01",
    "2027-04-04",
    "2027-04-08",
    "2027-04-14",
  ]);
  // Stripe's refusal was mailed at once.
  const stripe = (await clock.decided("past_due")).filter(({ user_id }) => user_id === at_stripe);
  expect(stripe.map(({ due_at }) => due_at)).toEqual(
    ["2027-04-04", "2027-04-08", "2027-04-14"].map((day) => beginningOf(day)),
  );
  const [mail] = await clock.sql("select data from emails where template = 'past_due_reminder' and user_id = $1", [
    someone,
  ]);
  expect(mail?.data).toMatchObject({ amount_cents: 6000, active_until: expect.stringMatching(/^2027-04-15/) });
});

test("past dues are the plan's price, whatever the last term cost, and what Stripe could not collect where it collects", async () => {
  await clock.moveTo("2027-03-31T12:00:00Z");
  const free_plan = await clock.insert("subscription_plans", { name: "Free", price_cents: 0, billing_cycle: "yearly" });
  const expected = {
    [await member("2026-04-01", "2027-04-01", { base_subscription_cents: 0, payment_method: "complimentary" })]: 6000,
    [await member("2026-04-01", "2027-04-01", { base_subscription_cents: 2500 })]: 6000,
    [await member("2026-04-01", "2027-04-01", { base_subscription_cents: 0, plan_id: free_plan })]: 0,
    [await member("2026-04-01", "2027-04-01", atStripe({ status: "past_due", base_subscription_cents: 2500 }))]: 3000,
  };
  await clock.moveTo("2027-04-04T17:00:00Z");
  await clock.remind("past_due");
  const mails = await clock.sql<{ user_id: string; cents: number }>(
    "select user_id, (data ->> 'amount_cents')::integer as cents from emails where template = 'past_due_reminder'",
  );
  expect(Object.fromEntries(mails.map(({ user_id, cents }) => [user_id, cents]))).toEqual(expected);
});

test("members hear of a card that expires this month or the next, once per month of expiry", async () => {
  await clock.moveTo("2027-03-31T12:00:00Z");
  const card = { card_brand: "visa", card_last4: "4242", card_exp_month: 5, card_exp_year: 2027 };
  const someone = await member("2027-01-01", "2028-01-01", atStripe(card));
  const leaving = await member("2027-01-01", "2028-01-01", atStripe({ ...card, cancel_at_period_end: true }));
  expect(await daysOf("card_expiring", someone, "2027-03-31", 3)).toEqual(["2027-04-01"]);
  await clock.sql("update subscriptions set card_exp_month = 6");
  expect(await daysOf("card_expiring", someone, "2027-04-30", 3)).toEqual(["2027-05-01"]);
  expect(await daysOf("card_expiring", leaving, "2027-05-04", 1)).toEqual([]);
});

test("whoever was approved is reminded to pay 3, 7, 14 and 30 days later, and never of what is long past", async () => {
  await clock.moveTo("2027-03-01T12:00:00Z");
  const someone = await clock.person("pending_validation");
  const long_ago = await clock.person("payment_pending", { status_since: "2026-03-01T12:00:00Z" });
  await clock.moveTo("2027-03-02T04:59:00Z"); // still the first of March in New York
  await clock.sql("update users set status = 'payment_pending' where id = $1", [someone]);
  expect(await daysOf("payment_pending", someone, "2027-03-02", 40)).toEqual([
    "2027-03-04",
    "2027-03-08",
    "2027-03-15",
    "2027-03-31",
  ]);
  expect((await clock.decided("payment_pending")).filter(({ user_id }) => user_id === long_ago)).toEqual([]);
});

test("a reminder that could not go out in time gives way to the next of its series", async () => {
  await clock.moveTo("2027-01-01T12:00:00Z");
  const grace_ends_at = beginningOf("2027-04-15");
  const late = await member("2026-04-01", "2027-04-01", { status: "past_due", grace_ends_at });
  await clock.moveTo("2027-04-01T17:00:00Z");
  await clock.remind("past_due");
  await clock.moveTo("2027-04-04T17:00:00Z");
  await clock.remind("past_due");
  await clock.withholdMoot();
  expect(await clock.sql("select user_id, status from emails order by queue_number")).toEqual([
    { user_id: late, status: "withheld" },
    { user_id: late, status: "pending" },
  ]);
});

test("whoever was a member before is reminded as somebody who comes back, not as somebody who was approved", async () => {
  await clock.moveTo("2027-03-01T12:00:00Z");
  const [approved, undecided] = [await clock.person("payment_pending"), await clock.person("payment_pending")];
  const back = await member("2026-01-01", "2027-01-01", { status: "expired" }, { status: "payment_pending" });
  // Checkouts that nobody paid.
  for (const user_id of [undecided, back])
    await clock.insert("subscriptions", {
      user_id,
      plan_id: await clock.plan(),
      billing_cycle: "yearly",
      base_subscription_cents: 6000,
      checkout_expires_at: "2027-03-02T12:00:00Z",
    });
  await clock.moveTo("2027-03-04T17:00:00Z");
  await clock.remind("payment_pending");
  const mails = await clock.sql("select user_id, data -> 'was_member' as was_member from emails");
  expect(Object.fromEntries(mails.map(({ user_id, was_member }) => [user_id, was_member]))).toEqual({
    [approved]: false,
    [undecided]: false,
    [back]: true,
  });
});

/** A checkout that somebody completed, and that their bank has not answered yet. Returns a way to let it refuse. */
async function paysFromBank(user_id: string): Promise<() => Promise<unknown>> {
  const session = `cs_test_${crypto.randomUUID()}`;
  await clock.insert("subscriptions", {
    user_id,
    plan_id: await clock.plan(),
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    stripe_checkout_session_id: session,
    checkout_expires_at: "2027-03-03T12:00:00Z",
  });
  const heard = async (type: string) =>
    clock.sql(
      `insert into stripe_events (id, type, object_id, status, reason, stripe_created_at)
       values ('evt_' || gen_random_uuid(), $1, $2, 'ignored', 'the checkout is complete and unpaid', now())`,
      [type, session],
    );
  await heard("checkout.session.completed");
  return () => heard("checkout.session.async_payment_failed");
}

test("nobody is asked to pay again while their bank is processing the payment, until it refuses or stays silent", async () => {
  await clock.moveTo("2027-03-01T12:00:00Z");
  const [refused, silent, unpaid] = await Promise.all([1, 2, 3].map(() => clock.person("payment_pending")));
  const renewing = await member("2026-04-01", "2027-04-01");
  const late = await member("2026-03-10", "2027-03-10");
  await clock.moveTo("2027-03-02T12:00:00Z");
  const [refuses] = await Promise.all([refused, silent, renewing, late].map((id) => paysFromBank(String(id))));
  const sent: string[][] = [];
  for (let day = 2; day <= 18; day += 1) {
    await clock.moveTo(new Date(Date.UTC(2027, 2, day, 17)));
    if (day === 6) await refuses?.();
    await clock.remind();
    const mails = await clock.sql<{ user_id: string; template: string }>(
      "select user_id, template from emails where template not like 'card%' order by queue_number offset $1",
      [sent.length],
    );
    sent.push(...mails.map(({ user_id, template }) => [`March ${day}`, template, user_id]));
  }
  const of = (user_id: unknown) => sent.filter(([, , id]) => id === user_id).map(([day, template]) => [day, template]);
  const ask = (...days: number[]) => days.map((day) => [`March ${day}`, "payment_reminder"]);
  expect(of(unpaid)).toEqual(ask(4, 8, 15));
  expect(of(refused)).toEqual(ask(6, 8, 15));
  expect(of(silent)).toEqual(ask(16));
  expect(of(renewing)[0]).toEqual(["March 16", "term_ending"]);
  expect(of(late)[0]).toEqual(["March 16", "past_due_reminder"]);
});
