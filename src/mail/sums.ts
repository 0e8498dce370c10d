import type { PaymentMethod } from "../money/payment-method.ts";
import type { Fact, Surroundings } from "./letter.ts";

type Around = Pick<Surroundings, "common" | "format">;

/** The dues as facts, unless there are none; with a donation, the donation and the total too. Cents. */
export function sums(base_subscription_cents: number, donation_cents: number, { common, format }: Around): Fact[] {
  const dues: Fact = [common("dues"), format.money(base_subscription_cents)];
  const donation: Fact = [common("donation"), format.money(donation_cents)];
  if (donation_cents === 0) return base_subscription_cents > 0 ? [dues] : [];
  if (base_subscription_cents === 0) return [donation];
  return [dues, donation, [common("total"), format.money(base_subscription_cents + donation_cents)]];
}

/** How something was paid, as a fact. */
export const howPaid = (payment_method: PaymentMethod, { common }: Around): Fact => [
  common("how_paid"),
  common(payment_method),
];

/** The last day of a term as a fact; none if it has no end. */
export const until = (label: string, term_end: string | null, { format }: Around): Fact[] =>
  term_end ? [[label, format.lastDay(term_end)]] : [];
