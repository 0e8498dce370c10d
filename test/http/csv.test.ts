import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cell, csvRecord } from "../../src/http/csv.ts";
import { column, csvHeader, csvRecords, dayColumn, moneyColumn, timeColumn } from "../../src/http/csv-columns.ts";
import { parseCsv } from "../harness/csv.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "+", "-", "@", "\t", "'", ";", " ", "a", "é", "😀") }),
);
/** The text as we write it: with an apostrophe before what a spreadsheet could take for the beginning of a formula. */
const harmless = (value: string) =>
  value.replace(/^(?=[=+\-@\t\r\n＝＋－＠])/, "'").replace(/([;\t\r\n]"*)(?=[=+\-@＝＋－＠])/g, "$1'");

/**
 * What a spreadsheet makes of a file if its separator is another than the comma: quotes mean something at the beginning of a
 * cell only, and a line break ends a record.
 */
const cellsBySeparator = (file: string, separator: string): string[] =>
  file.split(/[\r\n]/).flatMap((line) => line.split(separator));
/** UTF-8 has no way to write half of a surrogate pair, and PostgreSQL holds none. */
const storable = text.map((value) => value.toWellFormed());

describe("a record", () => {
  test("of whatever text reads as the same text again, but for the apostrophes before what begins like a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.array(storable, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const file = rows.map(csvRecord).join("");
        const bytes = new TextEncoder().encode(file);
        expect(parseCsv(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes))).toEqual(
          rows.map((row) => row.map(harmless)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test("has no cell of text that a spreadsheet would take for a formula", () => {
    fc.assert(
      fc.property(storable, (value) => {
        const [[cell = ""] = []] = parseCsv(csvRecord([value, "x"]));
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
      { numRuns: 2000 },
    );
    expect(csvRecord(["=1+1", "+49 30", "-2", "@x", "\tx", "\rx", "\nx", "＝1", "a=1", "'x"])).toBe(
      "'=1+1,'+49 30,'-2,'@x,\"'\tx\",\"'\rx\",\"'\nx\",'＝1,a=1,'x\r\n",
    );
  });

  test("has none either where the spreadsheet separates cells by semicolons or tabs, as in much of Europe", () => {
    fc.assert(
      fc.property(
        fc.array(storable, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(";", "\t"),
        (values, separator) => {
          for (const cell of cellsBySeparator(csvRecord(["x", ...values]), separator))
            expect(cell).not.toMatch(/^"*[=+\-@＝＋－＠]/);
        },
      ),
      { numRuns: 2000 },
    );
    expect(csvRecord(["x;=1+1", "x;y", "x\ty", 'a;"=1+1";b', "Hello\n- all", "a;b=c"])).toBe(
      '"x;\'=1+1","x;y","x\ty","a;""\'=1+1"";b","Hello\n\'- all","a;b=c"\r\n',
    );
  });

  test("keeps numbers and money as they are, below zero too: nobody has typed them", () => {
    const cells: Cell[] = [-5, 0, 99_999_999, { cents: -5 }, { cents: 1250 }, { cents: 0 }, true, false, null];
    expect(csvRecord(cells)).toBe("-5,0,99999999,-0.05,12.50,0.00,true,false,\r\n");
  });

  test("ends with CRLF, quotes only what needs it, and doubles quotes", () => {
    expect(csvRecord(["plain", "a b", 'say "hi"', "a,b", "a\nb", ""])).toBe('plain,a b,"say ""hi""","a,b","a\nb",\r\n');
  });
});

describe("a file", () => {
  const columns = {
    id: column("Donation ID", sql`id`),
    paid_at: dayColumn("Paid", sql`paid_at`),
    heard_at: timeColumn("Time", sql`heard_at`),
    net_cents: moneyColumn("Net", sql`net`),
    note: column("Note", sql`note`),
  };
  const rows = [
    { note: "x", net_cents: 1050, id: "a", paid_at: "2027-03-01", heard_at: "2027-03-01 18:30:00" },
    { id: "b", net_cents: null, note: null, paid_at: null, heard_at: null },
  ];

  test.for([
    ["snake_case", "decimal", "id,paid_at,heard_at,net,note", "10.50"],
    ["snake_case", "cents", "id,paid_at,heard_at,net_cents,note", "1050"],
    ["human", "decimal", "Donation ID,Paid,Time (Europe/Berlin),Net,Note", "10.50"],
    ["human", "cents", "Donation ID,Paid,Time (Europe/Berlin),Net (cents),Note", "1050"],
  ] as const)("with headers %s and amounts %s has each column once", ([headers, amounts, header, net]) => {
    const style = { headers, amounts };
    expect(csvHeader(columns, style, "Europe/Berlin")).toBe(`${header}\r\n`);
    expect(csvRecords(columns, style, rows)).toBe(`a,2027-03-01,2027-03-01 18:30:00,${net},x\r\nb,,,,\r\n`);
  });

  test("gives every amount back to the cent", () => {
    const amount = { a_cents: moneyColumn("A", sql`a`) };
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        const written = (amounts: "decimal" | "cents") =>
          csvRecords(amount, { headers: "human", amounts }, [{ a_cents: cents }]).trimEnd();
        expect(written("cents")).toBe(String(cents));
        expect(written("decimal")).toMatch(/^-?\d+\.\d\d$/);
        expect(BigInt(written("decimal").replace(".", ""))).toBe(BigInt(cents));
      }),
    );
  });

  test("that was cut off is told from a whole one", () => {
    const file = csvRecord(["a", 'b"c']) + csvRecord(["d", "e"]);
    for (let end = 1; end < file.length; end += 1)
      if (file.slice(0, end) !== csvRecord(["a", 'b"c'])) expect(() => parseCsv(file.slice(0, end))).toThrow();
  });
});
