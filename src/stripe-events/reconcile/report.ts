import * as z from "zod";

/** What a round does, in this order. */
export const STAGES = ["events", "subscriptions", "checkouts", "refunds", "money", "customers", "balance"] as const;
export type Stage = (typeof STAGES)[number];

/** How far a round has come. The next run continues from here. */
export const RoundPosition = z.object({
  /** The round covers what happened from here … */
  since: z.iso.datetime(),
  /** … until here, which is when it began. */
  until: z.iso.datetime(),
  /** The stage to continue with, and the last object done in it. Null once the round is finished. */
  next: z.object({ stage: z.enum(STAGES), after: z.string().nullable() }).nullable(),
  /** Something failed, so the next round must cover the same time again. */
  incomplete: z.boolean(),
});
export type RoundPosition = z.infer<typeof RoundPosition>;

/** A row that differed from Stripe and was fixed: what its columns said before and say now. */
export interface Repair {
  kind: "event" | "subscription" | "checkout" | "refund" | "money";
  object_id: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Something that a person has to look at. */
export interface Concern {
  kind: Repair["kind"] | "customer" | "day";
  object_id: string;
  reason: string;
}

/** Money that only Stripe or only we know of, or in another amount. Cents, signed. */
export interface UnmatchedMovement {
  id: string;
  amount_cents: number;
  /** Stripe's type of balance transaction, or `ours` if Stripe has none. */
  type: string;
}

/** What came in and went out in a day (UTC), by our ledger and by Stripe's balance. Cents, before fees. */
export interface DayComparison {
  day: string;
  ours_cents: number;
  stripe_cents: number;
  /** Money on the same account that has nothing to do with us. */
  others_cents: number;
  unmatched: UnmatchedMovement[];
}

export interface ReconciliationReport extends RoundPosition {
  repaired: number;
  /** How many concerns there are. Each unmatched movement is one. */
  unexplained: number;
  repairs: Repair[];
  concerns: Concern[];
  days: DayComparison[];
  /** How many customers at Stripe got the name and address that the person has now. */
  customers_updated: number;
  [field: string]: unknown;
}
