import { and, eq, inArray, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { holdersOf } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Outcome } from "../stripe/agreement.ts";
import { toInstant } from "../stripe/values.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { stripe_events } from "../tables/stripe-events.ts";

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
  mailUnplacedPayment(t, { status, reason, money });
}

/**
 * If money came in that nothing of ours could take, tells the volunteers who can look into it: once per payment, however many
 * events it has, and even if none came. A reason that names no row of ours is left out: another environment may use the same
 * Stripe account.
 */
export function mailUnplacedPayment(t: Plan, { status, reason, money }: Outcome): void {
  if (!money) return;
  const { payment_kind, stripe_id } = money;
  t.mail("payment_unplaced", {
    to: mailableAddress,
    user_id: users.id,
    data: {
      payment_kind: sql<typeof payment_kind>`${payment_kind}::text`,
      stripe_id: sql<string>`${stripe_id}::text`,
      reason: sql<string>`outcome.reason`,
    },
    from: sql`from (select (${status})::text as status, (${reason})::text as reason) as outcome join ${users} on ${and(
      eq(users.status, "active"),
      inArray(users.id, holdersOf("settings.audit", "donations.refund")),
    )} where outcome.status = 'parked' and outcome.reason not like 'no such %'`,
    once: sql`${`payment_unplaced:${stripe_id}:`} || ${users.id}`,
  });
}
