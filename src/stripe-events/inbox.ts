import { eq, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Outcome } from "../stripe/agreement.ts";
import { toInstant } from "../stripe/values.ts";
import { stripe_events } from "../tables/stripe-events.ts";
import { mailUnplacedPayment } from "./unplaced-notice.ts";

/** Events as {@link WebhookEvent} shows them. */
export const selectEvents = () => query.select().from(stripe_events);

export const selectEvent = (id: string) => selectEvents().where(eq(stripe_events.id, id));

/** Records an event, last in the transaction that applies it. If it came before, counts it and replaces its outcome. */
export function recordEvent(t: Plan, event: Stripe.Event, { status, reason, money }: Outcome): void {
  const { object } = event.data;
  t.effect(
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
  if (money) mailUnplacedPayment(t, event.id, money);
}
