import { type Font, outlineOf, tableOf } from "./font.ts";

/** The tables that the outlines' instructions refer to. */
const INSTRUCTIONS = ["cvt ", "fpgm", "prep"];

/**
 * A font with only these glyphs, numbered by their position in the list, followed by the parts that some of them are
 * made of. It has no character map: the PDF refers to its glyphs by number.
 */
export function subset(font: Font, glyphs: readonly number[]): Uint8Array<ArrayBuffer> {
  const kept = [...glyphs];
  const outlines: Uint8Array[] = [];
  // The list grows during the loop: each part of a glyph is added to it.
  for (const glyph of kept)
    outlines.push(
      withParts(outlineOf(font, glyph), (part) => (kept.includes(part) ? kept.indexOf(part) : kept.push(part) - 1)),
    );
  const glyf = concatenate(outlines.map(padded));
  const loca = new DataView(new ArrayBuffer(4 * kept.length + 4));
  let end = 0;
  for (const [index, outline] of outlines.entries()) {
    end += padded(outline).length;
    loca.setUint32(4 * index + 4, end);
  }

  const head = copyOf(tableOf(font, "head"));
  head.setInt16(50, 1); // 32-bit offsets
  head.setUint32(8, 0); // the file's checksum, which no PDF reader checks
  const maxp = copyOf(tableOf(font, "maxp"));
  maxp.setUint16(4, kept.length);
  const hhea = copyOf(tableOf(font, "hhea"));
  const measured = hhea.getUint16(34);
  hhea.setUint16(34, kept.length);
  const hmtx = new DataView(new ArrayBuffer(4 * kept.length));
  for (const [index, glyph] of kept.entries()) {
    const from = tableOf(font, "hmtx");
    hmtx.setUint16(4 * index, from.getUint16(4 * Math.min(glyph, measured - 1)));
    // Glyphs after the last listed width share it, but have their own side bearing.
    hmtx.setInt16(4 * index + 2, from.getInt16(glyph < measured ? 4 * glyph + 2 : 2 * (measured + glyph)));
  }
  return fontFile([
    ...INSTRUCTIONS.flatMap((tag): [string, Uint8Array][] => {
      const table = font.tables.get(tag);
      return table ? [[tag, bytesOf(table)]] : [];
    }),
    ["glyf", glyf],
    ["head", bytesOf(head)],
    ["hhea", bytesOf(hhea)],
    ["hmtx", bytesOf(hmtx)],
    ["loca", bytesOf(loca)],
    ["maxp", bytesOf(maxp)],
  ]);
}

const WORDS = 0x1;
const ONE_SCALE = 0x8;
const MORE_PARTS = 0x20;
const TWO_SCALES = 0x40;
const FOUR_SCALES = 0x80;

/** The outline, with the new numbers of the parts that it is made of, if any. */
function withParts(outline: DataView<ArrayBuffer>, renumbered: (part: number) => number): Uint8Array {
  const copy = copyOf(outline);
  if (copy.byteLength === 0 || copy.getInt16(0) >= 0) return bytesOf(copy);
  for (let at = 10, flags = MORE_PARTS; flags & MORE_PARTS; ) {
    flags = copy.getUint16(at);
    copy.setUint16(at + 2, renumbered(copy.getUint16(at + 2)));
    at += flags & WORDS ? 8 : 6;
    at += flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & FOUR_SCALES ? 8 : 0;
  }
  return bytesOf(copy);
}

/** A TrueType file of these tables, which must be sorted by tag. */
function fontFile(tables: [tag: string, content: Uint8Array][]): Uint8Array<ArrayBuffer> {
  const directory = new DataView(new ArrayBuffer(12 + 16 * tables.length));
  const power = Math.floor(Math.log2(tables.length));
  directory.setUint32(0, 0x00010000);
  directory.setUint16(4, tables.length);
  directory.setUint16(6, 16 * 2 ** power);
  directory.setUint16(8, power);
  directory.setUint16(10, 16 * (tables.length - 2 ** power));
  let offset = directory.byteLength;
  for (const [index, [tag, content]] of tables.entries()) {
    const entry = 12 + 16 * index;
    for (const [at, letter] of [...tag].entries()) directory.setUint8(entry + at, letter.charCodeAt(0));
    directory.setUint32(entry + 4, checksum(padded(content)));
    directory.setUint32(entry + 8, offset);
    directory.setUint32(entry + 12, content.length);
    offset += padded(content).length;
  }
  return concatenate([bytesOf(directory), ...tables.map(([, content]) => padded(content))]);
}

function checksum(words: Uint8Array): number {
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  let sum = 0;
  for (let at = 0; at < words.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const bytesOf = (view: DataView<ArrayBuffer>) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const copyOf = (view: DataView<ArrayBuffer>) => new DataView(bytesOf(view).slice().buffer);

/** Pads to a multiple of four bytes, where tables and outlines must begin. */
const padded = (bytes: Uint8Array): Uint8Array => concatenate([bytes, new Uint8Array(-bytes.length & 3)]);

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
