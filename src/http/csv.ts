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
const FORMULA = /^(?=[=+\-@\t\r\n＝＋－＠])/;

/**
 * Where a spreadsheet that separates cells by semicolons or tabs begins another cell, in the middle of ours. Quotes do not
 * prevent that: as this spreadsheet sees it, they are not at the beginning of a cell.
 */
const FORMULA_INSIDE = /([;\t\r\n]"*)(?=[=+\-@＝＋－＠])/g;

/** Text that every spreadsheet reads as text, because an apostrophe comes before what it could take for a formula. */
export const inert = (text: string): string => text.replace(FORMULA, "'").replace(FORMULA_INSIDE, "$1'");

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "object") return decimalOf(cell.cents);
  if (typeof cell !== "string") return String(cell);
  const text = inert(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A record as RFC 4180 defines it, with its line break. */
export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(written).join(",")}\r\n`;

/**
 * A cell of a file that we wrote, without the apostrophes that {@link inert} put before what could be a formula. Other
 * text is left as it is.
 */
export const withoutApostrophes = (text: string): string =>
  text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, "").replaceAll(/([;\t\r\n]"*)'(?=[=+\-@＝＋－＠])/g, "$1");
