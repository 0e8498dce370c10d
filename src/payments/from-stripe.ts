import { sql } from "drizzle-orm";
import type { Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import type { Outcome } from "./inbox.ts";

/**
 * What Stripe says, as statements: run in one transaction they make our rows agree with it. Doing it again changes
 * nothing, and an answer of Stripe older than the last one applied is passed over, so neither the order nor the number
 * of times matters.
 */
export interface Agreement {
  /** To be had of `effectsOf`, which ends the unpaid before. */
  effects: Silent[];
  /** What is written down about the event that was the occasion, if there was one. */
  outcome: Outcome;
  /** Subscriptions whose first payment the bank refused, and that Stripe would go on with. */
  unpaid: string[];
}

/**
 * The context of a question to Stripe: what it answers is as of this moment, not of when the request came in, and so newer
 * than what another request was told meanwhile.
 */
export const asking = (ctx: Context): Context => ({ ...ctx, now: ctx.clock() });

/** Nothing to do, and why. */
export const nothing = (status: "ignored" | "parked", reason: string): Agreement => ({
  effects: [],
  outcome: { status, reason },
  unpaid: [],
});

/** Several agreements as one: parked when one of them is, otherwise applied when one of them is. Null when there are none. */
export function together(agreements: Agreement[]): Agreement | null {
  if (agreements.length === 0) return null;
  const each = agreements.map(({ outcome: { status, reason } }) => sql`((${status})::text, (${reason})::text)`);
  const gravest = sql`from (values ${sql.join(each, sql`, `)}) as outcome (status, reason)
    order by array_position(array['parked', 'applied', 'ignored'], outcome.status), outcome.reason limit 1`;
  return {
    effects: agreements.flatMap(({ effects }) => effects),
    unpaid: agreements.flatMap(({ unpaid }) => unpaid),
    outcome: {
      status: sql`(select outcome.status ${gravest})`,
      reason: sql<string | null>`(select outcome.reason ${gravest})`,
    },
  };
}
