import { and, eq, inArray, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import type { Silent } from "../database/statements.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { stripe_events } from "./tables.ts";

/** Money that came in, by Stripe's id of the payment or of the subscription that it belongs to. */
export interface Money {
  payment_kind: "dues" | "donation";
  stripe_id: string;
}

/**
 * Tells those who can look at it that money came in and could not be placed, if the event was parked for it: once,
 * however many events speak of it. What names no row of ours may be another environment's of the same account.
 */
export const unplacedNotice = (event_id: string, { payment_kind, stripe_id }: Money): Silent =>
  mail("payment_unplaced", {
    to: users.email,
    user_id: users.id,
    data: {
      payment_kind: sql`${payment_kind}::text`,
      stripe_id: sql`${stripe_id}::text`,
      reason: stripe_events.reason,
    },
    from: sql`from ${stripe_events} join ${users} on ${and(
      eq(users.status, "active"),
      inArray(users.id, holdersOf("settings.audit", "donations.refund")),
    )} where ${and(eq(stripe_events.id, event_id), eq(stripe_events.status, "parked"))}
      and ${stripe_events.reason} not like 'no such %'`,
    once: sql`${`payment_unplaced:${stripe_id}:`} || ${users.id}`,
  });
