import { formatCents } from "../money/format.ts";
import { HOW_PAID, type PaymentMethod } from "../money/payment-method.ts";
import { lastDay } from "../time/format.ts";
import type { Fact } from "./letter.ts";

/** The dues as facts; with a donation, the donation and the total too. Cents. */
export function sums(base_subscription_cents: number, donation_cents: number, currency: string): Fact[] {
  const dues: Fact = ["Dues", formatCents(base_subscription_cents, currency)];
  if (donation_cents === 0) return [dues];
  return [
    dues,
    ["Donation", formatCents(donation_cents, currency)],
    ["Total", formatCents(base_subscription_cents + donation_cents, currency)],
  ];
}

/** How something was paid, as a fact. */
export const howPaid = (payment_method: PaymentMethod): Fact => ["Payment", HOW_PAID[payment_method]];

/** The last day of a term as a fact; none if it has no end. */
export const until = (label: string, term_end: string | null, time_zone: string): Fact[] =>
  term_end ? [[label, lastDay(term_end, time_zone)]] : [];
