import type { Context } from "../http/context.ts";
import { formatCents } from "../money/format.ts";

interface Dues {
  plan: string;
  base_subscription_cents: number;
  donation_cents: number;
  confirmed: boolean;
}

interface Donation {
  amount_cents: number;
  confirmed: boolean;
}

export function aboutDues(
  { plan, base_subscription_cents, donation_cents, confirmed }: Dues,
  { settings }: Context,
): string {
  const money = (cents: number) => formatCents(cents, settings.CURRENCY);
  const gift = donation_cents > 0 ? `\nDonation: ${money(donation_cents)}` : "";
  const next = confirmed
    ? "Your payment is confirmed and your membership is active. We are emailing you a receipt. There is nothing else to do."
    : "As soon as your payment is confirmed, your membership becomes active and we email you a receipt. If you pay from a bank account, this takes a few days. There is nothing else to do.";
  const dues = base_subscription_cents > 0 ? `Dues (${plan}): ${money(base_subscription_cents)}` : plan;
  return `${dues}${gift}\n\n${next}`;
}

export function aboutDonation({ amount_cents, confirmed }: Donation, { settings }: Context): string {
  const next = confirmed
    ? "Your donation has arrived, and we are emailing you a receipt. You make our work possible."
    : "As soon as your donation is confirmed, we email you a receipt. If you pay from a bank account, this takes a few days. You make our work possible.";
  return `Donation: ${formatCents(amount_cents, settings.CURRENCY)}\n\n${next}`;
}
