/**
 * The least that Stripe charges at once, in cents, where it is not 50:
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const LEAST_CENTS: Record<string, number> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};

/** The least that one online payment may be, in cents. */
export const leastCents = (currency: string): number => LEAST_CENTS[currency] ?? 50;

/** The most that one payment may be, in cents: Stripe takes eight digits. */
export const MOST_CENTS = 99_999_999;
