import { describe, expect, test } from "vitest";
import { type Font, outlineOf, readFont, tableOf } from "../../src/pdf/font.ts";
import { subset } from "../../src/pdf/subset.ts";
import { fonts, tablesOf } from "./fonts.ts";

const font = readFont(fonts.regular.name, fonts.regular.file);
const glyph = (letter: string) => font.glyphOf(letter.codePointAt(0) ?? 0);

const bytes = ({ buffer, byteOffset, byteLength }: DataView) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("hex");

/** The glyphs that one is made of; none of one that is drawn by itself. */
function partsOf(from: Pick<Font, "name" | "tables">, number: number): number[] {
  const outline = outlineOf(from, number);
  if (outline.byteLength === 0 || outline.getInt16(0) >= 0) return [];
  const parts: number[] = [];
  for (let at = 10, more = true; more; ) {
    const flags = outline.getUint16(at);
    parts.push(outline.getUint16(at + 2));
    at += (flags & 1 ? 8 : 6) + (flags & 0x8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
    more = (flags & 0x20) !== 0;
  }
  return parts;
}

/** How a glyph looks: its outline, or those of its parts, all the way down. */
const looks = (from: Pick<Font, "name" | "tables">, number: number): string[] => {
  const parts = partsOf(from, number);
  return parts.length === 0 ? [bytes(outlineOf(from, number))] : parts.flatMap((part) => looks(from, part));
};

describe("a font of some of the glyphs of another", () => {
  const letters = [..."aŁễ ґ"];
  const kept = [0, ...letters.map(glyph)];
  const made = tablesOf(subset(font, kept));

  test("numbers them by their place, and draws and measures them the same", () => {
    expect(kept.map((number) => partsOf(font, number).length).some((count) => count > 1)).toBe(true);
    for (const [index, number] of kept.entries()) {
      expect(looks(made, index)).toEqual(looks(font, number));
      const measure = tableOf(made, "hmtx");
      const original = tableOf(font, "hmtx");
      expect([measure.getUint16(4 * index), measure.getInt16(4 * index + 2)]).toEqual([
        original.getUint16(4 * number),
        original.getInt16(4 * number + 2),
      ]);
    }
  });

  test("holds those, their parts, and no other", () => {
    const all = new Set<number>();
    const collect = (number: number) => {
      all.add(number);
      partsOf(font, number).forEach(collect);
    };
    kept.forEach(collect);
    const count = tableOf(made, "maxp").getUint16(4);
    expect(count).toBe(all.size);
    expect(tableOf(made, "hhea").getUint16(34)).toBe(count);
    expect(tableOf(made, "loca").byteLength).toBe(4 * count + 4);
    expect(tableOf(made, "loca").getUint32(4 * count)).toBe(tableOf(made, "glyf").byteLength);
  });

  test("a glyph may be there twice, under two numbers", () => {
    const twice = tablesOf(subset(font, [0, glyph("a"), glyph("a"), 0]));
    expect(looks(twice, 1)).toEqual(looks(twice, 2));
    expect(looks(twice, 0)).toEqual(looks(twice, 3));
  });
});

test("a file that is no font is refused", () => {
  expect(() => readFont("nothing", new ArrayBuffer(12))).toThrow("The font nothing has no table head");
});
