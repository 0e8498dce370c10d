import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Font } from "../../src/pdf/font.ts";
import { FONTS } from "../../src/pdf/fonts.ts";
import type { Fonts } from "../../src/pdf/pdf.ts";

const { resolve } = createRequire(import.meta.url);

async function read(name: string): Promise<{ name: string; file: ArrayBuffer }> {
  const bytes = await readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  return { name, file: new Uint8Array(bytes).buffer };
}

/** The fonts as the Worker finds them among its static files. */
export const fonts: Fonts = { regular: await read(FONTS.regular), bold: await read(FONTS.bold) };

/** The tables of a font file, wherever it says they are. */
export function tablesOf(file: Uint8Array<ArrayBuffer>): Pick<Font, "name" | "tables"> {
  const view = new DataView(file.buffer);
  const tables = new Map<string, DataView<ArrayBuffer>>();
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16)
    tables.set(
      String.fromCharCode(...file.subarray(entry, entry + 4)),
      new DataView(file.buffer, view.getUint32(entry + 8), view.getUint32(entry + 12)),
    );
  return { name: "embedded", tables };
}
