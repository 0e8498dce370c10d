import { and, eq, inArray, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import type { ReceivedMoney } from "../stripe/agreement.ts";
import { users } from "../tables/people.ts";
import { stripe_events } from "../tables/stripe-events.ts";

/**
 * If an event with money was just parked, tells the volunteers who can look into it: once per payment, however many events
 * it has. A reason that names no row of ours is left out: another environment may use the same Stripe account.
 */
export const mailUnplacedPayment = (t: Plan, event_id: string, { payment_kind, stripe_id }: ReceivedMoney): void =>
  t.mail("payment_unplaced", {
    to: users.email,
    user_id: users.id,
    data: {
      payment_kind: sql<typeof payment_kind>`${payment_kind}::text`,
      stripe_id: sql<string>`${stripe_id}::text`,
      reason: sql<string>`${stripe_events.reason}`,
    },
    from: sql`from ${stripe_events} join ${users} on ${and(
      eq(users.status, "active"),
      inArray(users.id, holdersOf("settings.audit", "donations.refund")),
    )} where ${and(eq(stripe_events.id, event_id), eq(stripe_events.status, "parked"))}
      and ${stripe_events.reason} not like 'no such %'`,
    once: sql`${`payment_unplaced:${stripe_id}:`} || ${users.id}`,
  });
