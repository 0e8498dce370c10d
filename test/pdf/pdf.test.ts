import { describe, expect, test } from "vitest";
import { outlineOf, readFont } from "../../src/pdf/font.ts";
import { PAGE } from "../../src/pdf/layout.ts";
import { writePdf } from "../../src/pdf/pdf.ts";
import type { PrintBlock, PrintDocument } from "../../src/pdf/print-document.ts";
import { printed, type ReadPdf, readPdf } from "../harness/pdf.ts";
import { fonts, tablesOf } from "./fonts.ts";

const write = (blocks: PrintBlock[], more: Partial<PrintDocument> = {}) =>
  writePdf(
    {
      logo: null,
      title: "A title",
      language: "en-US",
      author: "LOAF",
      created_at: "2027-03-01T18:30:05.000Z",
      colour: "#6a2c91",
      footer: "At the foot",
      blocks,
      ...more,
    },
    fonts,
  );

const read = async (blocks: PrintBlock[], more?: Partial<PrintDocument>): Promise<ReadPdf> =>
  readPdf(await write(blocks, more));

const paragraphs = (...texts: string[]): PrintBlock[] => texts.map((text) => ({ kind: "paragraph", text }));

/** All that was printed, without the foot of the pages. */
const said = (pdf: ReadPdf) => printed(pdf).flatMap((lines) => lines.slice(0, -1));

const table = (rows: string[][], total = ["Total", "$1.00"]): PrintBlock => ({
  kind: "table",
  columns: [
    { heading: "What", share: 0.7 },
    { heading: "Amount", share: 0.3, numeric: true },
  ],
  rows,
  total,
});

/** The outlines that these characters have in the regular font of a file. */
function outlinesOf(pdf: ReadPdf, characters: string): string[] {
  const font = tablesOf(new Uint8Array(pdf.fontOf("regular")));
  const drawn = pdf.pages.flat().filter(({ face }) => face === "regular");
  return [...characters].map((character) => {
    const line = drawn.find(({ text }) => text.includes(character));
    const { buffer, byteOffset, byteLength } = outlineOf(font, line?.numbers[[...line.text].indexOf(character)] ?? 0);
    return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
  });
}

const outlineOfDot = async () => outlinesOf(await read(paragraphs("·")), "·")[0];

describe("what is printed can be copied and searched", () => {
  test.each([
    ["Polish", "Łukasz Żółć"],
    ["Czech", "Šimek Dvořák Ďuriš"],
    ["Dutch", "Zoë van 't Hoff"],
    ["Icelandic", "Þórður Æsa"],
    ["Turkish", "İbrahim Işık Şahin"],
    ["Romanian", "Ștefan Țară"],
    ["Vietnamese", "Nguyễn Thị Ngọc Ánh Đỗ"],
    ["Yoruba", "Ọlábísí Ẹ̀ṣọ́"],
    ["Hawaiian", "Kaʻiulani"],
    ["Greek", "Ελένη Παπαδοπούλου"],
    ["Greek of old", "Ἀριστοτέλης"],
    ["Ukrainian", "Дмитро Ґалаґан Їжак"],
    ["Kazakh", "Әйгерім Қасымова"],
    ["Armenian", "Արամ Խաչատրյան"],
    ["Georgian", "გიორგი"],
  ])("%s", async (_, name) => {
    const pdf = await read(paragraphs(name));
    expect(said(pdf)).toEqual([name.normalize("NFC")]);
    const font = readFont(fonts.regular.name, fonts.regular.file);
    for (const letter of name.normalize("NFC"))
      expect([letter, font.glyphOf(letter.codePointAt(0) ?? 0)]).not.toEqual([letter, 0]);
  });

  test("marks become one with their letters where Unicode knows them so", async () => {
    expect(said(await read(paragraphs("Zoe\u0308 A\u030angstro\u0308m q\u0323")))).toEqual(["Zoë Ångström q\u0323"]);
  });

  test("Hebrew is written from right to left, and Latin beside it is not", async () => {
    expect(said(await read(paragraphs("Dana יוסף כהן Cohen")))).toEqual(["Dana ןהכ ףסוי Cohen"]);
  });

  test("what the font lacks is a dot each, still is what it was, and a line says so", async () => {
    const pdf = await read(paragraphs("李 and 龍 and 🎉", "and"));
    const note = "This PDF cannot show every character of this paragraph. The printable page can.";
    expect(said(pdf)).toEqual(["李 and 龍 and 🎉", note, "and"]);
    const [line] = pdf.pages[0] ?? [];
    expect(new Set([...(line?.text ?? "")].map((_, index) => line?.numbers[index])).size).toBe(7);
    expect(outlinesOf(pdf, "李龍🎉")).toEqual(Array(3).fill(await outlineOfDot()));
  });

  test("letters that join are not drawn apart", async () => {
    const pdf = await read([{ kind: "facts", facts: [["Name", "محمد"]] }]);
    expect(said(pdf)).toEqual([
      "Name | محمد",
      "This PDF cannot show every character of “Name”. The printable page can.",
    ]);
    expect(outlinesOf(pdf, "محمد")).toEqual(Array(4).fill(await outlineOfDot()));
  });

  test("a title that cannot be shown is named, and a footer repeats it", async () => {
    const pdf = await read([{ kind: "title", above: "麺包", text: "Statement" }], { footer: "麺包" });
    expect(printed(pdf)).toEqual([
      [
        "麺包",
        "Statement",
        "This PDF cannot show every character of the title. The printable page can.",
        "麺包 | Page 1 of 1",
      ],
    ]);
  });

  test("what cannot be seen is left out, and what is no text at all shows as U+FFFD", async () => {
    expect(said(await read(paragraphs("a\u200db\u202ec\u00add e\ud800f\u0007g\th")))).toEqual(["abcd e\ufffdf g h"]);
  });

  test("more than a hundred characters, all that a map may name at once", async () => {
    const alphabet = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x100 + index)).join("");
    const pdf = await read(paragraphs(alphabet));
    expect(said(pdf).join("")).toBe(alphabet.normalize("NFC"));
  });
});

test("the same document gives the same bytes", async () => {
  const blocks = [...paragraphs("Łukasz", "Zoë"), table([["Ελένη", "$1.00"]])];
  expect(Buffer.from(await write(blocks)).equals(Buffer.from(await write(blocks)))).toBe(true);
  expect(
    Buffer.from(await write(blocks)).equals(
      Buffer.from(await write(blocks, { created_at: "2027-03-01T18:30:06.000Z" })),
    ),
  ).toBe(false);
});

test("a reader is told its title, its author, its language and when it was made", async () => {
  const { objects, trailer } = await read([], { title: "Ünïcode (1) \\ 🎉", author: "Łódź" });
  const named = (name: string) => objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(trailer)?.[1]))?.dictionary;
  const text = (value: string) => `<feff${Buffer.from(value, "utf16le").swap16().toString("hex")}>`;
  expect(named("Info")).toBe(
    `/Title ${text("Ünïcode (1) \\ 🎉")} /Author ${text("Łódź")} /CreationDate (D:20270301183005Z) /ModDate (D:20270301183005Z)`,
  );
  expect(named("Root")).toContain(`/Lang ${text("en-US")} /ViewerPreferences << /DisplayDocTitle true >>`);
});

test("its fonts hold what it needs of them, and little else", async () => {
  const pdf = await write(paragraphs("Łukasz"));
  expect(pdf.length).toBeLessThan(12_000);
  expect(fonts.regular.file.byteLength).toBeGreaterThan(600_000);
});

describe("pages", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => [`Row ${index + 1}`, `$${index + 1}.00`]);

  test("a long table goes on over pages, each with its headings, its foot and its number; no row is lost", async () => {
    const pages = printed(await read([table(rows(100))]));
    expect(pages.length).toBe(4);
    for (const [index, page] of pages.entries()) {
      expect(page[0]).toBe("What | Amount");
      expect(page.at(-1)).toBe(`At the foot | Page ${index + 1} of 4`);
    }
    expect(pages.flatMap((page) => page.slice(1, -1))).toEqual([
      ...rows(100).map((row) => row.join(" | ")),
      "Total | $1.00",
    ]);
  });

  test("a heading is never last on a page, whatever stands before it", async () => {
    for (let before = 20; before < 30; before++) {
      const blocks: PrintBlock[] = [
        table(rows(before)),
        { kind: "heading", text: "Announced" },
        table([["The first", ""]]),
      ];
      const page = printed(await read(blocks)).find((lines) => lines.includes("Announced")) ?? [];
      const at = page.indexOf("Announced");
      expect([before, page.slice(at, at + 3)]).toEqual([before, ["Announced", "What | Amount", "The first"]]);
    }
  });

  test("no line is wider than its place: it goes on in the next, within a word if it must", async () => {
    const long = `${"A name of several words ".repeat(20)}${"W".repeat(200)}`;
    const pdf = await read([
      { kind: "title", above: long, text: long },
      { kind: "facts", facts: [["A label of a fact", long]] },
      table([[long, "$99,999,999.99"]]),
    ]);
    const measures = {
      regular: readFont(fonts.regular.name, fonts.regular.file),
      bold: readFont(fonts.bold.name, fonts.bold.file),
    };
    for (const { text, face, size, left } of pdf.pages.flat()) {
      const font = face === "bold" ? measures.bold : measures.regular;
      const width = [...text].reduce((sum, letter) => sum + font.widthOf(font.glyphOf(letter.codePointAt(0) ?? 0)), 0);
      expect(left + (width * size) / 1000).toBeLessThanOrEqual(PAGE.width - PAGE.margin + 0.01);
    }
    expect(pdf.pages.flat().filter(({ text }) => text.startsWith("A name")).length).toBeGreaterThan(3);
  });

  test("amounts stand under one another, on the right", async () => {
    const pdf = await read([
      table(
        [
          ["a", "$1.00"],
          ["b", "$1,234.00"],
        ],
        ["", "$1.00"],
      ),
    ]);
    const font = readFont(fonts.regular.name, fonts.regular.file);
    const ends = (pdf.pages[0] ?? [])
      .filter(({ text, face }) => text.startsWith("$") && face === "regular")
      .map(
        ({ text, size, left }) =>
          left +
          ([...text].reduce((sum, letter) => sum + font.widthOf(font.glyphOf(letter.codePointAt(0) ?? 0)), 0) * size) /
            1000,
      );
    expect(ends).toHaveLength(2);
    expect(ends[0]).toBeCloseTo(ends[1] ?? 0, 2);
  });

  test("a document of nothing still has a page", async () => {
    expect(printed(await read([]))).toEqual([["At the foot | Page 1 of 1"]]);
  });
});
