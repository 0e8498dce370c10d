/** Something to print, as a PDF or from a web page. */
export interface PrintDocument {
  title: string;
  /** The BCP 47 tag, for screen readers. */
  language: string;
  author: string;
  /** An instant. */
  created_at: string;
  /** Above the title. Null: the name of the organization is there. */
  logo: PrintLogo | null;
  /** The color of titles, as `#rrggbb`. */
  colour: string;
  blocks: PrintBlock[];
  /** A PDF shows it at the bottom of each page, before the page number. A web page shows it at the end. */
  footer: string;
}

/** A logo: a PDF holds its JPEG, and a web page shows what is at its address. */
export interface PrintLogo {
  url: string;
  jpeg: Uint8Array<ArrayBuffer> | null;
}

/** A part of a document. Paragraphs and the values of facts can have several lines. */
export type PrintBlock =
  | { kind: "title"; above: string; text: string }
  | { kind: "heading" | "paragraph"; text: string }
  | { kind: "facts"; facts: [label: string, value: string][] }
  | { kind: "table"; columns: Column[]; rows: string[][]; total: string[] };

/** A column of a table. */
export interface Column {
  heading: string;
  /** Its width in a PDF, as a share of the content width. */
  share: number;
  /** Aligned to the right. */
  numeric?: true;
}
