import type { Fonts } from "./pdf.ts";

/**
 * DejaVu covers Latin with all its marks, Greek, Cyrillic, Armenian, Georgian and Hebrew. The files are static assets of
 * the Worker, but not public: src/app.ts serves only the documentation's.
 */
export const FONTS = { regular: "DejaVuSansCondensed", bold: "DejaVuSansCondensed-Bold" };

/** The fonts of a document, from our static assets. */
export async function loadFonts(assets: Fetcher): Promise<Fonts> {
  const [regular, bold] = await Promise.all([load(assets, FONTS.regular), load(assets, FONTS.bold)]);
  return { regular, bold };
}

async function load(assets: Fetcher, name: string): Promise<Fonts["regular"]> {
  // The binding ignores the host.
  const answer = await assets.fetch(`https://assets.invalid/fonts/${name}.ttf`);
  if (!answer.ok) throw new Error(`The font ${name} is not among the static files: ${answer.status}`);
  return { name, file: await answer.arrayBuffer() };
}
