import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayAfter, ZONE } from "../harness/days.ts";
import { donation, dues, reversal } from "../harness/giving.ts";
import { forget, movementsOf, paid, record } from "../harness/movements.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

/** No other test has money in these years. */
const FIRST_DAY = "2121-01-01";

interface Line {
  payment_id: string;
  day: string;
  kind: string;
  dues: number;
  donation: number;
}

const ledgerOf = (ids: string[]) =>
  sql<Line>(
    `select payment_id, to_char(occurred_at at time zone '${ZONE}', 'YYYY-MM-DD') as day, kind,
       base_subscription_cents as dues, donation_cents as donation
     from ledger where payment_id = any($1) order by occurred_at, reversal_id, kind desc`,
    [ids],
  );

async function someSubscription(): Promise<string> {
  const payment_id = await dues(await person());
  const [payment] = await sql<{ subscription_id: string }>("select subscription_id from payments where id = $1", [
    payment_id,
  ]);
  if (!payment) throw new Error("There is no payment");
  return payment.subscription_id;
}

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

describe("whatever moved, the ledger", () => {
  test("has what is left of each payment, the donation taken first, and neither part is ever below zero", async () => {
    const subscription_id = await someSubscription();
    await fc.assert(
      fc.asyncProperty(fc.array(paid("dues", 40), { minLength: 1, maxLength: 12 }), async (payments) => {
        await record(payments, FIRST_DAY, subscription_id);
        const lines = await ledgerOf(payments.map(({ id }) => id));
        await forget(payments);
        for (const payment of payments) {
          const own = lines.filter(({ payment_id }) => payment_id === payment.id);
          const gone = (until: string) =>
            sum(
              payment.reversals.map(({ amount, left, returned }) =>
                left !== null && dayAfter(FIRST_DAY, left) <= until
                  ? returned !== null && dayAfter(FIRST_DAY, returned) <= until
                    ? 0
                    : amount
                  : 0,
              ),
            );
          for (const { day } of own) {
            const by_then = own.filter((line) => line.day <= day);
            const left = {
              dues: sum(by_then.map((line) => line.dues)),
              donation: sum(by_then.map((line) => line.donation)),
            };
            expect(left).toEqual({
              dues: payment.dues - Math.max(0, gone(day) - payment.donation),
              donation: Math.max(0, payment.donation - gone(day)),
            });
            expect(Math.min(left.dues, left.donation)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("has a line for each movement, with its date and parts, also where many are of one instant", async () => {
    const subscription_id = await someSubscription();
    await fc.assert(
      fc.asyncProperty(fc.array(paid("dues", 3), { minLength: 1, maxLength: 12 }), async (payments) => {
        await record(payments, FIRST_DAY, subscription_id);
        const lines = await ledgerOf(payments.map(({ id }) => id));
        await forget(payments);
        const wanted = payments.flatMap((payment) =>
          movementsOf(payment).map(({ day, kind, dues, donation }) => ({
            payment_id: payment.id,
            day: dayAfter(FIRST_DAY, day),
            kind: kind !== "payment" && dues + donation > 0 ? `${kind}_returned` : kind,
            dues: dues + 0,
            donation: donation + 0,
          })),
        );
        const inOrder = (all: Line[]) => all.map((line) => JSON.stringify(line)).sort();
        expect(inOrder(lines)).toEqual(inOrder(wanted));
      }),
      { numRuns: 40 },
    );
  });

  test("says the same of a payment alone as among all others", async () => {
    const subscription_id = await someSubscription();
    const payments = fc.sample(paid("dues", 40), 20);
    await record(payments, FIRST_DAY, subscription_id);
    const lines = await ledgerOf(payments.map(({ id }) => id));
    for (const { id } of payments)
      expect(await ledgerOf([id])).toEqual(lines.filter(({ payment_id }) => payment_id === id));
    await forget(payments);
  });

  test("takes a donation that was refunded and is then disputed from what was given, and from no dues", async () => {
    const { payment_id } = await donation(await person(), { amount_cents: 5000, paid_at: FIRST_DAY });
    await reversal(payment_id, { amount_cents: 5000, occurred_at: dayAfter(FIRST_DAY, 1) });
    const dispute = { kind: "dispute", amount_cents: 5000, occurred_at: dayAfter(FIRST_DAY, 2) } as const;
    await reversal(payment_id, { ...dispute, returned_at: dayAfter(FIRST_DAY, 9) });
    expect(await ledgerOf([payment_id ?? ""])).toMatchObject([
      { kind: "payment", dues: 0, donation: 5000 },
      { kind: "refund", dues: 0, donation: -5000 },
      { kind: "dispute", dues: 0, donation: -5000 },
      { kind: "dispute_returned", dues: 0, donation: 5000 },
    ]);
  });
});
