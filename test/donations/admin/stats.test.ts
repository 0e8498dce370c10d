import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DonationStats } from "../../../src/donations/admin/figures-schemas.ts";
import { get } from "../../harness/client.ts";
import { dayAfter, dayIn } from "../../harness/days.ts";
import { dues } from "../../harness/giving.ts";
import { forget, type Movement, movementsOf, type Paid, paid, record, sumsOf } from "../../harness/movements.ts";
import { person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

const stats = async (query: string) => {
  const { token } = await volunteer("donations.stats");
  return get<DonationStats>(`/api/admin/donations/stats${query}`, { token });
};

/** No other test has money in these years. */
const FIRST_DAY = "2100-11-20";
/** The last millisecond of that day. */
const FIRST = `${FIRST_DAY}T23:59:59.999`;
const DAYS = 420;

/** Who may have given: a member, somebody with an address in two spellings, or nobody knows who. */
const GIVERS = ["member", "Alex@example.org", "alex@example.org", "kim@example.org", "unknown"] as const;
interface Gift extends Paid {
  by: (typeof GIVERS)[number];
}

async function give(gifts: readonly Gift[], member_id: string): Promise<void> {
  const rows = gifts.map(({ id, by, donation }) => ({
    id,
    user_id: by === "member" ? member_id : null,
    donation_type: by === "member" ? "member" : "public",
    donor_email: by.includes("@") ? by : null,
    donation,
  }));
  await sql(
    `insert into donations (id, user_id, donation_type, donor_email, amount_cents, status, completed_at)
     select id, user_id, donation_type, donor_email, donation, 'completed', now()
     from jsonb_to_recordset($1) as g (id uuid, user_id uuid, donation_type donationtype, donor_email text, donation integer)`,
    [JSON.stringify(rows)],
  );
  await record(gifts, FIRST, null);
}

describe("the figures of donations", () => {
  test("are the sums of what moved within the days, whatever moved when", async () => {
    const member = await person();
    const payment_id = await dues(member, { paid_at: "2020-01-01T00:00:00.000Z" });
    const [{ subscription_id }] = (await sql("select subscription_id from payments where id = $1", [payment_id])) as [
      { subscription_id: string },
    ];
    const gift = fc
      .tuple(paid("donation", DAYS), fc.constantFrom(...GIVERS))
      .map(([each, by]): Gift => ({ ...each, by }));
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(gift, { maxLength: 30 }),
        fc.array(paid("dues", DAYS), { maxLength: 15 }),
        fc.nat(DAYS),
        fc.nat(DAYS),
        async (gifts, top_ups, one, other) => {
          const days = {
            from: dayAfter(FIRST_DAY, Math.min(one, other)),
            to: dayAfter(FIRST_DAY, Math.max(one, other)),
          };
          await give(gifts, member.id);
          await record(top_ups, FIRST, subscription_id);
          const { status, body } = await stats(`?from=${days.from}&to=${days.to}`);
          await forget([...gifts, ...top_ups]);

          const within = (rows: readonly Paid[]) =>
            rows
              .flatMap(movementsOf)
              .filter(({ day }) => dayAfter(FIRST_DAY, day) >= days.from && dayAfter(FIRST_DAY, day) <= days.to);
          const count = (moves: Movement[]) =>
            moves.filter(({ kind, donation }) => kind === "payment" && donation > 0).length;
          const sums = (rows: readonly Paid[], month = "") => {
            const moves = within(rows).filter(({ day }) => dayAfter(FIRST_DAY, day).startsWith(month));
            return { ...sumsOf(moves, "donation"), donations: count(moves) };
          };
          const months = new Set<string>();
          for (let day = Math.min(one, other); day <= Math.max(one, other); day += 1)
            months.add(dayAfter(FIRST_DAY, day).slice(0, 7));
          const { donations: payments, ...topped } = sums(top_ups);
          most = Math.max(most, body.by_month.length);
          expect(status).toBe(200);
          expect(body).toEqual({
            ...days,
            currency: "usd",
            fees_cents: 0,
            ...sums(gifts),
            donors: new Set(
              gifts
                .filter(({ day }) => dayAfter(FIRST_DAY, day) >= days.from && dayAfter(FIRST_DAY, day) <= days.to)
                .map(({ by, id }) => (by === "unknown" ? id : by.toLowerCase())),
            ).size,
            by_type: {
              member: sums(gifts.filter(({ by }) => by === "member")),
              public: sums(gifts.filter(({ by }) => by !== "member")),
            },
            by_month: [...months].map((month) => {
              const { donations: _, ...top } = sums(top_ups, month);
              return { month, ...sums(gifts, month), top_ups: top };
            }),
            top_ups: { ...topped, payments },
          });
        },
      ),
      { numRuns: 25 },
    );
    expect(most).toBeGreaterThan(6);
  });

  test("count a day from midnight to midnight in New York", async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    await sql(
      "insert into donations (id, donation_type, amount_cents, status, completed_at) select unnest($1::uuid[]), 'public', 1, 'completed', now()",
      [ids],
    );
    for (const [index, instant] of [
      "2103-03-01T04:59:59.999Z",
      "2103-03-01T05:00:00.000Z",
      "2103-03-02T04:59:59.999Z",
    ].entries())
      await sql("insert into payments (donation_id, donation_cents, paid_at) values ($1, $2, $3)", [
        ids[index],
        10 ** index,
        instant,
      ]);
    expect((await stats("?from=2103-03-01&to=2103-03-01")).body.received_cents).toBe(110);
    expect((await stats("?from=2103-02-01&to=2103-02-28")).body.received_cents).toBe(1);
    expect((await stats("?from=2103-03-02&to=2103-03-02")).body.received_cents).toBe(0);
  });

  test("are of the last twelve months when nothing else is said, every month of them", async () => {
    const { body } = await stats("");
    const today = dayIn(new Date());
    const [year = 0, month = 0] = today.split("-").map(Number);
    const from = new Date(Date.UTC(year, month - 12)).toISOString().slice(0, 10);
    expect([body.from, body.to]).toEqual([from, today]);
    expect(body.by_month).toHaveLength(12);
    expect((await stats("?to=2030-01-15")).body.from).toBe("2029-02-01");
  });

  test("are refused for days that there are not, and the wrong way round", async () => {
    for (const wrong of [
      "from=2026-02-30",
      "to=yesterday",
      "from=2026-03-02&to=2026-03-01",
      "from=1066-10-14",
      "to=9999-12-31",
    ])
      expect((await stats(`?${wrong}`)).status, wrong).toBe(400);
  });
});
