import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cell, csvHeader, csvRecord, csvRecords } from "../../src/http/csv.ts";
import { parseCsv } from "../harness/csv.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "+", "-", "@", "\t", "'", ";", " ", "a", "é", "😀") }),
);
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** UTF-8 has no way to write half of a surrogate pair, and PostgreSQL holds none. */
const storable = text.map((value) => value.toWellFormed());

describe("a record", () => {
  test("of whatever text reads as the same text again, but for the apostrophe before what begins like a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.array(storable, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const file = rows.map(csvRecord).join("");
        const bytes = new TextEncoder().encode(file);
        expect(parseCsv(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes))).toEqual(
          rows.map((row) => row.map((value) => (FORMULA.test(value) ? `'${value}` : value))),
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
      "'=1+1,'+49 30,'-2,'@x,'\tx,\"'\rx\",\"'\nx\",'＝1,a=1,'x\r\n",
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
  test("has money twice: in cents, and as a decimal", () => {
    const fields = ["id", "net_cents", "note"];
    expect(csvHeader(fields)).toBe("id,net_cents,net,note\r\n");
    expect(
      csvRecords(fields, [
        { note: "x", net_cents: 1050, id: "a" },
        { id: "b", net_cents: null, note: null },
      ]),
    ).toBe("a,1050,10.50,x\r\nb,,,\r\n");
  });

  test("gives every amount back to the cent", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        const [[whole, decimal = ""] = []] = parseCsv(csvRecords(["a_cents"], [{ a_cents: cents }]));
        expect(whole).toBe(String(cents));
        expect(decimal).toMatch(/^-?\d+\.\d\d$/);
        expect(BigInt(decimal.replace(".", ""))).toBe(BigInt(cents));
      }),
    );
  });

  test("that was cut off is told from a whole one", () => {
    const file = csvRecord(["a", 'b"c']) + csvRecord(["d", "e"]);
    for (let end = 1; end < file.length; end += 1)
      if (file.slice(0, end) !== csvRecord(["a", 'b"c'])) expect(() => parseCsv(file.slice(0, end))).toThrow();
  });
});
