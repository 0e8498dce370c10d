import { describe, expect, test } from "vitest";
import { get, outcome, tripsOf } from "../harness/client.ts";
import { parseCsv, rowsOfCsv } from "../harness/csv.ts";
import { donation, dues, reversal } from "../harness/giving.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const PATH = "/api/admin/ledger/export";

const treasurer = () => volunteer("donations.export", "subscriptions.export");

/** A month that no other test has money in. */
let months = 0;
function ownMonth() {
  months += 1;
  const year = 2170 + months;
  return {
    days: `from=${year}-03-01&to=${year}-03-31`,
    on: (day: string, time = "17:00:00") => `${year}-03-${day}T${time}.000Z`,
    year,
  };
}

describe.concurrent("an export of the ledger", () => {
  test("has a line for what was paid as dues and one for the donation on top, and what left again is negative", async () => {
    const [someone, { days, on, year }] = [await treasurer(), ownMonth()];
    const member = await person("active", { last_name: "=Example" });
    const payment_id = await dues(member, { base_subscription_cents: 6000, donation_cents: 500, paid_at: on("02") });
    await sql("update payments set stripe_payment_intent_id = $1, stripe_invoice_id = $2 where id = $3", [
      `pi_${payment_id}`,
      `in_${payment_id}`,
      payment_id,
    ]);
    await reversal(payment_id, { amount_cents: 700, occurred_at: on("03"), returned_at: on("05", "03:59:59") });
    const refund_id = await reversal(payment_id, { amount_cents: 100, kind: "dispute", occurred_at: on("06") });
    await sql("update reversals set stripe_id = $1, requested_by = $2 where id = $3", [
      `dp_${refund_id}`,
      someone.id,
      refund_id,
    ]);
    const [{ receipt_number, subscription_id } = {}] = await sql(
      "select receipt_number::text, subscription_id from payments where id = $1",
      [payment_id],
    );

    const { text } = await get(`${PATH}?${days}`, someone);
    const rows = rowsOfCsv(text);
    expect(rows.map(({ day, movement, kind, amount }) => [day, movement, kind, amount])).toEqual([
      [`${year}-03-06`, "dispute", "donation", "-1.00"],
      // It was still the day before where the organization is.
      [`${year}-03-04`, "refund_returned", "dues", "2.00"],
      [`${year}-03-04`, "refund_returned", "donation", "5.00"],
      [`${year}-03-03`, "refund", "dues", "-2.00"],
      [`${year}-03-03`, "refund", "donation", "-5.00"],
      [`${year}-03-02`, "payment", "dues", "60.00"],
      [`${year}-03-02`, "payment", "donation", "5.00"],
    ]);
    expect(rows[0]).toMatchObject({
      occurred_at: `${year}-03-06 12:00:00`,
      payment_method: "stripe",
      currency: "usd",
      name: "Robin =Example",
      email: member.email,
      user_id: member.id,
      anonymous: "false",
      recorded_by: "Robin Example",
      payment_id,
      receipt_number,
      subscription_id,
      donation_id: "",
      stripe_payment_intent_id: `pi_${payment_id}`,
      stripe_invoice_id: `in_${payment_id}`,
      reversal_id: refund_id,
      stripe_reversal_id: `dp_${refund_id}`,
    });
  });

  test("has a line for each fee that Stripe kept or gave back, of the kind that the payment was for", async () => {
    const [someone, { days, on, year }, member] = [await treasurer(), ownMonth(), await person()];
    const of_dues = await dues(member, { base_subscription_cents: 6000, donation_cents: 500, paid_at: on("02") });
    const { payment_id: of_donation = "" } = await donation(member, { paid_at: on("02") });
    const dispute_id = await reversal(of_dues, { kind: "dispute", amount_cents: 6500, occurred_at: on("03") });
    await sql("update reversals set requested_by = $2 where id = $1", [dispute_id, someone.id]);
    const fee = async (payment_id: string, fee_cents: number, at: string, reversal_id: string | null = null) =>
      (
        await insert("stripe_fees", {
          id: `txn_${crypto.randomUUID()}`,
          payment_id,
          reversal_id,
          fee_cents,
          occurred_at: at,
        })
      ).id;
    const ids = [
      await fee(of_dues, 219, on("04", "03:00:00")),
      await fee(of_donation, 103, on("05")),
      // One dispute may cost more than once, in the same second.
      await fee(of_dues, 1500, on("06"), dispute_id),
      await fee(of_dues, 1500, on("06"), dispute_id),
      await fee(of_dues, -1500, on("07"), dispute_id),
    ];

    const { text } = await get(`${PATH}?${days}`, someone);
    const fees = rowsOfCsv(text).filter(({ movement }) => movement === "fee");
    expect(fees.map(({ day, kind, amount }) => [day, kind, amount])).toEqual([
      [`${year}-03-07`, "dues", "15.00"],
      [`${year}-03-06`, "dues", "-15.00"],
      [`${year}-03-06`, "dues", "-15.00"],
      [`${year}-03-05`, "donation", "-1.03"],
      [`${year}-03-03`, "dues", "-2.19"],
    ]);
    expect(fees.map(({ stripe_fee_id }) => stripe_fee_id).sort()).toEqual(ids.sort());
    expect(fees.at(-1)).toMatchObject({ payment_id: of_dues, reversal_id: "", email: member.email });
    expect(fees[0]).toMatchObject({ payment_id: of_dues, reversal_id: dispute_id, recorded_by: "" });

    const seenBy = async (permission: "donations.export" | "subscriptions.export") =>
      rowsOfCsv((await get(`${PATH}?${days}`, await volunteer(permission))).text)
        .filter(({ movement }) => movement === "fee")
        .map(({ kind }) => kind);
    expect(await seenBy("donations.export")).toEqual(["donation"]);
    expect(await seenBy("subscriptions.export")).toEqual(["dues", "dues", "dues", "dues"]);
  });

  test("has a line for a term that was free, because it has a receipt number", async () => {
    const [someone, { days, on }, member] = [await treasurer(), ownMonth(), await person()];
    await dues(member, { base_subscription_cents: 0, paid_at: on("02"), payment_method: "complimentary" });
    const rows = rowsOfCsv((await get(`${PATH}?${days}`, someone)).text);
    expect(rows).toMatchObject([{ kind: "dues", amount: "0.00", payment_method: "complimentary" }]);
  });

  test("has every line once, newest first, over as many pages as it takes, each one round trip", async () => {
    const [someone, { days, on }, member] = [await treasurer(), ownMonth(), await person()];
    const first = await dues(member, { donation_cents: 1, paid_at: on("02") });
    // Many are of the same instant.
    await sql(
      `insert into payments (user_id, subscription_id, base_subscription_cents, donation_cents, paid_at)
       select user_id, subscription_id, n, 1, paid_at + n % 3 * interval '1 day' from payments, generate_series(1, 2000) n where id = $1`,
      [first],
    );
    await sql(
      `insert into reversals (payment_id, kind, status, amount_cents, occurred_at, returned_at)
       select $1, 'refund', 'succeeded', 1, $2, $3 from generate_series(1, 500)`,
      [first, on("03"), on("04")],
    );
    await sql(
      `insert into stripe_fees (id, payment_id, fee_cents, occurred_at)
       select 'txn_' || gen_random_uuid(), $1, 1, $2 from generate_series(1, 2000)`,
      [first, on("03")],
    );
    const answer = await get(`${PATH}?${days}`, someone);
    const rows = rowsOfCsv(answer.text);
    expect(rows).toHaveLength(7002);
    const keyOf = (row: Record<string, string>) =>
      [row.payment_id, row.reversal_id, row.movement, row.kind, row.stripe_fee_id].join(" ");
    expect(new Set(rows.map(keyOf)).size).toBe(7002);
    expect(rows.map(({ day }) => day)).toEqual(
      rows
        .map(({ day }) => day)
        .sort()
        .reverse(),
    );
    expect((await tripsOf(answer)).before).toBe(4);
    const audited = await sql(
      "select actor_id, action, changes from audit_log where request_id = $1 and changes <> '{}'",
      [answer.request_id],
    );
    const [from, to] = [on("01").slice(0, 10), on("31").slice(0, 10)];
    expect(audited).toEqual([
      { actor_id: someone.id, action: "ledger.exported", changes: { from: [null, from], to: [null, to] } },
    ]);
  });

  test("names its columns for people, and the zone of the time", async () => {
    const [someone, { days }] = [await treasurer(), ownMonth()];
    const [names = []] = parseCsv((await get(`${PATH}?${days}&headers=human`, someone)).text);
    expect(names.slice(0, 7)).toEqual([
      "Day",
      "Time (America/New_York)",
      "Movement",
      "Kind",
      "Payment method",
      "Currency",
      "Amount",
    ]);
  });

  test("is refused for what is no filter of it", async () => {
    const someone = await treasurer();
    for (const wrong of ["kind=refund", "payment_method=gold", "from=2026-03-02&to=2026-03-01", "from=yesterday"])
      expect(outcome(await get(`${PATH}?${wrong}`, someone)), wrong).toEqual([400, "invalid_input"]);
  });
});

describe.concurrent("of the ledger, people get", () => {
  test("dues, donations or both, as they may export these", async () => {
    const [{ days, on }, member] = [ownMonth(), await person()];
    await dues(member, { donation_cents: 500, paid_at: on("02") });
    await donation(member, { paid_at: on("03") });
    const seenBy = async (...permissions: Parameters<typeof volunteer>) =>
      rowsOfCsv((await get(`${PATH}?${days}`, await volunteer(...permissions))).text).map(({ kind, amount }) => [
        kind,
        amount,
      ]);
    const [gift, dues_line, on_top] = [
      ["donation", "25.00"],
      ["dues", "60.00"],
      ["donation", "5.00"],
    ];
    expect(await seenBy("donations.export", "subscriptions.export")).toEqual([gift, dues_line, on_top]);
    expect(await seenBy("donations.export")).toEqual([gift, on_top]);
    expect(await seenBy("subscriptions.export")).toEqual([dues_line]);
    const someone = await volunteer("subscriptions.export");
    const { text } = await get(`${PATH}?${days}&kind=donation`, someone);
    expect(rowsOfCsv(text)).toEqual([]);
    expect(
      outcome(await get(PATH, await volunteer("donations.view", "donations.stats", "subscriptions.stats"))),
    ).toEqual([403, "permission_missing"]);
  });

  test("an anonymous donor's name only if they see donors anyway, also where the money went back", async () => {
    const [{ days, on }, member] = [ownMonth(), await person("active", { first_name: "Quiet", last_name: "Giver" })];
    const { id: donation_id } = await insert("donations", {
      user_id: member.id,
      donation_type: "member",
      amount_cents: 100,
      anonymous: true,
      status: "completed",
      completed_at: on("02"),
    });
    const { id: payment_id } = await insert("payments", {
      user_id: member.id,
      donation_id,
      donation_cents: 100,
      paid_at: on("02"),
    });
    await reversal(payment_id, { amount_cents: 40, occurred_at: on("03") });
    const seenBy = async (...permissions: Parameters<typeof volunteer>) =>
      (await get(`${PATH}?${days}`, await volunteer(...permissions))).text;
    const named = { name: "Quiet Giver", email: member.email, user_id: member.id, anonymous: "true" };
    expect(rowsOfCsv(await seenBy("donations.export", "donations.view"))).toMatchObject([named, named]);
    const text = await seenBy("donations.export", "subscriptions.export");
    const nobody = { name: "", email: "", user_id: "", anonymous: "true" };
    expect(rowsOfCsv(text)).toMatchObject([
      { movement: "refund", amount: "-0.40", ...nobody },
      { movement: "payment", amount: "1.00", ...nobody },
    ]);
    for (const trace of ["Quiet", "Robin", member.email, member.id]) expect(text).not.toContain(trace);
  });
});
