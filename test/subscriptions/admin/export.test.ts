import { describe, expect, test } from "vitest";
import { get, tripsOf } from "../../harness/client.ts";
import { rowsOfCsv } from "../../harness/csv.ts";
import { dues, reversal } from "../../harness/giving.ts";
import { person, volunteer } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql } from "../../harness/platform.ts";

const PATH = "/api/admin/subscriptions/export";

const treasurer = () => volunteer("subscriptions.export", "subscriptions.view");

/** Subscriptions to one plan that ended long ago, each of somebody else; returns the plan. */
async function manySubscriptions(count: number): Promise<string> {
  const plan_id = await plan();
  await sql(
    `with people as (
       insert into users (email, first_name, last_name, status, email_verified)
       select gen_random_uuid() || '@example.org', 'Robin', 'Example ' || n, 'inactive', true from generate_series(1, $2::integer) n
       returning id
     )
     insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents)
     select id, $1, 'expired', 'yearly', 6000 from people`,
    [plan_id, count],
  );
  return plan_id;
}

describe.concurrent("an export of subscriptions", () => {
  test("has each that matches once, over as many pages as it takes", async () => {
    const [someone, plan_id] = [await treasurer(), await manySubscriptions(2001)];
    const answer = await get(`${PATH}?plan_id=${plan_id}`, someone);
    const expected = await sql<{ id: string }>(
      "select id from subscriptions where plan_id = $1 order by created_at desc, id desc",
      [plan_id],
    );
    expect(rowsOfCsv(answer.text).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect((await tripsOf(answer)).before).toBe(2);
    expect(
      await sql("select actor_id, action, changes from audit_log where request_id = $1 and changes <> '{}'", [
        answer.request_id,
      ]),
    ).toEqual([{ actor_id: someone.id, action: "subscriptions.exported", changes: { plan_id: [null, plan_id] } }]);
  });

  test("says whose it is, and what was paid for it and what of that left again", async () => {
    const [someone, member] = [await treasurer(), await person("active", { last_name: "=Example" })];
    const payment_id = await dues(member, { base_subscription_cents: 6000, donation_cents: 500 });
    await reversal(payment_id, { amount_cents: 700 });
    await reversal(payment_id, { amount_cents: 100, kind: "dispute" });
    await reversal(payment_id, { amount_cents: 300, kind: "dispute", returned_at: new Date().toISOString() });
    await sql("update subscriptions set notes = '+ \"paid\"' where user_id = $1", [member.id]);
    await sql(
      `insert into payments (user_id, subscription_id, base_subscription_cents, donation_cents, paid_at)
       select user_id, id, 6000, 1, now() from subscriptions where user_id = $1`,
      [member.id],
    );
    const { text } = await get(`${PATH}?user_id=${member.id}`, someone);
    expect(rowsOfCsv(text)).toEqual([
      expect.objectContaining({
        user_id: member.id,
        first_name: member.first_name,
        last_name: "'=Example",
        email: member.email,
        status: "expired",
        billing_cycle: "yearly",
        payment_method: "stripe",
        currency: "usd",
        base_subscription: "60.00",
        donation: "5.00",
        received: "125.01",
        refunded: "7.00",
        disputed: "1.00",
        net: "117.01",
        net_dues: "117.00",
        net_donations: "0.01",
        cancel_at_period_end: "false",
        notes: '\'+ "paid"',
      }),
    ]);
  });

  test("says when, how and how much was paid last, by whom it was recorded, and the days of the term", async () => {
    const [someone, member] = [await treasurer(), await person()];
    const clerk = await person("active", { first_name: "Kim", last_name: "Desk" });
    await dues(member, { paid_at: "2026-01-01T12:00:00.000Z" });
    await sql(
      `with last as (
         insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, donation_cents, paid_at, recorded_by)
         select user_id, id, 'cheque', 6000, 150, '2026-03-02T04:59:59Z', $2 from subscriptions where user_id = $1
       )
       update subscriptions set created_at = '2025-12-31T12:00:00Z', grace_ends_at = '2027-03-15T17:00:00Z', current_term_start = '2026-03-02T05:00:00Z',
         current_term_end = '2027-03-02T05:00:00Z' where user_id = $1`,
      [member.id, clerk.id],
    );
    const never = await manySubscriptions(1);
    const row = async (query: string) => rowsOfCsv((await get(`${PATH}?${query}`, someone)).text)[0];
    expect(await row(`user_id=${member.id}`)).toMatchObject({
      created_at: "2025-12-31",
      last_paid_at: "2026-03-01",
      last_payment: "61.50",
      last_payment_method: "cheque",
      last_payment_recorded_by: "Kim Desk",
      current_term_start: "2026-03-02",
      // The term ends at midnight: the day before is the last one.
      current_term_end: "2027-03-01",
      grace_ends_at: "2027-03-15",
    });
    expect(await row(`plan_id=${never}`)).toMatchObject({ last_paid_at: "", last_payment: "", current_term_end: "" });
    expect(await row(`user_id=${member.id}&headers=human`)).toMatchObject({
      "Last payment": "61.50",
      "Last day of the term": "2027-03-01",
    });
    expect(await row(`user_id=${member.id}&amounts=cents`)).toMatchObject({ last_payment_cents: "6150" });
  });

  test("gives the reason of a cancellation, and not of one that was refused", async () => {
    const [someone, plan_id] = [await treasurer(), await manySubscriptions(2)];
    await sql(
      `update subscriptions set cancel_reason = 'Moves away.',
         cancelled_at = case when id = (select id from subscriptions where plan_id = $1 limit 1) then now() end
       where plan_id = $1`,
      [plan_id],
    );
    const rows = rowsOfCsv((await get(`${PATH}?plan_id=${plan_id}`, someone)).text);
    expect(rows.map(({ cancelled_at, cancel_reason }) => [cancelled_at !== "", cancel_reason]).sort()).toEqual([
      [false, ""],
      [true, "Moves away."],
    ]);
  });

  test("takes the filters of the list, and finds the same", async () => {
    const [someone, plan_id] = [await treasurer(), await manySubscriptions(3)];
    await sql(
      `update subscriptions set status = 'cancelled', billing_cycle = 'monthly', payment_method = 'cash',
         current_term_start = '2026-01-01', current_term_end = '2026-06-01'
       where id = (select id from subscriptions where plan_id = $1 limit 1)`,
      [plan_id],
    );
    for (const filter of [
      "",
      "status=cancelled",
      "billing_cycle=monthly",
      "payment_method=cash",
      "term_end_from=2026-06-01T00:00:00Z",
      "term_end_to=2026-06-01T00:00:00Z",
      "search=example%202",
    ]) {
      const listed = await get<{ items: { id: string }[] }>(
        `/api/admin/subscriptions?plan_id=${plan_id}&${filter}`,
        someone,
      );
      const { text } = await get(`${PATH}?plan_id=${plan_id}&${filter}`, someone);
      expect(
        rowsOfCsv(text).map(({ id }) => id),
        filter,
      ).toEqual(listed.body.items.map(({ id }) => id));
    }
    for (const wrong of ["status=lost", "term_end_from=2026-02-01T00:00:00Z&term_end_to=2026-01-01T00:00:00Z"])
      expect((await get(`${PATH}?${wrong}`, someone)).status, wrong).toBe(400);
  });
});
