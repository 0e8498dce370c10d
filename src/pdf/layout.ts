import { pageWords } from "../http/page-words.ts";
import type { PrintBlock } from "./print-document.ts";
import { wrap } from "./text.ts";
import type { Typeface } from "./typeface.ts";

/** US Letter, in points. Its content also fits on A4. */
export const PAGE = { width: 612, height: 792, margin: 56 };
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;

const INK = "#2b2430";
export const FAINT = "#6f6677";
const RULE = "#cfc8d4";

const SIZE = 9.5;
const LEADING = 1.4;
const PADDING = 4;
/** The width of a fact's label, as a share of the content width. */
const LABEL_SHARE = 0.2;

export type Faces = Record<"regular" | "bold", Typeface>;

/** A part that never breaks across pages: a line, or a row of a table. */
export interface Strip {
  height: number;
  /** The operators that draw it, given its upper edge. */
  draw(top: number): string;
  /** Introduces what follows, so it is never last on a page. */
  announces?: true;
  /** Repeated above this strip if it is first on a page. */
  under?: Strip;
}

interface Cell {
  text: string;
  /** From the left margin. */
  left: number;
  width: number;
  face?: keyof Faces;
  size?: number;
  colour?: string;
  numeric?: true | undefined;
}

/** The strips of a block. `colour` is the `#rrggbb` of titles. */
export function stripsOf(faces: Faces, colour: string, block: PrintBlock): Strip[] {
  const whole = { left: 0, width: CONTENT_WIDTH };
  switch (block.kind) {
    case "title":
      return [
        row(faces, [{ ...whole, text: block.above, face: "bold", size: 11, colour }]),
        row(faces, [{ ...whole, text: block.text, face: "bold", size: 20 }]),
        { height: 18, draw: (top) => rule(top - 6, 1.5, colour) },
        ...note(faces, "bold", [block.above, block.text], pageWords()("the_title")),
      ];
    case "heading":
      return [
        { ...space(12), announces: true },
        { ...row(faces, [{ ...whole, text: block.text, face: "bold", size: 12, colour }]), announces: true },
        { ...space(3), announces: true },
      ];
    case "paragraph":
      return [
        ...block.text.split("\n").map((text) => row(faces, [{ ...whole, text }])),
        ...note(faces, "regular", [block.text], pageWords()("this_paragraph")),
        space(6),
      ];
    case "facts":
      return [...block.facts.flatMap(([label, value]) => fact(faces, label, value)), space(6)];
    case "table":
      return table(faces, block);
  }
}

const space = (height: number): Strip => ({ height, draw: () => "" });

const VALUE_LEFT = CONTENT_WIDTH * LABEL_SHARE;
const VALUE = { left: VALUE_LEFT, width: CONTENT_WIDTH - VALUE_LEFT };

function fact(faces: Faces, label: string, value: string): Strip[] {
  const lines = value.split("\n").map((text, index) =>
    row(faces, [
      { text: index === 0 ? label : "", left: 0, width: VALUE_LEFT - PADDING, colour: FAINT },
      { text, ...VALUE },
    ]),
  );
  return [...lines, ...note(faces, "regular", [value], `“${label}”`, VALUE)];
}

/** A note that names this part, if any of these texts has a character that the font lacks. */
function note(
  faces: Faces,
  face: keyof Faces,
  texts: string[],
  part: string,
  place: Pick<Cell, "left" | "width"> = { left: 0, width: CONTENT_WIDTH },
): Strip[] {
  if (texts.every(faces[face].shows)) return [];
  const text = pageWords()("not_every_character", { part });
  return [row(faces, [{ ...place, text, size: 8, colour: FAINT }])];
}

function table(faces: Faces, { columns, rows, total }: Extract<PrintBlock, { kind: "table" }>): Strip[] {
  const cells = (texts: string[], style: Pick<Cell, "face" | "size" | "colour">): Cell[] => {
    let left = 0;
    return columns.map(({ share, numeric }, index) => {
      const width = CONTENT_WIDTH * share;
      left += width;
      return { text: texts[index] ?? "", left: left - width, width: width - PADDING, numeric, ...style };
    });
  };
  const headings = columns.map(({ heading }) => heading);
  const head: Strip = {
    ...ruled(row(faces, cells(headings, { face: "bold", size: 8.5, colour: FAINT })), 0.8, FAINT),
    announces: true,
  };
  return [
    head,
    ...rows.map((texts) => ({ ...ruled(row(faces, cells(texts, {})), 0.4, RULE), under: head })),
    { ...ruled(row(faces, cells(total, { face: "bold" })), 0.8, FAINT), under: head },
    space(6),
  ];
}

/** The strip with padding and a line below. */
const ruled = (strip: Strip, thickness: number, colour: string): Strip => ({
  height: strip.height + 2 * PADDING,
  draw: (top) => `${strip.draw(top - PADDING)}\n${rule(top - strip.height - 2 * PADDING, thickness, colour)}`,
});

/** Cells side by side, as tall as the tallest. */
export function row(faces: Faces, cells: readonly Cell[]): Strip {
  const broken = cells.map(({ text, width, face = "regular", size = SIZE, colour = INK, left, numeric }) => {
    const { widthOf } = faces[face];
    const lines = wrap(text, width, (line) => widthOf(line, size));
    return { lines, left: (line: string) => left + (numeric ? width - widthOf(line, size) : 0), face, size, colour };
  });
  return {
    height: Math.max(...broken.map(({ lines, size }) => lines.length * size * LEADING)),
    draw: (top) =>
      broken
        .flatMap(({ lines, left, face, size, colour }) =>
          lines.map((line, index) => {
            // Center the letters vertically in their line.
            const middle = top - (index + 0.5) * size * LEADING;
            const base = middle - (faces[face].font.cap_height * size) / 2000;
            return `BT ${ink(colour, "rg")} /${face} ${size} Tf ${points(PAGE.margin + left(line))} ${points(base)} Td ${faces[face].encode(line)} Tj ET`;
          }),
        )
        .join("\n"),
  };
}

const rule = (height: number, thickness: number, colour: string) =>
  `${ink(colour, "RG")} ${thickness} w ${PAGE.margin} ${points(height)} m ${PAGE.width - PAGE.margin} ${points(height)} l S`;

/** Sets the color of text (`rg`) or of lines (`RG`). */
const ink = (colour: string, operator: "rg" | "RG") =>
  `${[1, 3, 5].map((at) => points(Number.parseInt(colour.slice(at, at + 2), 16) / 255)).join(" ")} ${operator}`;

/** A length without an exponent: PDF does not allow one. */
const points = (length: number) => String(Number(length.toFixed(3)));
