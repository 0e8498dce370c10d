/** A TrueType font. Lengths are in thousandths of the font size, as in PDF. */
export interface Font {
  /** Its PostScript name. */
  name: string;
  /** Its tables, by their four-letter tags: https://learn.microsoft.com/typography/opentype/spec/otff */
  tables: ReadonlyMap<string, DataView<ArrayBuffer>>;
  ascent: number;
  descent: number;
  /** The height of an H. */
  cap_height: number;
  /** The box that contains every glyph: left, bottom, right, top. */
  box: number[];
  /** The glyph of a code point, or 0, which shows as a box. */
  glyphOf(code_point: number): number;
  widthOf(glyph: number): number;
}

/** Reads a TrueType font. Throws if a table is missing, or the character map that covers all of Unicode. */
export function readFont(name: string, file: ArrayBuffer): Font {
  const tables = tablesOf(file);
  const table = (tag: string) => tableOf({ name, tables }, tag);
  const head = table("head");
  const hhea = table("hhea");
  const hmtx = table("hmtx");
  const last_width = hhea.getUint16(34) - 1;
  const thousandths = (units: number) => Math.round((units * 1000) / head.getUint16(18));
  const glyphOf = characterMap(name, table("cmap"));
  const outline_of_H = outlineOf({ name, tables }, glyphOf(0x48));
  return {
    name,
    tables,
    ascent: thousandths(hhea.getInt16(4)),
    descent: thousandths(hhea.getInt16(6)),
    cap_height: thousandths(outline_of_H.getInt16(8)),
    box: [36, 38, 40, 42].map((offset) => thousandths(head.getInt16(offset))),
    glyphOf,
    widthOf: (glyph) => thousandths(hmtx.getUint16(4 * Math.min(glyph, last_width))),
  };
}

function tablesOf(file: ArrayBuffer): Map<string, DataView<ArrayBuffer>> {
  const view = new DataView(file);
  const tables = new Map<string, DataView<ArrayBuffer>>();
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16) {
    const tag = String.fromCharCode(...new Uint8Array(file, entry, 4));
    tables.set(tag, new DataView(file, view.getUint32(entry + 8), view.getUint32(entry + 12)));
  }
  return tables;
}

/** A table of the font. Throws if it is missing. */
export function tableOf({ name, tables }: Pick<Font, "name" | "tables">, tag: string): DataView<ArrayBuffer> {
  const table = tables.get(tag);
  if (!table) throw new Error(`The font ${name} has no table ${tag}`);
  return table;
}

/** The outline of a glyph. Empty for a space. */
export function outlineOf(font: Pick<Font, "name" | "tables">, glyph: number): DataView<ArrayBuffer> {
  const loca = tableOf(font, "loca");
  const glyf = tableOf(font, "glyf");
  const is_long = tableOf(font, "head").getInt16(50) === 1;
  const offset = (index: number) => (is_long ? loca.getUint32(4 * index) : 2 * loca.getUint16(2 * index));
  return new DataView(glyf.buffer, glyf.byteOffset + offset(glyph), offset(glyph + 1) - offset(glyph));
}

/** Format 12 covers code points above 65,535. We use only fonts that have it. */
const ALL_OF_UNICODE = 12;

function characterMap(name: string, cmap: DataView): Font["glyphOf"] {
  for (let entry = 4; entry < 4 + 8 * cmap.getUint16(2); entry += 8) {
    const start = cmap.getUint32(entry + 4);
    if (cmap.getUint16(start) !== ALL_OF_UNICODE) continue;
    return (code_point) => {
      for (let group = start + 16; group < start + 16 + 12 * cmap.getUint32(start + 12); group += 12) {
        const first = cmap.getUint32(group);
        if (first <= code_point && code_point <= cmap.getUint32(group + 4))
          return cmap.getUint32(group + 8) + code_point - first;
      }
      return 0;
    };
  }
  throw new Error(`The font ${name} has no character map of format ${ALL_OF_UNICODE}`);
}
