/** Integer cents as people read them, `$1,234.50`. The decimal is made as text: no floating point touches money. */
export function formatCents(cents: number, currency: string): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const decimal = `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(decimal as Intl.StringNumericLiteral);
}
