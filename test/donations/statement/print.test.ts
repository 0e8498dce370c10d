import { describe, expect, test } from "vitest";
import type { GivingStatement } from "../../../src/donations/statement/schemas.ts";
import { formatCents } from "../../../src/money/format.ts";
import { FONTS } from "../../../src/pdf/fonts.ts";
import { call, get, outcome } from "../../harness/client.ts";
import { donation, dues, reversal } from "../../harness/giving.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { printed, readPdf } from "../../harness/pdf.ts";
import { type Person, person } from "../../harness/people.ts";
import { picture } from "../../harness/photos.ts";
import { settings, sql, worker } from "../../harness/platform.ts";

type Bearer = Pick<Person, "token">;

const pathOf = (year: number) => `/api/members/donations/statement/${year}`;
const ask = ({ token }: Bearer, year: number) => get<GivingStatement>(pathOf(year), { token });

/** The statement as whoever sends this `Accept` gets it. */
const asked = ({ token }: Bearer, year: number, Accept: string, { url } = worker) =>
  fetch(url + pathOf(year), {
    headers: { Authorization: `Bearer ${token}`, Accept, "CF-Connecting-IP": "10.1.2.3" },
  });

const pdfOf = async (donor: Bearer, year: number, at?: typeof worker) =>
  readPdf(new Uint8Array(await (await asked(donor, year, "application/pdf", at)).arrayBuffer()));

/** What a browser sends when somebody follows a link. */
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

const pageOf = async (donor: Bearer, year: number, at?: typeof worker) =>
  (await asked(donor, year, BROWSER, at)).text();

/** The words of a text, but for times of day: two requests can come in two different minutes. */
const wordsOf = (text: string) => text.match(/[^\s|]+/g)?.filter((word) => !/^\d+:\d\d$/.test(word));

describe.concurrent("a giving statement as a PDF", () => {
  test("is a PDF to keep, for whoever asks for one, and JSON for everybody else", async () => {
    const donor = await person();
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    for (const Accept of [
      "application/pdf",
      "application/json;q=0.5, application/pdf",
      "application/pdf, */*;q=0.1",
      "application/pdf, text/html;q=0.9",
    ]) {
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
      "application/json, application/pdf;q=0.5",
      "application/json, text/html;q=0.9, application/pdf;q=0.5",
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
    // Still March 1 in New York.
    await donation(donor, { amount_cents: 123_456, paid_at: "2025-03-02T03:00:00.000Z", payment_method: "cheque" });
    const paid = await dues(donor, { donation_cents: 1500, paid_at: "2025-05-06T12:00:00.000Z" });
    await reversal(paid, { amount_cents: 1000, occurred_at: "2025-05-07T12:00:00.000Z" });
    const { body } = await ask(donor, 2025);
    const [first, second] = [...body.donations.lines, ...body.dues.lines].map((line) => line.receipt_number);
    const pages = printed(await pdfOf(donor, 2025));
    expect(pages).toHaveLength(1);
    const lines = (pages[0] ?? []).map((line) => line.replaceAll(/As of.*E[SD]T/g, "As of then"));
    expect(lines.slice(0, 5)).toEqual([
      body.organisation.name,
      "Giving statement 2025",
      "Donor | Łukasz Ελένη Nguyễn-Ґалаґан",
      "Period | January 1 to December 31, 2025",
      "As of then",
    ]);
    expect(lines.slice(5, -4)).toEqual([
      "Summary",
      "Received | Refunded | Net",
      "Donations | $1,234.56 | $0.00 | $1,234.56",
      "Given on top of membership dues | $15.00 | $10.00 | $5.00",
      "Total given | $1,249.56 | $10.00 | $1,239.56",
      "Donations",
      "Paid on | Receipt | Payment | Received | Refunded | Net",
      `March 1, 2025 | ${first} | By check | $1,234.56 | $0.00 | $1,234.56`,
      "Total | $1,234.56 | $0.00 | $1,234.56",
      "Given on top of membership dues",
      "Paid on | Receipt | Payment | Received | Refunded | Net",
      `May 6, 2025 | ${second} | Online | $15.00 | $10.00 | $5.00`,
      "Total | $15.00 | $10.00 | $5.00",
      "Membership dues",
      "Dues are not donations and are not part of the total given.",
      "Paid on | Receipt | Payment | Received | Refunded | Net",
      `May 6, 2025 | ${second} | Online | $60.00 | $0.00 | $60.00`,
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
    const rows = pages.flat().filter((line) => /^(January|February|March) \d+, 2025 \| \d+ \| Online/.test(line));
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

describe.concurrent("a giving statement as a page", () => {
  test("is for whoever's browser asks, with the policy of pages and no script", async () => {
    const donor = await person("active", { first_name: "<script>alert(1)</script>", last_name: "李小龍 محمد" });
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    for (const Accept of [BROWSER, "text/html", "text/html, application/pdf;q=0.9"]) {
      const answer = await asked(donor, 2025, Accept);
      expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "text/html; charset=UTF-8"]);
      expect(answer.headers.get("Content-Security-Policy")).toBe(
        `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: ${new URL(settings.API_URL).origin}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
      );
      expect(answer.headers.get("Content-Disposition")).toBeNull();
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      const page = await answer.text();
      expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt; 李小龍 محمد");
      expect(page).not.toMatch(/<script|<img|<link|https?:/);
    }
  });

  test("says what the PDF says", async () => {
    const donor = await person("active", { first_name: "Łukasz Ελένη", last_name: "Nguyễn-Ґалаґан" });
    await donation(donor, { amount_cents: 123_456, paid_at: "2025-03-01T12:00:00.000Z", payment_method: "cheque" });
    const paid = await dues(donor, { donation_cents: 1500, paid_at: "2025-05-06T12:00:00.000Z" });
    await reversal(paid, { amount_cents: 1000, occurred_at: "2025-05-07T12:00:00.000Z" });
    const [, page = ""] = (await pageOf(donor, 2025)).split("<body>");
    const in_pdf = printed(await pdfOf(donor, 2025))
      .flat()
      .join(" ");
    expect(wordsOf(page.replaceAll(/<[^>]+>/g, " "))).toEqual(wordsOf(in_pdf.replace(" | Page 1 of 1", "")));
  });

  test("is refused on a page too", async () => {
    const donor = await person();
    const answer = await asked(donor, 2025, BROWSER);
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([404, "text/html; charset=UTF-8"]);
    expect(await answer.text()).toContain("There is no statement for that year.");
  });
});

describe.concurrent("names on paper", () => {
  test("one name is a name", async () => {
    const donor = await person("active", { first_name: "Madonna", last_name: "" });
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    expect((await ask(donor, 2025)).body.donor_name).toBe("Madonna");
    expect(printed(await pdfOf(donor, 2025)).flat()).toContain("Donor | Madonna");
    expect(await pageOf(donor, 2025)).toContain("<dt>Donor</dt><dd><bdi>Madonna</bdi></dd>");
  });

  test.each([
    ["Chinese", "李小龍"],
    ["Hindi", "हिन्दी"],
    ["Arabic, whose letters join", "محمد"],
    ["Thai", "สมชาย"],
  ])("%s is no box: the PDF says that it cannot show the donor, and the page shows them", async (_, first_name) => {
    const donor = await person("active", { first_name, last_name: "Lee" });
    await donation(donor, { paid_at: "2025-03-01T12:00:00.000Z" });
    const lines = printed(await pdfOf(donor, 2025)).flat();
    const at = lines.indexOf(`Donor | ${first_name.normalize("NFC")} Lee`);
    expect(at).toBeGreaterThan(0);
    expect(lines[at + 1]).toBe("This PDF cannot show every character of “Donor”. The printable page can.");
    expect(lines.join().match(/cannot show/g)).toHaveLength(1);
    const page = await pageOf(donor, 2025);
    expect(page).toContain(`<bdi>${first_name} Lee</bdi>`);
    expect(page).not.toContain("cannot show");
  });
});

test("what the settings say of the organization is in the statement, on the page and in the PDF", async () => {
  const { url, person: someone, volunteer: volunteerOf, sql: own, insert } = await ownPlatform();
  await own(
    `update organisation_settings set postal_address = E'1 Example Street\nNew York, NY 10001', tax_id = '12-3456789',
       contact_email = 'treasurer@loaf.test', acknowledgement = 'No goods or services were provided in exchange.'`,
  );
  const donor = await someone("active");
  const plan_id = await insert("subscription_plans", { name: "Any", price_cents: 6000, billing_cycle: "yearly" });
  const subscription = { user_id: donor.id, plan_id, status: "expired", billing_cycle: "yearly" };
  const subscription_id = await insert("subscriptions", { ...subscription, base_subscription_cents: 6000 });
  const pay = (donation_cents: number, paid_at: string) =>
    insert("payments", {
      user_id: donor.id,
      subscription_id,
      base_subscription_cents: 6000,
      donation_cents,
      paid_at,
    });
  await pay(1500, "2025-03-01T12:00:00Z");
  await pay(0, "2026-03-01T12:00:00Z");
  const at = { ...worker, url };
  expect(((await (await asked(donor, 2025, "*/*", at)).json()) as GivingStatement).organisation).toMatchObject({
    postal_address: "1 Example Street\nNew York, NY 10001",
    tax_id: "12-3456789",
    contact_email: "treasurer@loaf.test",
    acknowledgement: "No goods or services were provided in exchange.",
  });
  const lines = printed(await pdfOf(donor, 2025, at)).flat();
  expect(lines.slice(2, 6)).toEqual([
    "Our address | 1 Example Street",
    "New York, NY 10001",
    "Our tax ID | 12-3456789",
    "Questions | treasurer@loaf.test",
  ]);
  const page = await pageOf(donor, 2025, at);
  expect(page).toContain("<bdi>1 Example Street\nNew York, NY 10001</bdi>");
  expect(page).toContain("<dt>Our tax ID</dt><dd><bdi>12-3456789</bdi></dd>");
  expect(page).not.toContain("<img");
  const admin = await volunteerOf("settings.edit");
  const { body } = await call<{ logo_url: string }>("POST", "/api/admin/settings/logo", {
    url,
    token: admin.token,
    body: await picture("#aa2200", [400, 100]),
    headers: { "Content-Type": "image/png" },
  });
  expect(await pageOf(donor, 2025, at)).toContain(`<img class="logo" src="${body.logo_url}"`);
  const branded = await (await asked(donor, 2025, "application/pdf", at)).bytes();
  expect(Buffer.from(branded).includes("/Subtype /Image /Width 400 /Height 100 /ColorSpace /DeviceRGB")).toBe(true);
  // The logo leaves less room, so the pages may break elsewhere. Meanwhile another minute may have begun.
  const withoutFooters = (said: string[]) =>
    said.filter((line) => !line.includes("| Page ") && !line.startsWith("As of |"));
  expect(withoutFooters(printed(await pdfOf(donor, 2025, at)).flat())).toEqual(withoutFooters(lines));
  // Dues alone are no gift.
  const ACKNOWLEDGED = "No goods or services were provided in exchange.";
  expect([lines, printed(await pdfOf(donor, 2026, at)).flat()].map((said) => said.includes(ACKNOWLEDGED))).toEqual([
    true,
    false,
  ]);
  expect([page, await pageOf(donor, 2026, at)].map((said) => said.includes(ACKNOWLEDGED))).toEqual([true, false]);
});

test("the largest amounts stay on one line", async () => {
  const { url, person: someone, insert } = await ownPlatform({ CURRENCY: "chf" });
  const donor = await someone("active");
  for (const paid_at of ["2025-09-30T12:00:00Z", "2025-12-30T12:00:00Z"]) {
    const gift = { user_id: donor.id, donation_type: "member", status: "completed", amount_cents: 99_999_999 };
    const donation_id = await insert("donations", { ...gift, completed_at: paid_at });
    const paid = { user_id: donor.id, donation_id, donation_cents: 99_999_999, paid_at, payment_method: "cheque" };
    const payment_id = await insert("payments", paid);
    const back = { payment_id, kind: "refund", status: "succeeded", amount_cents: 99_999_999 };
    if (paid_at.includes("-12-")) await insert("reversals", { ...back, occurred_at: "2026-01-02T12:00:00Z" });
  }
  const lines = printed(await pdfOf(donor, 2025, { ...worker, url })).flat();
  expect(lines.filter((line) => /^September 30, 2025 \| \d+ \| By check \| CHF/.test(line))).toHaveLength(1);
  expect(lines).toContain(
    "Total given | CHF\u00a01,999,999.98 | CHF\u00a00.00 | CHF\u00a01,999,999.98".replaceAll("\u00a0", " "),
  );
  const later = printed(await pdfOf(donor, 2026, { ...worker, url })).flat();
  expect(later.join("\n")).toMatch(/By check \| CHF 0\.00 \| CHF 999,999\.99 \| -CHF 999,999\.99/);
});

test.each(["/fonts", "/fonts/", ...Object.values(FONTS).map((name) => `/fonts/${name}.ttf`)])(
  "the fonts are for the Worker alone: %s is nothing",
  async (path) => {
    const answer = await get(path);
    expect(outcome(answer)).toEqual([404, "not_found"]);
  },
);

test("the documentation says that there are a page and a PDF", async () => {
  const { body } = await get<{ paths: Record<string, { get: { responses: Record<string, { content: object }> } }> }>(
    "/openapi.json",
  );
  const { content = {} } = body.paths["/api/members/donations/statement/{year}"]?.get.responses["200"] ?? {};
  expect(Object.keys(content)).toEqual(["application/json", "text/html", "application/pdf"]);
});
