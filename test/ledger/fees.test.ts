import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { readFees } from "../../src/ledger/fees-from-stripe.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const HOURLY = "17 * * * *";

describe("a fee that Stripe names", () => {
  const of = { stripe_payment_intent_id: "pi_1", stripe_reversal_id: null };
  const booked = (amount: number, fee: number, currency = "usd") =>
    ({ id: "txn_1", amount, fee, currency, created: 1_800_000_000 }) as Stripe.BalanceTransaction;
  const centsOf = (amount: number, booking: Stripe.BalanceTransaction) =>
    readFees({ amount, currency: "usd" }, [booking], of).map(({ fee_cents }) => fee_cents);

  test("is kept or given back", () => {
    expect(readFees({ amount: 6500, currency: "usd" }, [booked(6500, 219)], of)).toEqual([
      { ...of, id: "txn_1", fee_cents: 219, occurred_at: "2027-01-15T08:00:00.000Z" },
    ]);
    expect(centsOf(6500, booked(6500, -1500))).toEqual([-1500]);
  });

  test("is converted at the rate of its booking, if the account has another currency", () => {
    expect(centsOf(6500, booked(13_000, 401, "cad"))).toEqual([201]);
    expect(centsOf(6500, booked(-13_000, 3000, "cad"))).toEqual([1500]);
  });

  test("is none if it is zero, has no rate, or is not booked yet", () => {
    expect(centsOf(6500, booked(-6500, 0))).toEqual([]);
    expect(centsOf(6500, booked(0, 1500, "cad"))).toEqual([]);
    expect(readFees({ amount: 6500, currency: "usd" }, ["txn_1", null, undefined], of)).toEqual([]);
  });
});

test("what Stripe keeps comes with the events of a payment; what it books later, reconciliation adds once", {
  timeout: 60_000,
}, async () => {
  const { payer, stripe, stripeApi, sql, call, volunteer, fire, lastRun } = await ownPlatform();
  const [plain, refunded, disputed] = [await payer(), await payer(), await payer()];
  const intentOf = async (member: typeof plain): Promise<string> => {
    const [row] = await sql<{ id: string }>("select stripe_payment_intent_id as id from payments where user_id = $1", [
      member.id,
    ]);
    return row?.id ?? "";
  };
  await stripe.deliver([...plain.event_ids, ...refunded.event_ids, ...disputed.event_ids]);
  const fees = () =>
    sql<{ id: string; user_id: string; of: string; fee_cents: number }>(
      `select f.*, p.user_id, coalesce(r.kind, 'payment') as of from stripe_fees f
         join payments p on p.id = f.payment_id left join reversals r on r.id = f.reversal_id order by f.id`,
    );
  const known = async () => (await fees()).map(({ user_id, of, fee_cents }) => ({ user_id, of, fee_cents }));
  const paid = (member: typeof plain) => ({ user_id: member.id, of: "payment", fee_cents: 219 });
  expect(await known()).toHaveLength(3);
  expect(await known()).toEqual(expect.arrayContaining([plain, refunded, disputed].map(paid)));

  // Stripe keeps the fee of what is refunded, and takes another one for a dispute, even if we win it.
  await stripeApi.refunds.create({ payment_intent: await intentOf(refunded) });
  const { dispute } = await stripe.dispute({ payment_intent: await intentOf(disputed) });
  await stripe.closeDispute(dispute, "won");
  await fire(HOURLY);
  expect(await known()).toHaveLength(4);
  expect(await known()).toContainEqual({ user_id: disputed.id, of: "dispute", fee_cents: 1500 });

  // As if Stripe had booked them after its events.
  const before = await fees();
  await sql("delete from stripe_fees");
  await fire(HOURLY);
  const later = await fees();
  const facts = (rows: typeof before) => rows.map(({ id, of, fee_cents }) => ({ id, of, fee_cents }));
  expect(facts(later)).toEqual(facts(before));
  await fire(HOURLY);
  expect(await fees()).toEqual(later);
  expect((await lastRun("reconcile"))?.report).toMatchObject({ repaired: 0, unexplained: 0 });

  const { body } = await call("GET", "/api/admin/subscriptions/stats", await volunteer());
  const bookings = await stripeApi.balanceTransactions.list({ limit: 100 });
  expect(body.fees_cents).toBe(bookings.data.reduce((cents, { fee }) => cents + fee, 0));
});
