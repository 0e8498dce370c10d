/** What our checkouts mark the products of a Stripe subscription or payment with, in their metadata's `part`. */
export const DUES_PART = "dues";
export const DONATION_PART = "donation";
