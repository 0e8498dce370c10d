/** Stripe counts seconds since 1970. */
export const toInstant = (seconds: number) => new Date(seconds * 1000).toISOString();

/** The id of what Stripe gives as an id or, expanded, as the object. */
export const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === "object" ? (reference?.id ?? null) : (reference ?? null);
