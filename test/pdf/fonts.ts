import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Fonts } from "../../src/pdf/document.ts";
import { FONTS } from "../../src/pdf/fonts.ts";

const { resolve } = createRequire(import.meta.url);

async function read(name: string): Promise<{ name: string; file: ArrayBuffer }> {
  const bytes = await readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  return { name, file: new Uint8Array(bytes).buffer };
}

/** The fonts as the Worker finds them among its static files. */
export const fonts: Fonts = { regular: await read(FONTS.regular), bold: await read(FONTS.bold) };
