import { decimalOf } from "../money/format.ts";

/**
 * The value of a cell. A string may be something that somebody typed, so it is not trusted. Numbers, booleans and money
 * (in cents, written as a decimal) always come from us.
 */
export type Cell = string | number | boolean | null | { cents: number };

/** Excel reads a file as UTF-8 only if it begins with this. */
export const BYTE_ORDER_MARK = "\ufeff";

/**
 * Text that a spreadsheet may take for a formula begins with one of these. Only strings are checked, so a negative
 * number stays a number.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "object") return decimalOf(cell.cents);
  if (typeof cell !== "string") return String(cell);
  // After an apostrophe, every spreadsheet reads it as text.
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A record as RFC 4180 defines it, with its line break. */
export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(written).join(",")}\r\n`;

/** A row of a file, by field. */
export type CsvRow = Record<string, string | number | boolean | null>;

const CENTS = /_cents$/;

/** The first record: the name of every column. Money has two columns, such as `net_cents` and, as a decimal, `net`. */
export const csvHeader = (fields: readonly string[]): string =>
  csvRecord(fields.flatMap((field) => (CENTS.test(field) ? [field, field.replace(CENTS, "")] : [field])));

/** The records of some rows, in the order of the fields. */
export const csvRecords = (fields: readonly string[], rows: readonly CsvRow[]): string =>
  rows.map((row) => csvRecord(fields.flatMap((field) => cellsOf(field, row[field] ?? null)))).join("");

function cellsOf(field: string, value: CsvRow[string]): Cell[] {
  if (!CENTS.test(field)) return [value];
  return typeof value === "number" ? [value, { cents: value }] : [null, null];
}
