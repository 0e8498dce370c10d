import fc from "fast-check";
import { expect, test } from "vitest";
import type { DonationStats } from "../../src/donations/admin/figures-schemas.ts";
import type { SubscriptionStats } from "../../src/subscriptions/admin/figures-schemas.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { dayAfter } from "../harness/days.ts";
import { forget, paid, record, recordFees } from "../harness/movements.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const FIRST_DAY = "2026-01-30T23:30:00.000Z";
const DAYS = 60;

type Line = Record<string, string>;

/** The figures of some lines, as a treasurer adds them up: the fees by themselves. */
function sumsOf(all: readonly Line[]) {
  const lines = all.filter(({ movement }) => movement !== "fee");
  const sum = (...movements: string[]) =>
    lines
      .filter(({ movement = "" }) => movements.length === 0 || movements.includes(movement))
      .reduce((cents, { amount_cents }) => cents + Number(amount_cents), 0);
  // A sum of nothing below zero is no -0.
  const gone = (movement: string) => 0 - sum(movement, `${movement}_returned`);
  return {
    received_cents: sum("payment"),
    refunded_cents: gone("refund"),
    disputed_cents: gone("dispute"),
    net_cents: sum(),
  };
}

/** What Stripe kept, by the lines. */
const feesOf = (lines: readonly Line[]) =>
  lines
    .filter(({ movement }) => movement === "fee")
    .reduce((cents, { amount_cents }) => cents - Number(amount_cents), 0);

test("the lines of the ledger add up to the figures of the same days, whatever moved, in every time zone", async () => {
  const { call, sql, insert, person, plan, volunteer } = await ownPlatform();
  const [treasurer, donors_desk, dues_desk, member] = [
    await volunteer(),
    await volunteer("donations.export"),
    await volunteer("subscriptions.export"),
    await person("active"),
  ];
  const subscription_id = await insert("subscriptions", {
    user_id: member.id,
    plan_id: await plan(),
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
  });
  const read = async (query: string, { token } = treasurer) => {
    const { status, text } = await call("GET", `/api/admin/ledger/export?amounts=cents&${query}`, { token });
    expect(status).toBe(200);
    return rowsOfCsv(text);
  };
  const day = fc.nat(DAYS);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(paid("donation", DAYS), fc.constantFrom("member", "public")), { maxLength: 12 }),
      fc.array(paid("dues", DAYS), { maxLength: 12 }),
      day,
      day,
      fc.constantFrom("America/New_York", "Europe/Berlin", "Pacific/Auckland", "UTC"),
      async (gifts, dues, one, other, time_zone) => {
        await sql("update organisation_settings set time_zone = $1", [time_zone]);
        await sql(
          `insert into donations (id, donation_type, amount_cents, status, completed_at)
           select id, type, cents, 'completed', now()
           from jsonb_to_recordset($1) as g (id uuid, type donationtype, cents integer)`,
          [JSON.stringify(gifts.map(([{ id, donation }, type]) => ({ id, type, cents: donation })))],
        );
        const given = gifts.map(([gift]) => gift);
        await record(given, FIRST_DAY, null, sql);
        await record(dues, FIRST_DAY, subscription_id, sql);
        await recordFees([...given, ...dues], FIRST_DAY, sql);
        await sql(
          "update payments set payment_method = (array['stripe', 'cash', 'cheque']::paymentmethod[])[1 + receipt_number % 3]",
        );
        const [from, to] = [Math.min(one, other), Math.max(one, other)].map((days) => dayAfter(FIRST_DAY, days));
        const range = `from=${from}&to=${to}`;
        const figures = async <Figures>(of: string) =>
          (await call<Figures>("GET", `/api/admin/${of}/stats?${range}`, treasurer)).body;
        const [of_donations, of_dues, lines] = [
          await figures<DonationStats>("donations"),
          await figures<SubscriptionStats>("subscriptions"),
          await read(range),
        ];
        const by_method = [];
        for (const method of ["stripe", "cash", "cheque", "complimentary"])
          by_method.push(...(await read(`${range}&payment_method=${method}`)));
        const of_kind = { dues: await read(`${range}&kind=dues`), donation: await read(`${range}&kind=donation`) };
        const seen_by = { dues: await read(range, dues_desk), donation: await read(range, donors_desk) };
        await forget([...given, ...dues], sql);

        expect(sumsOf(of_kind.dues)).toEqual(of_dues.dues);
        expect(feesOf(of_kind.dues)).toBe(of_dues.fees_cents);
        expect(feesOf(of_kind.donation)).toBe(of_donations.fees_cents);
        const on_top = of_kind.donation.filter(({ subscription_id }) => subscription_id);
        expect(sumsOf(on_top)).toEqual(of_dues.donations);
        const { payments: _, ...top_ups } = of_donations.top_ups;
        expect(sumsOf(on_top)).toEqual(top_ups);
        for (const type of ["member", "public"] as const) {
          const { donations: _, ...sums } = of_donations.by_type[type];
          expect(sumsOf(of_kind.donation.filter(({ donation_type }) => donation_type === type))).toEqual(sums);
        }
        const net = of_donations.net_cents + of_dues.dues.net_cents + of_dues.donations.net_cents;
        expect(sumsOf(lines).net_cents).toBe(net);

        const all = (list: readonly Line[]) => list.map((line) => JSON.stringify(line)).sort();
        expect(all([...of_kind.dues, ...of_kind.donation])).toEqual(all(lines));
        expect(all(by_method)).toEqual(all(lines));
        expect(seen_by).toEqual(of_kind);
      },
    ),
    { numRuns: 12 },
  );
});
