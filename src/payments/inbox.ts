import { type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { effect, one, query, type Silent, type Yielding } from "../database/statements.ts";
import { toInstant } from "../stripe/values.ts";
import { stripe_events } from "./tables.ts";
import { type Money, unplacedNotice } from "./unplaced-notice.ts";

/** What became of an event; SQL where only the transaction itself can tell. */
export interface Outcome {
  status: "applied" | "ignored" | "parked" | SQL<string>;
  reason: string | SQL<string | null> | null;
  /** What came in, where it did: of what cannot be placed somebody is told. */
  money?: Money | undefined;
}

/** Applied, unless something that the transaction then finds speaks against it: parked, with that reason. */
export const outcomeOf = (reason: SQL, money?: Money): Outcome => ({
  money,
  status: sql`case when (${reason}) is null then 'applied' else 'parked' end`,
  reason: sql<string | null>`${reason}`,
});

/** An outcome, once its transaction has told. */
interface Verdict extends Record<string, unknown> {
  status: "applied" | "ignored" | "parked";
  reason: string | null;
}

/** What became of an agreement where no event is claimed, behind its effects. */
export const verdict = ({ status, reason }: Outcome): Yielding<Verdict> =>
  one(query.execute<Verdict>(sql`select (${status})::text as status, (${reason})::text as reason`));

/** Claims an event, last in the transaction that applies it. When it came before, it is counted and judged again. */
export function record(event: Stripe.Event, { status, reason, money }: Outcome): Silent[] {
  const { object } = event.data;
  const claim = effect(
    query
      .insert(stripe_events)
      .values({
        id: event.id,
        type: event.type,
        object_id: "id" in object && typeof object.id === "string" ? object.id : null,
        status: sql`${status}`,
        reason: sql`${reason}`,
        stripe_created_at: toInstant(event.created),
      })
      .onConflictDoUpdate({
        target: stripe_events.id,
        set: {
          deliveries: sql`${stripe_events.deliveries} + 1`,
          status: sql`excluded.status`,
          reason: sql`excluded.reason`,
        },
      }),
  );
  return money ? [claim, unplacedNotice(event.id, money)] : [claim];
}
