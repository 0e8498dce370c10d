import { type SQL, sql } from "drizzle-orm";

/** Integer cents as a plain decimal, `-1234.50`. Built as text, because money never becomes a floating-point number. */
export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Integer cents of a decimal with at most two places, as people write it: `15`, `15.5` or `15,50`. */
export function centsOf(amount: string): number {
  const [whole = "", part = ""] = amount.split(/[.,]/);
  return Number(whole + part.padEnd(2, "0"));
}

/** Integer cents as people read them, `$1,234.50`. */
export function formatCents(cents: number, currency: string, locale = "en-US"): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(
    decimalOf(cents) as Intl.StringNumericLiteral,
  );
}

/** The same as SQL, for a sentence whose amount only the database knows. Not for negative amounts. */
export function formattedCents(cents: SQL, currency: string): SQL {
  const [before, after] = formatCents(0, currency).split("0.00");
  return sql`(${before}::text || to_char(${cents} / 100.0, 'FM999,999,990.00') || ${after}::text)`;
}
