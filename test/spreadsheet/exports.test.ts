import { beforeAll, describe, expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { parseCsv } from "../harness/csv.ts";
import { handedOver, recordOffline } from "../harness/donations.ts";
import { dues, reversal } from "../harness/giving.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { opened, type Reading, type SheetCell } from "./spreadsheet.ts";

/** What people may type: a formula at the beginning, and where a spreadsheet begins a cell that is none. */
const TYPED = [
  "=1+1",
  "-2+3",
  "x;=1+1",
  "x;=1+1;y",
  'x;"=1+1";y',
  "x\t=1+1\ty",
  "x\n=1+1",
  "x\n=1+1;y",
  'x, "y"\n;@SUM(1)',
  "x;\n+1+1;",
  "Thanks; see you!",
];

const exports: Record<string, string> = {};
let in_cents = "";

beforeAll(async () => {
  const someone = await volunteer("donations.create", "donations.export", "donations.view", "subscriptions.export");
  const member = await person("active", { first_name: "=1+1", last_name: "x;=1+1" });
  const payment_id = await dues(member, { donation_cents: 1250, paid_at: "2026-03-01T18:30:00.000Z" });
  await reversal(payment_id, { amount_cents: 123_456, occurred_at: "2026-05-12T18:30:00.000Z" });
  await sql(
    `update subscriptions set notes = $2, created_at = '2026-03-01T18:30:00Z', current_term_start = '2026-03-01T18:30:00Z',
       current_term_end = '2027-03-01T18:30:00Z', grace_ends_at = '2027-03-15T18:30:00Z', paused_at = '2026-04-01T18:30:00Z',
       resumes_at = '2026-05-01T18:30:00Z', cancelled_at = '2026-06-01T18:30:00Z'
     where user_id = $1`,
    [member.id, TYPED.join(" ")],
  );
  for (const [index, typed] of TYPED.entries()) {
    const donor_name = typed.replaceAll(/[\t\n]/g, " ");
    await recordOffline(handedOver({ donor_name, message: typed, notes: typed, amount_cents: 1205 + index }), someone);
  }
  const days = "from=2026-01-01&to=2026-12-31";
  for (const [name, path] of Object.entries({
    donations: `donations/export?${new URLSearchParams({ from: "2026-01-01T00:00:00Z" })}`,
    subscriptions: `subscriptions/export?user_id=${member.id}`,
    ledger: `ledger/export?${days}`,
  })) {
    const { status, text } = await get(`/api/admin/${path}&headers=human&bom=1`, someone);
    expect(status).toBe(200);
    exports[name] = text;
  }
  in_cents = (await get("/api/admin/donations/export?headers=human&amounts=cents", someone)).text;
});

/** The columns with values of a form, each with its cells as LibreOffice understood them. */
function columnsLike(form: RegExp, text: string, sheet: SheetCell[][]) {
  const [header = [], ...records] = parseCsv(text.replace(/^\ufeff/, ""));
  const names = header.filter((_, at) => {
    const written = records.map((record) => record[at] ?? "").filter((cell) => cell !== "");
    return written.length > 0 && written.every((cell) => form.test(cell));
  });
  return names.map((name) => {
    const at = header.indexOf(name);
    const cells = records.flatMap((record, row) =>
      record[at] ? [{ written: record[at], ...(sheet[row + 1]?.[at] as SheetCell) }] : [],
    );
    return { name, cells };
  });
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const AMOUNT = /^-?\d+\.\d\d$/;

const DAYS: Record<string, string[]> = {
  donations: ["Started", "Paid"],
  subscriptions: [
    ...["Started", "Last paid", "First day of the term", "Last day of the term", "Last day of grace"],
    ...["Paused", "Resumes", "Canceled"],
  ],
  ledger: ["Day"],
};

function expectNoFormula(sheets: Record<string, SheetCell[][]>) {
  for (const [name, rows] of Object.entries(sheets)) {
    expect(rows.length, name).toBeGreaterThan(1);
    expect(
      rows.flat().filter(({ formula }) => formula !== undefined),
      name,
    ).toEqual([]);
  }
}

describe("LibreOffice opens every export", () => {
  test.for<[string, Reading | undefined]>([
    ["as it suggests", undefined],
    ["looking for more than ISO dates", { special_numbers: true }],
  ])("%s: days are dates, amounts are numbers, and nothing is a formula", async ([, reading]) => {
    const sheets = await opened(exports, reading);
    expectNoFormula(sheets);
    for (const [name, text] of Object.entries(exports)) {
      const sheet = sheets[name] ?? [];
      const [header] = parseCsv(text.replace(/^\ufeff/, ""));
      expect(sheet[0]?.map(({ value }) => value)).toEqual(header);
      const days = columnsLike(DAY, text, sheet);
      expect(days.map((column) => column.name)).toEqual(DAYS[name]);
      for (const { cells } of days)
        for (const { written, ...cell } of cells) expect(cell).toMatchObject({ type: "date", value: written });
      const amounts = columnsLike(AMOUNT, text, sheet);
      expect(amounts.length).toBeGreaterThan(0);
      for (const { cells } of amounts)
        for (const { written, type, value } of cells) expect([type, Number(value)]).toEqual(["float", Number(written)]);
      if (reading)
        for (const { cells } of columnsLike(TIME, text, sheet))
          for (const { written, ...cell } of cells)
            expect(cell).toMatchObject({ type: "date", value: written.replace(" ", "T") });
    }
    expect(columnsLike(TIME, exports.ledger ?? "", sheets.ledger ?? []).map(({ name }) => name)).toEqual([
      "Time (America/New_York)",
    ]);
  });

  test("in German: days are dates, amounts in cents are numbers, and nothing is a formula", async () => {
    const sheets = await opened({ ...exports, in_cents }, { locale: "de-DE" });
    expectNoFormula(sheets);
    const [header = []] = parseCsv(in_cents.replace(/^\ufeff/, ""));
    const net = header.indexOf("Net (cents)");
    const cells = sheets.in_cents?.slice(1).map((row) => row[net]);
    expect(cells?.map((cell) => cell?.type)).toEqual(TYPED.map(() => "float"));
    for (const [name, text] of Object.entries(exports))
      for (const { cells } of columnsLike(DAY, text, sheets[name] ?? []))
        for (const { written, ...cell } of cells) expect(cell).toMatchObject({ type: "date", value: written });
  });

  test("with cells separated by semicolons, as German Excel does: nothing is a formula", async () => {
    expectNoFormula(await opened(exports, { separator: ";", locale: "de-DE" }));
  });
});
