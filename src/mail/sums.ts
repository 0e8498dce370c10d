import { formatCents } from "../money.ts";
import { HOW_PAID, type PaymentMethod } from "../payments/payment-method.ts";
import { day } from "./letter.ts";

/** What a payment was for, as its payer and as others read it. */
export const WHAT = { dues: "Your dues", donation: "Your donation" };
export const PAYMENT_KIND = { dues: "Dues", donation: "A donation" };

/** A payment as facts: the dues, and where something was given on top of them, the donation and the total. Cents. */
export function sums(base_subscription_cents: number, donation_cents: number, currency: string): [string, string][] {
  const dues: [string, string] = ["Dues", formatCents(base_subscription_cents, currency)];
  if (donation_cents === 0) return [dues];
  return [
    dues,
    ["Donation", formatCents(donation_cents, currency)],
    ["Total", formatCents(base_subscription_cents + donation_cents, currency)],
  ];
}

/** What something is called at Stripe, as a fact for volunteers; mails that wait from before do not know it. */
export const atStripe = (stripe_id: string | undefined): [string, string][] =>
  stripe_id ? [["At Stripe", stripe_id]] : [];

/** How something was paid, as a fact. */
export const howPaid = (payment_method: PaymentMethod): [string, string] => ["Payment", HOW_PAID[payment_method]];

/** The last day of what ends at this instant: of a term that ends at midnight, the day before. */
export const lastDay = (instant: string): string => day(new Date(Date.parse(instant) - 1).toISOString());

/** How long the term lasts, as a fact under such a label; none where it has no end. */
export const until = (label: string, term_end: string | null): [string, string][] =>
  term_end ? [[label, lastDay(term_end)]] : [];
