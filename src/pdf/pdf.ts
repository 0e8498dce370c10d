import { pageWords } from "../http/page-words.ts";
import { readFont } from "./font.ts";
import { type JpegFacts, jpegFacts } from "./jpeg.ts";
import { CONTENT_WIDTH, FAINT, type Faces, PAGE, row, type Strip, stripsOf } from "./layout.ts";
import { dateString, type PdfObject, pdfFile, type Reference, textString } from "./objects.ts";
import type { PrintDocument } from "./print-document.ts";
import { typeface } from "./typeface.ts";

/** The two fonts of a document. */
export type Fonts = Record<keyof Faces, { name: string; file: ArrayBuffer }>;

/**
 * A PDF that embeds the parts of its fonts that it needs. Its text can be copied and searched. A character that the fonts
 * lack shows as a dot, with a line below that says so. The same document always gives the same bytes.
 */
export async function writePdf(document: PrintDocument, fonts: Fonts): Promise<Uint8Array<ArrayBuffer>> {
  const faces: Faces = {
    regular: typeface(readFont(fonts.regular.name, fonts.regular.file)),
    bold: typeface(readFont(fonts.bold.name, fonts.bold.file)),
  };
  const jpeg = document.logo?.jpeg;
  const logo = jpeg ? jpegFacts(jpeg) : null;
  const strips = [
    ...(logo ? [logoStrip(logo)] : []),
    ...document.blocks.flatMap((block) => stripsOf(faces, document.colour, block)),
  ];
  const sheets = paginated(strips).map((drawn, index, { length }) =>
    [
      drawn,
      footer(faces, document.footer, pageWords()("page_of", { page: String(index + 1), pages: String(length) })),
    ].join("\n"),
  );

  const objects: PdfObject[] = [];
  const add = (object: PdfObject): Reference => `${objects.push(object)} 0 R`;
  // The page tree and its pages refer to each other, so reserve its number now and write it last.
  const pages = add({ dictionary: "" });
  const used = `/regular ${faces.regular.embed(add)} /bold ${faces.bold.embed(add)}`;
  const image = logo && jpeg && ` /XObject << /logo ${add(imageOf(logo, jpeg))} >>`;
  const kids = sheets.map((sheet) => {
    const contents = add({ dictionary: "", stream: sheet });
    return add({ dictionary: `/Type /Page /Parent ${pages} /Contents ${contents}` });
  });
  objects[0] = {
    dictionary: `/Type /Pages /Count ${kids.length} /Kids [${kids.join(" ")}] /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << ${used} >>${image ?? ""} >>`,
  };
  const root = add({
    dictionary: `/Type /Catalog /Pages ${pages} /Lang ${textString(document.language)} /ViewerPreferences << /DisplayDocTitle true >>`,
  });
  const created = dateString(document.created_at);
  const info = add({
    dictionary: `/Title ${textString(document.title)} /Author ${textString(document.author)} /CreationDate ${created} /ModDate ${created}`,
  });
  return pdfFile(objects, { root, info });
}

/** At most as large as this, in points. */
const LOGO = { width: 180, height: 40 };
const BELOW_LOGO = 12;

function logoStrip({ width, height }: JpegFacts): Strip {
  const scale = Math.min(LOGO.width / width, LOGO.height / height);
  const [wide, tall] = [width * scale, height * scale].map((points) => points.toFixed(2));
  return {
    height: height * scale + BELOW_LOGO,
    draw: (top) => `q ${wide} 0 0 ${tall} ${PAGE.margin} ${(top - height * scale).toFixed(2)} cm /logo Do Q`,
  };
}

const imageOf = ({ width, height, colours }: JpegFacts, jpeg: Uint8Array<ArrayBuffer>): PdfObject => ({
  dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${colours} /BitsPerComponent 8`,
  jpeg,
});

const FOOTER_SIZE = 8;
const FOOTER_TOP = PAGE.margin - 14;
const NUMBER_WIDTH = 80;

function footer(faces: Faces, text: string, number: string): string {
  const style = { size: FOOTER_SIZE, colour: FAINT };
  const left = CONTENT_WIDTH - NUMBER_WIDTH;
  return row(faces, [
    { ...style, text, left: 0, width: left },
    { ...style, text: number, left, width: NUMBER_WIDTH, numeric: true },
  ]).draw(FOOTER_TOP);
}

const TOP = PAGE.height - PAGE.margin;

/** The operators of each page. Assumes that no strip is taller than a page. */
function paginated(strips: readonly Strip[]): string[] {
  const pages: string[][] = [[]];
  let top = TOP;
  const place = (strip: Strip) => {
    pages.at(-1)?.push(strip.draw(top));
    top -= strip.height;
  };
  for (const [index, strip] of strips.entries()) {
    const follows = strips.slice(index).findIndex(({ announces }) => !announces);
    const together = strips.slice(index, index + Math.max(follows, 0) + 1);
    const needed = together.reduce((height, each) => height + each.height, 0);
    if (top < TOP && top - needed < PAGE.margin) {
      pages.push([]);
      top = TOP;
      if (strip.under) place(strip.under);
    }
    place(strip);
  }
  return pages.map((drawn) => drawn.join("\n"));
}
