/**
 * The least that Stripe charges at once, in the smallest unit of each currency that has cents:
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const LEAST_CENTS: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

/** The least that one online payment may be, in cents. */
export const leastCents = (currency: string): number => LEAST_CENTS[currency] ?? 50;

/** The most that one payment may be, in cents: Stripe takes eight digits. */
export const MOST_CENTS = 99_999_999;
