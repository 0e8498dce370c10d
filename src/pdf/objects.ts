/** A PDF object: its dictionary and its stream, which we write compressed. */
export interface PdfObject {
  dictionary: string;
  stream?: string | Uint8Array<ArrayBuffer>;
  /** A stream that is compressed already. */
  jpeg?: Uint8Array<ArrayBuffer>;
}

/** How an object refers to another. */
export type Reference = `${number} 0 R`;

const encoder = new TextEncoder();

/** Tells programs that transfer the file that it is binary. */
const NO_TEXT = new Uint8Array([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]);

/** A PDF file of these objects, numbered from `1 0 R`. ISO 32000-1, 7.5 */
export async function pdfFile(
  objects: readonly PdfObject[],
  { root, info }: { root: Reference; info: Reference },
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const write = (part: string | Uint8Array<ArrayBuffer>) => {
    const bytes = typeof part === "string" ? new Uint8Array(encoder.encode(part)) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  write("%PDF-1.7\n");
  write(NO_TEXT);
  const offsets: number[] = [];
  for (const [index, { dictionary, stream, jpeg }] of objects.entries()) {
    const compressed = jpeg ?? (stream && (await deflate(stream)));
    offsets.push(length);
    write(`${index + 1} 0 obj\n<< ${dictionary}`);
    if (compressed) {
      write(` /Filter /${jpeg ? "DCTDecode" : "FlateDecode"} /Length ${compressed.length} >>\nstream\n`);
      write(compressed);
      write("\nendstream\nendobj\n");
    } else write(" >>\nendobj\n");
  }
  const table = length;
  write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) write(`${String(offset).padStart(10, "0")} 00000 n \n`);
  write(`trailer\n<< /Size ${objects.length + 1} /Root ${root} /Info ${info} >>\nstartxref\n${table}\n%%EOF\n`);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const deflate = async (content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer(),
  );

/** Four hexadecimal digits per number. */
export const hex = (numbers: readonly number[]): string =>
  numbers.map((number) => number.toString(16).padStart(4, "0")).join("");

/** The UTF-16 code units of a text. */
export const utf16 = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

/** A text string in UTF-16 with its byte order mark. ISO 32000-1, 7.9.2.2 */
export const textString = (text: string): string => `<feff${hex(utf16(text))}>`;

/** An instant as a date string. ISO 32000-1, 7.9.4 */
export const dateString = (instant: string): string =>
  `(D:${new Date(instant).toISOString().replaceAll(/\D/g, "").slice(0, 14)}Z)`;
