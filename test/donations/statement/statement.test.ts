import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { GivingStatement, StatementLine } from "../../../src/donations/statement/schemas.ts";
import { get, outcome } from "../../harness/client.ts";
import { handedOver } from "../../harness/donations.ts";
import { donation, dues, presentYear, reversal } from "../../harness/giving.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { type Person, person } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

type Bearer = Pick<Person, "token">;

const pathOf = (year: number | string) => `/api/members/donations/statement/${year}`;
const ask = ({ token }: Bearer, year: number | string) => get<GivingStatement>(pathOf(year), { token });
const sums = ({
  amount_cents,
  refunded_cents,
  net_cents,
}: Pick<StatementLine, "amount_cents" | "refunded_cents" | "net_cents">) => [amount_cents, refunded_cents, net_cents];
const partsOf = ({ donations, subscription_top_ups, total, dues }: GivingStatement) =>
  [donations, subscription_top_ups, total, dues].map(sums);
const NOTHING = [0, 0, 0];

async function receiptNumberOf(payment_id: string | undefined): Promise<number | undefined> {
  const [payment] = await sql<{ receipt_number: number }>("select receipt_number from payments where id = $1", [
    payment_id,
  ]);
  return payment?.receipt_number;
}

describe.concurrent("a giving statement", () => {
  test("names the donor and the organisation, and lists donations, what was on top of dues, and dues, apart", async () => {
    const donor = await person("active", { first_name: "Łukasz", last_name: "Šimek" });
    const first = await donation(donor, { amount_cents: 2500, paid_at: "2025-03-01T12:00:00.000Z" });
    const second = await donation(donor, {
      amount_cents: 1000,
      paid_at: "2025-04-01T12:00:00.000Z",
      payment_method: "cash",
    });
    await reversal(second.payment_id, { amount_cents: 400, occurred_at: "2025-04-05T12:00:00.000Z" });
    const paid = await dues(donor, {
      base_subscription_cents: 6000,
      donation_cents: 1500,
      paid_at: "2025-05-01T12:00:00.000Z",
    });
    const [organisation] = await sql(
      `select name, primary_colour, accent_colour, null as logo_url, null as logo_dark_url, time_zone, postal_address, contact_email, tax_id, acknowledgement
       from organisation_settings`,
    );
    const numbers = await Promise.all([first.payment_id, second.payment_id, paid].map(receiptNumberOf));
    const before = Date.now();
    const { status, body } = await ask(donor, 2025);
    expect([status, body]).toEqual([
      200,
      {
        year: 2025,
        as_of: expect.any(String),
        currency: "usd",
        // A logo that another test uploaded may be there too.
        organisation: {
          ...organisation,
          logo_url: body.organisation.logo_url,
          logo_dark_url: body.organisation.logo_dark_url,
        },
        donor_name: "Łukasz Šimek",
        donor_email: null,
        donations: {
          amount_cents: 3500,
          refunded_cents: 400,
          net_cents: 3100,
          lines: [
            {
              kind: "donation",
              receipt_number: numbers[0],
              paid_at: "2025-03-01T12:00:00.000Z",
              payment_method: "stripe",
              amount_cents: 2500,
              refunded_cents: 0,
              net_cents: 2500,
            },
            {
              kind: "donation",
              receipt_number: numbers[1],
              paid_at: "2025-04-01T12:00:00.000Z",
              payment_method: "cash",
              amount_cents: 1000,
              refunded_cents: 400,
              net_cents: 600,
            },
          ],
        },
        subscription_top_ups: {
          amount_cents: 1500,
          refunded_cents: 0,
          net_cents: 1500,
          lines: [
            {
              kind: "subscription_top_up",
              receipt_number: numbers[2],
              paid_at: "2025-05-01T12:00:00.000Z",
              payment_method: "stripe",
              amount_cents: 1500,
              refunded_cents: 0,
              net_cents: 1500,
            },
          ],
        },
        total: { amount_cents: 5000, refunded_cents: 400, net_cents: 4600 },
        dues: {
          amount_cents: 6000,
          refunded_cents: 0,
          net_cents: 6000,
          lines: [
            {
              kind: "dues",
              receipt_number: numbers[2],
              paid_at: "2025-05-01T12:00:00.000Z",
              payment_method: "stripe",
              amount_cents: 6000,
              refunded_cents: 0,
              net_cents: 6000,
            },
          ],
        },
      },
    ]);
    expect(Date.parse(body.as_of)).toBeGreaterThanOrEqual(before - 1000);
    expect(Date.parse(body.as_of)).toBeLessThanOrEqual(Date.now() + 1000);
  });

  test("is of a year where the organization is, to the millisecond", async () => {
    const donor = await person();
    await donation(donor, { amount_cents: 1, paid_at: "2024-01-01T04:59:59.999Z" });
    await donation(donor, { amount_cents: 10, paid_at: "2024-01-01T05:00:00.000Z" });
    await donation(donor, { amount_cents: 100, paid_at: "2025-01-01T04:59:59.999Z" });
    await donation(donor, { amount_cents: 1000, paid_at: "2025-01-01T05:00:00.000Z" });
    const received = async (year: number) => (await ask(donor, year)).body.total.amount_cents;
    expect([await received(2023), await received(2024), await received(2025)]).toEqual([1, 110, 1000]);
  });

  test("counts a refund when the money went back: the statement of the year before stays as it was", async () => {
    const donor = await person();
    const gift = await donation(donor, { amount_cents: 1000, paid_at: "2024-12-30T12:00:00.000Z" });
    const paid = await dues(donor, { donation_cents: 500, paid_at: "2024-12-30T12:00:00.000Z" });
    const before = (await ask(donor, 2024)).body;
    await reversal(gift.payment_id, { amount_cents: 1000, occurred_at: "2025-01-02T12:00:00.000Z" });
    // Of dues and donation in one payment, the donation goes first.
    await reversal(paid, { amount_cents: 700, occurred_at: "2025-01-03T12:00:00.000Z" });
    expect({ ...(await ask(donor, 2024)).body, as_of: "" }).toEqual({ ...before, as_of: "" });
    const { body } = await ask(donor, 2025);
    expect(partsOf(body)).toEqual([
      [0, 1000, -1000],
      [0, 500, -500],
      [0, 1500, -1500],
      [0, 200, -200],
    ]);
    expect(body.donations.lines).toEqual([
      expect.objectContaining({ paid_at: "2024-12-30T12:00:00.000Z", amount_cents: 0, refunded_cents: 1000 }),
    ]);
  });

  test("gives back what came back: a dispute that was won, a refund that failed", async () => {
    const donor = await person();
    const gift = await donation(donor, { amount_cents: 1000, paid_at: "2024-06-01T12:00:00.000Z" });
    await reversal(gift.payment_id, {
      amount_cents: 1000,
      kind: "dispute",
      occurred_at: "2024-12-01T12:00:00.000Z",
      returned_at: "2025-02-01T12:00:00.000Z",
    });
    const other = await donation(donor, { amount_cents: 300, paid_at: "2025-06-01T12:00:00.000Z" });
    await reversal(other.payment_id, {
      amount_cents: 300,
      occurred_at: "2025-06-02T12:00:00.000Z",
      returned_at: "2025-06-09T12:00:00.000Z",
    });
    await reversal(other.payment_id, { amount_cents: 300, occurred_at: null });
    expect(sums((await ask(donor, 2024)).body.total)).toEqual([1000, 1000, 0]);
    expect(sums((await ask(donor, 2025)).body.total)).toEqual([300, -1000, 1300]);
  });

  test("is there for each year from the first payment to the present one, also of nothing", async () => {
    const donor = await person();
    const present = presentYear();
    await dues(donor, { base_subscription_cents: 6000, paid_at: `${present - 3}-12-31T23:59:59.999Z` });
    const { body } = await ask(donor, present - 3);
    expect(partsOf(body)).toEqual([NOTHING, NOTHING, NOTHING, [6000, 0, 6000]]);
    for (const year of [present - 2, present - 1, present]) {
      const { status, body } = await ask(donor, year);
      expect([year, status, partsOf(body), body.dues.lines]).toEqual([
        year,
        200,
        [NOTHING, NOTHING, NOTHING, NOTHING],
        [],
      ]);
    }
    for (const year of [present - 4, present + 1, 2000, 2099]) {
      const answer = await get(pathOf(year), { token: donor.token });
      expect([year, answer.status, answer.body.code]).toEqual([year, 404, "no_statement"]);
      expect(answer.body.detail).not.toContain("you paid nothing");
    }
  });

  test("is not there for whoever paid nothing, whatever others paid or they have only begun", async () => {
    const [someone, other] = [await person(), await person()];
    const present = presentYear();
    await donation(other);
    await donation(someone, { paid_at: null });
    const answer = await get(pathOf(present), { token: someone.token });
    expect(outcome(answer)).toEqual([404, "no_statement"]);
    expect((await ask(other, present)).status).toBe(200);
  });

  test.each(["0", "0000", "1999", "2100", "20255", "2025.0", "2o25", "-2025", "%32%30%32", "2025%00", "9999"])(
    "of %s, which is no year, there is none",
    async (year) => {
      const donor = await person();
      await donation(donor);
      const answer = await get(pathOf(year), { token: donor.token });
      expect(outcome(answer)).toEqual([404, "not_found"]);
    },
  );

  test("agrees with the ledger to the cent, whatever happened, and over all years nothing is lost or counted twice", async () => {
    const donor = await person();
    const between = (from: number, to: number) =>
      new Date(randomInt(Date.UTC(from, 0), Math.min(Date.UTC(to, 0), Date.now()))).toISOString();
    for (let count = 0; count < 40; count++) {
      const paid_at = between(2022, 2025);
      const amount_cents = randomInt(1, 100_000);
      const donation_cents = randomInt(0, 20_000);
      const is_donation = randomInt(2) === 0;
      const payment_id = is_donation
        ? (await donation(donor, { amount_cents, paid_at })).payment_id
        : await dues(donor, { base_subscription_cents: amount_cents, donation_cents, paid_at });
      const whole = is_donation ? amount_cents : amount_cents + donation_cents;
      const occurred_at = new Date(Date.parse(paid_at) + randomInt(1, 300) * 86_400_000).toISOString();
      const returned_at = new Date(Date.parse(occurred_at) + randomInt(1, 200) * 86_400_000).toISOString();
      if (randomInt(2) === 0)
        await reversal(payment_id, {
          amount_cents: randomInt(1, whole + 1),
          kind: randomInt(2) === 0 ? "refund" : "dispute",
          occurred_at,
          returned_at: randomInt(2) === 0 ? returned_at : null,
        });
    }
    let given = 0;
    let owed = 0;
    for (let year = 2022; year <= presentYear(); year++) {
      const { status, body } = await ask(donor, year);
      if (status === 404) continue;
      const [direct] = await sql<{ donations: number; top_ups: number; dues: number }>(
        `select coalesce(sum(donation_cents) filter (where donation_id is not null), 0)::int as donations,
           coalesce(sum(donation_cents) filter (where donation_id is null), 0)::int as top_ups,
           coalesce(sum(base_subscription_cents), 0)::int as dues
         from ledger where user_id = $1 and extract(year from occurred_at at time zone 'America/New_York') = $2`,
        [donor.id, year],
      );
      expect([year, body.donations.net_cents, body.subscription_top_ups.net_cents, body.dues.net_cents]).toEqual([
        year,
        direct?.donations,
        direct?.top_ups,
        direct?.dues,
      ]);
      for (const part of [body.donations, body.subscription_top_ups, body.dues])
        for (const which of ["amount_cents", "refunded_cents", "net_cents"] as const)
          expect(part.lines.reduce((sum, line) => sum + line[which], 0)).toBe(part[which]);
      given += body.total.net_cents;
      owed += body.dues.net_cents;
    }
    const [all] = await sql<{ left: number }>(
      `select (sum(base_subscription_cents + donation_cents) - coalesce((select sum(amount_cents) from reversals r join payments q on q.id = r.payment_id
         where q.user_id = $1 and r.returned_at is null), 0))::int as left from payments where user_id = $1`,
      [donor.id],
    );
    expect(given + owed).toBe(all?.left);
  });
});

test("a check that was handed over on New Year's Eve in Chicago is in the statement of the old year", async () => {
  const { call, person, volunteer, sql: own } = await ownPlatform();
  await own("update organisation_settings set time_zone = 'America/Chicago'");
  const donor = await person("active");
  const treasurer = await volunteer("donations.create", "donations.view");
  const { status } = await call("POST", "/api/admin/donations", {
    token: treasurer.token,
    body: handedOver({
      donation_type: "member",
      user_id: donor.id,
      donor_name: undefined,
      payment_method: "cheque",
      received_at: "2024-12-31T20:30:00-06:00",
    }),
  });
  expect(status).toBe(201);
  const statement = async (year: number, Accept: string) =>
    call<GivingStatement>("GET", pathOf(year), { token: donor.token, headers: { Accept } });
  const { body } = await statement(2024, "application/json");
  expect([body.total.net_cents, body.donations.lines]).toMatchObject([4000, [{ paid_at: "2025-01-01T02:30:00.000Z" }]]);
  expect((await statement(2025, "application/json")).body.total.amount_cents).toBe(0);
  const { text } = await statement(2024, "text/html");
  expect(text).toContain("<td>December 31, 2024</td>");
  expect(text).toMatch(/As of<\/dt><dd><bdi>\w+ \d+, \d{4} at [\d:]+\s[AP]M C[SD]T</);
});
