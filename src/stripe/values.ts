/** Stripe gives instants as seconds since 1970. */
export const toInstant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** An instant as Stripe takes it: whole seconds since 1970, rounded down. */
export const toSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** The id of an object that Stripe gives either as its id or, expanded, as the object itself. */
export const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === "object" ? (reference?.id ?? null) : (reference ?? null);

/** What our checkouts mark the products of a Stripe subscription or payment with, in their metadata's `part`. */
export const DUES_PART = "dues";
export const DONATION_PART = "donation";
