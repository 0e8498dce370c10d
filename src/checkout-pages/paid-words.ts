import type { Context } from "../http/context.ts";
import { pageWords } from "../http/page-words.ts";
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
  const say = pageWords();
  const money = (cents: number) => formatCents(cents, settings.CURRENCY);
  const gift = donation_cents > 0 ? `\n${say("donation_paid", { amount: money(donation_cents) })}` : "";
  const dues = base_subscription_cents > 0 ? say("dues_paid", { plan, amount: money(base_subscription_cents) }) : plan;
  return `${dues}${gift}\n\n${say(confirmed ? "dues_confirmed" : "dues_on_their_way")}`;
}

export function aboutDonation({ amount_cents, confirmed }: Donation, { settings }: Context): string {
  const say = pageWords();
  const paid = say("donation_paid", { amount: formatCents(amount_cents, settings.CURRENCY) });
  return `${paid}\n\n${say(confirmed ? "donation_confirmed" : "donation_on_its_way")}`;
}
