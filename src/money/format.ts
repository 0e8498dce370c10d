/** Integer cents as a plain decimal, `-1234.50`. Built as text, because money never becomes a floating-point number. */
export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Integer cents as people read them, `$1,234.50`. */
export function formatCents(cents: number, currency: string): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(
    decimalOf(cents) as Intl.StringNumericLiteral,
  );
}
