import { inflateSync } from "node:zlib";
import { expect } from "vitest";
import { PAGE } from "../../src/pdf/layout.ts";

export interface PrintedLine {
  text: string;
  /** Its glyphs, by number. */
  numbers: number[];
  /** The font, as the page names it. */
  face: string;
  size: number;
  left: number;
  base: number;
}

export interface ReadPdf {
  objects: Map<number, { dictionary: string; stream: Buffer | undefined }>;
  trailer: string;
  pages: PrintedLine[][];
  /** The embedded file of a font, as pages name it. */
  fontOf(face: string): Buffer;
}

/**
 * Parses one of our PDFs and checks that it is valid: the table locates every object, every stream has its declared
 * length, and the font's map gives every character a meaning.
 */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes);
  const text = file.toString("latin1");
  expect(text).toMatch(/^%PDF-1\.7\n/);
  const [, table = "", trailer = "", start] =
    /\nxref\n([\s\S]+)trailer\n([\s\S]+)\nstartxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
  expect(text.slice(Number(start), Number(start) + 5)).toBe("xref\n");
  const [count = "", free, ...entries] = table.replace(/\n$/, "").split("\n");
  expect([count, free]).toEqual([`0 ${entries.length + 1}`, "0000000000 65535 f "]);
  expect(trailer).toContain(`/Size ${entries.length + 1} `);

  const objects: ReadPdf["objects"] = new Map();
  for (const [index, entry] of entries.entries()) {
    expect(entry).toMatch(/^\d{10} 00000 n $/);
    const offset = Number.parseInt(entry, 10);
    const head = `${index + 1} 0 obj\n<< `;
    expect(text.slice(offset, offset + head.length)).toBe(head);
    const rest = text.slice(offset + head.length);
    const dictionary = rest.slice(0, rest.search(/ >>\n(endobj|stream)\n/));
    const begin = offset + head.length + dictionary.length + " >>\nstream\n".length;
    const length = /\/Filter \/FlateDecode \/Length (\d+)$/.exec(dictionary)?.[1];
    const end = begin + Number(length ?? 0);
    if (length !== undefined) expect(text.slice(end, end + 18)).toBe("\nendstream\nendobj\n");
    const stream = length === undefined ? undefined : inflateSync(file.subarray(begin, end));
    objects.set(index + 1, { dictionary, stream });
  }

  const of = (dictionary: string, name: string) => {
    const number = new RegExp(`/${name} \\[?(\\d+) 0 R`).exec(dictionary)?.[1];
    const found = objects.get(Number(number));
    if (!found) throw new Error(`${dictionary} has no ${name}`);
    return found;
  };
  const { dictionary: root } = of(trailer, "Root");
  const { dictionary: pages } = of(root, "Pages");
  const kids = /\/Kids \[([^\]]+)\]/.exec(pages)?.[1]?.match(/\d+(?= 0 R)/g) ?? [];
  expect(pages).toContain(`/Count ${kids.length} `);
  const meanings = new Map<string, Map<number, string>>();
  const meaningsOf = (face: string) => {
    const known = meanings.get(face) ?? toUnicode(of(of(pages, face).dictionary, "ToUnicode").stream);
    meanings.set(face, known);
    return known;
  };
  return {
    objects,
    trailer,
    pages: kids.map((kid) => {
      const page = objects.get(Number(kid))?.dictionary ?? "";
      return linesOf(of(page, "Contents").stream?.toString("latin1") ?? "", meaningsOf);
    }),
    fontOf: (face) =>
      of(of(of(of(pages, face).dictionary, "DescendantFonts").dictionary, "FontDescriptor").dictionary, "FontFile2")
        .stream ?? Buffer.alloc(0),
  };
}

const numbersOf = (hexadecimal: string): number[] =>
  (hexadecimal.match(/.{4}/g) ?? []).map((digits) => Number.parseInt(digits, 16));

function toUnicode(map: Buffer | undefined): Map<number, string> {
  const blocks = [...(map?.toString("latin1") ?? "").matchAll(/(\d+) beginbfchar\n([\s\S]*?)\nendbfchar/g)];
  const entries = blocks.flatMap(([, count, entries = ""]) => {
    const found = [...entries.matchAll(/^<(.{4})> <(.+)>$/gm)];
    expect(found).toHaveLength(Number(count));
    expect(found.length).toBeLessThanOrEqual(100);
    return found;
  });
  return new Map(
    entries.map(([, number = "", units = ""]) => [
      Number.parseInt(number, 16),
      String.fromCharCode(...numbersOf(units)),
    ]),
  );
}

function linesOf(content: string, meaningsOf: (face: string) => Map<number, string>): PrintedLine[] {
  const shown = [...content.matchAll(/\/(\w+) ([\d.]+) Tf ([\d.]+) ([\d.]+) Td <([0-9a-f]*)> Tj ET/g)];
  expect(shown.length).toBe(content.split(" Tj ").length - 1);
  return shown.map(([, face = "", size, left, base, letters = ""]) => {
    const numbers = numbersOf(letters);
    const text = numbers.map((number) => {
      const meaning = meaningsOf(face).get(number);
      if (meaning === undefined) throw new Error(`${face} has no meaning for ${number}`);
      return meaning;
    });
    const line = { text: text.join(""), numbers, face, size: Number(size), left: Number(left), base: Number(base) };
    expect(line.base).toBeGreaterThan(20);
    expect(line.base).toBeLessThan(PAGE.height - PAGE.margin);
    expect(line.left).toBeGreaterThanOrEqual(PAGE.margin);
    return line;
  });
}

/** The text of each page, line by line. Text side by side forms one line, from left to right. */
export const printed = ({ pages }: Pick<ReadPdf, "pages">): string[][] =>
  pages.map((lines) => {
    const rows = Map.groupBy(lines, ({ base }) => base);
    return [...rows.values()].map((row) =>
      row
        .toSorted((one, other) => one.left - other.left)
        .flatMap(({ text }) => (text ? [text] : []))
        .join(" | "),
    );
  });
