import { invalidInput, Refusal } from "../../http/errors.ts";

/** The largest file, in bytes. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** The most people in one file. */
export const MOST_ROWS = 20_000;
/** The most columns, and the longest row in bytes. */
const MOST_COLUMNS = 200;
const LONGEST_ROW = 64 * 1024;

/** How far into a file its first line may end. */
const LONGEST_HEADER = 64 * 1024;

const SEPARATORS = [",", ";", "\t"] as const;

interface CsvFile {
  separator: string;
  /** The cells of each row with its number, as a spreadsheet counts. Row 1 is the header. Empty lines are left out. */
  rows: AsyncGenerator<{ row: number; cells: string[] }, void>;
}

const wrongFile = (message: string) =>
  invalidInput([{ path: "file", message }], "The file cannot be read. See `errors`.");

/** Reads a CSV file while it comes in. 400 if it is not one. */
export async function readCsv(stream: AsyncIterable<Uint8Array>): Promise<CsvFile> {
  // Few requests need it.
  const { parse } = await import("csv-parse/stream");
  const text = textOf(stream);
  let head = "";
  for (;;) {
    const { done, value } = await text.next();
    if (done) break;
    head += value;
    if (firstLineOf(head) !== undefined || head.length > LONGEST_HEADER) break;
  }
  const separator = separatorOf(firstLineOf(head) ?? head);
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  }) as TransformStream<Uint8Array, string[]>;
  return { separator, rows: rowsOf(parser, head, text) };
}

async function* rowsOf(
  { readable, writable }: TransformStream<Uint8Array, string[]>,
  head: string,
  text: AsyncGenerator<string, void>,
): CsvFile["rows"] {
  let failure: unknown;
  const written = writeAll(writable, head, text).catch((error: unknown) => {
    failure = error;
  });
  let row = 0;
  let people = 0;
  try {
    for await (const cells of readable) {
      row += 1;
      if (cells.every((cell) => cell.trim() === "")) continue;
      if (cells.length > MOST_COLUMNS) throw wrongFile(`must have at most ${MOST_COLUMNS} columns`);
      people += row === 1 ? 0 : 1;
      if (people > MOST_ROWS) throw wrongFile(`must have at most ${MOST_ROWS} rows besides the header`);
      yield { row, cells };
    }
  } catch (error) {
    throw failure ?? asRefusal(error, row);
  }
  await written;
  if (failure) throw failure;
}

async function writeAll(writable: WritableStream<Uint8Array>, head: string, text: AsyncGenerator<string, void>) {
  const encoder = new TextEncoder();
  const writer = writable.getWriter();
  try {
    await writer.write(encoder.encode(head));
    for await (const part of text) await writer.write(encoder.encode(part));
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

/** What csv-parse says, in words for people. */
function asRefusal(error: unknown, row: number): unknown {
  if (error instanceof Refusal || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "CSV_QUOTE_NOT_CLOSED") return wrongFile(`has a quote after row ${row} that is never closed`);
  if (code === "CSV_MAX_RECORD_SIZE")
    return wrongFile(
      `has more than ${LONGEST_ROW / 1024} KiB in one row after row ${row}: a closing quote may be missing`,
    );
  return code.startsWith("CSV_") ? wrongFile(`is not valid CSV after row ${row}`) : error;
}

/** The file as text, which must be UTF-8. */
async function* textOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  for await (const chunk of stream) yield decoded(() => decoder.decode(chunk, { stream: true }));
  yield decoded(() => decoder.decode());
}

function decoded(read: () => string): string {
  try {
    return read();
  } catch {
    throw wrongFile('must be UTF-8: in Excel, save it as "CSV UTF-8"');
  }
}

/** Up to the first line break that is not within quotes. */
function firstLineOf(text: string): string | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && (text[at] === "\n" || text[at] === "\r")) return text.slice(0, at);
  }
  return undefined;
}

/** Which of the separators the header has most of, outside of quotes. */
function separatorOf(header: string): string {
  const plain = header.replaceAll(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((separator) => plain.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
