import type { Fonts } from "./document.ts";

/**
 * DejaVu, for its letters: Latin with all its marks, Greek, Cyrillic, Armenian, Georgian, Hebrew. Each is a file among
 * the Worker's static ones, which nobody else can ask for: src/app.ts serves the documentation's and no others.
 */
export const FONTS = { regular: "DejaVuSansCondensed", bold: "DejaVuSansCondensed-Bold" };

/** The fonts of a document, read from our own static files. */
export async function loadFonts(assets: Fetcher): Promise<Fonts> {
  const [regular, bold] = await Promise.all([load(assets, FONTS.regular), load(assets, FONTS.bold)]);
  return { regular, bold };
}

async function load(assets: Fetcher, name: string): Promise<{ name: string; file: ArrayBuffer }> {
  // The host is of no meaning: the binding looks at the path.
  const answer = await assets.fetch(`https://assets.invalid/fonts/${name}.ttf`);
  if (!answer.ok) throw new Error(`The font ${name} is not among the static files: ${answer.status}`);
  return { name, file: await answer.arrayBuffer() };
}
