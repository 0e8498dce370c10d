/**
 * Formats `1050, "usd"` as "$10.50". The amount is in the currency's smallest unit and stays an integer until it is
 * text.
 */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  const whole = BigInt(digits.slice(0, digits.length - decimals));
  const fraction = digits.slice(digits.length - decimals);
  const parts = format.formatToParts(whole).map(({ type, value }) => (type === "fraction" ? fraction : value));
  return `${amount < 0 ? "-" : ""}${parts.join("")}`;
}
