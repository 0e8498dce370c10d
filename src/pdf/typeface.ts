import type { Font } from "./font.ts";
import { hex, type PdfObject, type Reference, utf16 } from "./objects.ts";
import { subset } from "./subset.ts";
import { asWritten, printable } from "./text.ts";

/** A font in use. It remembers which characters a file uses, and embeds only those. */
export interface Typeface {
  font: Font;
  /** Whether it can show a text. If not, it draws a dot for each character that it lacks. */
  shows(text: string): boolean;
  /** The width of a text at a font size, in points. */
  widthOf(text: string, size: number): number;
  /** Turns a line into the operand of `Tj`. */
  encode(line: string): string;
  /** Adds its objects to the file. Returns the font that pages refer to. */
  embed(add: (object: PdfObject) => Reference): Reference;
}

/** Stands for a character that the font lacks. */
const DOT = "·";

/** Letters that change their shapes beside one another. We draw each letter by itself, so we do not draw these. */
const JOINED = /[\p{sc=Arab}\p{sc=Nkoo}]/u;

/**
 * Gives every character its own number, even if the font lacks it and shows a dot. So copying and searching always find
 * the original text.
 */
export function typeface(font: Font): Typeface {
  const numbers = new Map<string, number>();
  const numberOf = (character: string) => {
    const number = numbers.get(character) ?? numbers.size + 1;
    numbers.set(character, number);
    return number;
  };
  const ownGlyphOf = (character: string) => (JOINED.test(character) ? 0 : font.glyphOf(character.codePointAt(0) ?? 0));
  const glyphOf = (character: string) => ownGlyphOf(character) || ownGlyphOf(DOT);
  const widths = new Map<string, number>();
  const widthOf = (character: string) => {
    const width = widths.get(character) ?? font.widthOf(glyphOf(character));
    widths.set(character, width);
    return width;
  };
  return {
    font,
    shows: (text) => [...printable(text)].every((character) => ownGlyphOf(character) !== 0),
    widthOf: (text, size) => ([...text].reduce((width, character) => width + widthOf(character), 0) * size) / 1000,
    encode: (line) => `<${hex([...asWritten(line)].map(numberOf))}>`,
    embed(add) {
      const characters = [...numbers.keys()];
      const file = subset(font, [0, ...characters.map(glyphOf)]);
      const name = `/LOAFAA+${font.name}`;
      const descriptor = add({
        dictionary: [
          `/Type /FontDescriptor /FontName ${name} /Flags 4 /FontBBox [${font.box.join(" ")}] /ItalicAngle 0`,
          `/Ascent ${font.ascent} /Descent ${font.descent} /CapHeight ${font.cap_height} /StemV 80`,
          `/FontFile2 ${add({ dictionary: `/Length1 ${file.length}`, stream: file })}`,
        ].join(" "),
      });
      const glyphs = add({
        dictionary: [
          `/Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDToGIDMap /Identity`,
          "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
          `/DW ${font.widthOf(0)} /W [1 [${characters.map(widthOf).join(" ")}]] /FontDescriptor ${descriptor}`,
        ].join(" "),
      });
      const meanings = add({ dictionary: "", stream: toUnicode(characters) });
      return add({
        dictionary: `/Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${glyphs}] /ToUnicode ${meanings}`,
      });
    },
  };
}

/** The most entries that a block of a character map may have. */
const BLOCK = 100;

/** Maps each number to its character, for copying and searching. ISO 32000-1, 9.10.3 */
function toUnicode(characters: readonly string[]): string {
  const entries = characters.map((character, index) => `<${hex([index + 1])}> <${hex(utf16(character))}>`);
  const blocks = Array.from({ length: Math.ceil(entries.length / BLOCK) }, (_, index) =>
    entries.slice(index * BLOCK, (index + 1) * BLOCK),
  );
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
    "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`),
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ].join("\n");
}
