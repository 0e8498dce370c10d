import * as z from "zod";
import { HOW_PAID, type PaymentMethod } from "../ledger/payment-method.ts";
import { formatCents } from "../money.ts";
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

/** What something is called at Stripe, as a fact for volunteers. */
export const atStripe = (stripe_id: string): [string, string] => ["At Stripe", stripe_id];

/** What mails to volunteers hold of money that goes back, or should. Cents; those that wait from before have no id. */
export const Reversed = z.object({
  amount_cents: z.int(),
  payment_kind: z.enum(["dues", "donation"]),
  stripe_id: z.string().optional(),
});

/** The same as facts. */
export const reversed = (
  { amount_cents, payment_kind, stripe_id }: z.infer<typeof Reversed>,
  currency: string,
): [string, string][] => [
  ["Amount", formatCents(amount_cents, currency)],
  ["Paid for", PAYMENT_KIND[payment_kind]],
  ...(stripe_id ? [atStripe(stripe_id)] : []),
];

/** How something was paid, as a fact. */
export const howPaid = (payment_method: PaymentMethod): [string, string] => ["Payment", HOW_PAID[payment_method]];

/** The last day of what ends at this instant: of a term that ends at midnight, the day before. */
export const lastDay = (instant: string): string => day(new Date(Date.parse(instant) - 1).toISOString());

/** How long the term lasts, as a fact under such a label; none where it has no end. */
export const until = (label: string, term_end: string | null): [string, string][] =>
  term_end ? [[label, lastDay(term_end)]] : [];
