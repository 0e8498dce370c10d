import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { GivingStatement, StatementLine } from "../../../src/donations/my/schemas.ts";
import { formatCents } from "../../../src/money/format.ts";
import { FONTS } from "../../../src/pdf/fonts.ts";
import { call, get, outcome } from "../../harness/client.ts";
import { donation, dues, reversal } from "../../harness/giving.ts";
import { printed, readPdf } from "../../harness/pdf.ts";
import { type Person, person } from "../../harness/people.ts";
import { sql, worker } from "../../harness/platform.ts";

type Bearer = Pick<Person, "token">;

const pathOf = (year: number | string) => `/api/members/donations/statement/${year}`;
const ask = ({ token }: Bearer, year: number | string) => get<GivingStatement>(pathOf(year), { token });
const sums = ({
  amount_cents,
  refunded_cents,
  net_cents,
}: Omit<StatementLine, "kind" | "paid_at" | "payment_method">) => [amount_cents, refunded_cents, net_cents];
const partsOf = ({ donations, subscription_top_ups, total, dues }: GivingStatement) =>
  [donations, subscription_top_ups, total, dues].map(sums);
const NOTHING = [0, 0, 0];

describe.concurrent("a giving statement", () => {
  test("names the donor and the organisation, and lists donations, what was on top of dues, and dues, apart", async () => {
    const donor = await person("active", { first_name: "Łukasz", last_name: "Šimek" });
    await donation(donor, { amount_cents: 2500, paid_at: "2025-03-01T12:00:00.000Z" });
    const second = await donation(donor, {
      amount_cents: 1000,
      paid_at: "2025-04-01T12:00:00.000Z",
      payment_method: "cash",
    });
    await reversal(second.payment_id, { amount_cents: 400, occurred_at: "2025-04-05T12:00:00.000Z" });
    await dues(donor, { base_subscription_cents: 6000, donation_cents: 1500, paid_at: "2025-05-01T12:00:00.000Z" });
    const [organisation] = await sql("select name, primary_colour, accent_colour, logo_url from organisation_settings");
    const before = Date.now();
    const { status, body } = await ask(donor, 2025);
    expect([status, body]).toEqual([
      200,
      {
        year: 2025,
        as_of: expect.any(String),
        currency: "usd",
        organisation,
        donor_name: "Łukasz Šimek",
        donations: {
          amount_cents: 3500,
          refunded_cents: 400,
          net_cents: 3100,
          lines: [
            {
              kind: "donation",
              paid_at: "2025-03-01T12:00:00.000Z",
              payment_method: "stripe",
              amount_cents: 2500,
              refunded_cents: 0,
              net_cents: 2500,
            },
            {
              kind: "donation",
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

  test("is of a year in UTC, to the millisecond", async () => {
    const donor = await person();
    await donation(donor, { amount_cents: 1, paid_at: "2023-12-31T23:59:59.999Z" });
    await donation(donor, { amount_cents: 10, paid_at: "2024-01-01T00:00:00.000Z" });
    await donation(donor, { amount_cents: 100, paid_at: "2024-12-31T23:59:59.999Z" });
    await donation(donor, { amount_cents: 1000, paid_at: "2025-01-01T00:00:00.000Z" });
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
    const present = new Date().getUTCFullYear();
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
    const present = new Date().getUTCFullYear();
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
    for (let year = 2022; year <= new Date().getUTCFullYear(); year++) {
      const { status, body } = await ask(donor, year);
      if (status === 404) continue;
      const [direct] = await sql<{ donations: number; top_ups: number; dues: number }>(
        `select coalesce(sum(donation_cents) filter (where donation_id is not null), 0)::int as donations,
           coalesce(sum(donation_cents) filter (where donation_id is null), 0)::int as top_ups,
           coalesce(sum(base_subscription_cents), 0)::int as dues
         from ledger where user_id = $1 and extract(year from occurred_at at time zone 'UTC') = $2`,
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

/** The statement as whoever sends this `Accept` gets it. */
const asked = ({ token }: Bearer, year: number, Accept: string) =>
  fetch(worker.url + pathOf(year), {
    headers: { Authorization: `Bearer ${token}`, Accept, "CF-Connecting-IP": "10.1.2.3" },
  });

const pdfOf = async (donor: Bearer, year: number) =>
  readPdf(new Uint8Array(await (await asked(donor, year, "application/pdf")).arrayBuffer()));

describe.concurrent("a giving statement on paper", () => {
  test("is a PDF to keep, for whoever asks for one, and JSON for everybody else", async () => {
    const donor = await person();
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    for (const Accept of ["application/pdf", "application/json;q=0.5, application/pdf", "application/pdf, */*;q=0.1"]) {
      const answer = await asked(donor, 2025, Accept);
      expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/pdf"]);
      expect(answer.headers.get("Content-Disposition")).toBe('attachment; filename="giving-statement-2025.pdf"');
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(answer.headers.get("Content-Security-Policy")).toMatch(/default-src 'none'/);
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
    for (const Accept of [
      "*/*",
      "application/json",
      "text/html",
      "application/json, application/pdf;q=0.5",
      "image/png",
    ]) {
      const answer = await asked(donor, 2025, Accept);
      expect([Accept, answer.headers.get("Content-Type"), answer.headers.get("Content-Disposition")]).toEqual([
        Accept,
        "application/json",
        null,
      ]);
      await answer.arrayBuffer();
    }
  });

  test("says what the JSON says: names in every script, each payment, every sum", async () => {
    const donor = await person("active", { first_name: "Łukasz Ελένη", last_name: "Nguyễn-Ґалаґан" });
    await donation(donor, { amount_cents: 123_456, paid_at: "2025-03-01T12:00:00.000Z", payment_method: "cheque" });
    const paid = await dues(donor, { donation_cents: 1500, paid_at: "2025-05-06T12:00:00.000Z" });
    await reversal(paid, { amount_cents: 1000, occurred_at: "2025-05-07T12:00:00.000Z" });
    const { body } = await ask(donor, 2025);
    const pages = printed(await pdfOf(donor, 2025));
    expect(pages).toHaveLength(1);
    const lines = (pages[0] ?? []).map((line) => line.replaceAll(/As of.*UTC/g, "As of then"));
    expect(lines.slice(0, 5)).toEqual([
      body.organisation.name,
      "Giving statement 2025",
      "Donor | Łukasz Ελένη Nguyễn-Ґалаґан",
      "Period | January 1 to December 31, 2025 (UTC)",
      "As of then",
    ]);
    expect(lines.slice(5, -4)).toEqual([
      "Summary",
      "Received | Refunded | Net",
      "Donations | $1,234.56 | $0.00 | $1,234.56",
      "Given on top of membership dues | $15.00 | $10.00 | $5.00",
      "Total given | $1,249.56 | $10.00 | $1,239.56",
      "Donations",
      "Paid on | Payment | Received | Refunded | Net",
      "March 1, 2025 | By check | $1,234.56 | $0.00 | $1,234.56",
      "Total | $1,234.56 | $0.00 | $1,234.56",
      "Given on top of membership dues",
      "Paid on | Payment | Received | Refunded | Net",
      "May 6, 2025 | Online | $15.00 | $10.00 | $5.00",
      "Total | $15.00 | $10.00 | $5.00",
      "Membership dues",
      "Dues are not donations and are not part of the total given.",
      "Paid on | Payment | Received | Refunded | Net",
      "May 6, 2025 | Online | $60.00 | $0.00 | $60.00",
      "Total | $60.00 | $0.00 | $60.00",
    ]);
    expect(lines.at(-1)).toBe(`${body.organisation.name} · Giving statement 2025 · As of then | Page 1 of 1`);
    expect(lines.join("\n")).toContain(formatCents(body.total.net_cents, body.currency));
  });

  test("goes on over pages for whoever gives often", async () => {
    const donor = await person();
    for (let day = 1; day <= 60; day++)
      await donation(donor, { amount_cents: 100 * day, paid_at: new Date(Date.UTC(2025, 0, day, 12)).toISOString() });
    const pages = printed(await pdfOf(donor, 2025));
    expect(pages.length).toBeGreaterThan(2);
    const rows = pages.flat().filter((line) => /^(January|February|March) \d+, 2025 \| Online/.test(line));
    expect(rows).toHaveLength(60);
    expect(pages.flat()).toContain("Total | $1,830.00 | $0.00 | $1,830.00");
  });

  test("is refused like any other answer: in JSON, for a person's own years and a living session", async () => {
    const donor = await person();
    const Accept = "application/pdf";
    const none = await asked(donor, 2025, Accept);
    expect([none.status, await none.json()]).toEqual([404, expect.objectContaining({ code: "no_statement" })]);
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where id = $1", [donor.session_id]);
    const ended = await asked(donor, 2025, Accept);
    expect([ended.status, await ended.json()]).toEqual([401, expect.objectContaining({ code: "session_ended" })]);
  });

  test("HEAD says what it is and sends nothing", async () => {
    const donor = await person();
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    const { status, text, headers } = await call("HEAD", pathOf(2025), {
      token: donor.token,
      headers: { Accept: "application/pdf" },
    });
    expect([status, text, headers.get("Content-Type")]).toEqual([200, "", "application/pdf"]);
  });
});

test.each(["/fonts", "/fonts/", ...Object.values(FONTS).map((name) => `/fonts/${name}.ttf`)])(
  "the fonts are for the Worker alone: %s is nothing",
  async (path) => {
    const answer = await get(path);
    expect(outcome(answer)).toEqual([404, "not_found"]);
  },
);

test("the documentation says that there is a PDF", async () => {
  const { body } = await get<{ paths: Record<string, { get: { responses: Record<string, { content: object }> } }> }>(
    "/openapi.json",
  );
  const { content = {} } = body.paths["/api/members/donations/statement/{year}"]?.get.responses["200"] ?? {};
  expect(Object.keys(content)).toEqual(["application/json", "application/pdf"]);
});
