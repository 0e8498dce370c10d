import * as z from "zod";
import { formatCents } from "../money/format.ts";
import { HOW_PAID, type PaymentMethod } from "../money/payment-method.ts";
import { day } from "./letter.ts";

/** A row of a mail's facts: its label and its value. */
type Fact = [label: string, value: string];

/** What a payment was for, to the payer. */
export const PAID_FOR = { dues: "Your dues", donation: "Your donation" };

/** What a payment was for, to volunteers. */
export const PAYMENT_KIND = { dues: "Dues", donation: "A donation" };

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

/** The id at Stripe as a fact, for volunteers. */
export const atStripe = (stripe_id: string): Fact => ["At Stripe", stripe_id];

/** A refund or dispute, in mails to volunteers. Cents. Mails from before we had the id may still be waiting. */
export const Reversed = z.object({
  amount_cents: z.int(),
  payment_kind: z.enum(["dues", "donation"]),
  stripe_id: z.string().optional(),
});

/** A refund or dispute as facts. */
export const reversed = (
  { amount_cents, payment_kind, stripe_id }: z.infer<typeof Reversed>,
  currency: string,
): Fact[] => [
  ["Amount", formatCents(amount_cents, currency)],
  ["Paid for", PAYMENT_KIND[payment_kind]],
  ...(stripe_id ? [atStripe(stripe_id)] : []),
];

/** How something was paid, as a fact. */
export const howPaid = (payment_method: PaymentMethod): Fact => ["Payment", HOW_PAID[payment_method]];

/** The last day of what ends at this instant. If it ends at midnight UTC, that is the day before. */
export const lastDay = (instant: string): string => day(new Date(Date.parse(instant) - 1).toISOString());

/** The last day of a term as a fact; none if it has no end. */
export const until = (label: string, term_end: string | null): Fact[] => (term_end ? [[label, lastDay(term_end)]] : []);
