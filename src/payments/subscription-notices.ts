import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { toInstant } from "../stripe/values.ts";
import { RUNNING } from "../subscriptions/standing.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { isRecent } from "./recently.ts";
import { endsWithTerm } from "./subscription-parts.ts";

/** Told when it is decided; the end itself is told when it comes. */
export function cancellationNotice(
  subscription: Stripe.Subscription,
  { status, current_term_end }: Pick<typeof subscriptions.$inferSelect, "status"> & { current_term_end: string },
  changes: SQL,
): Silent[] {
  const { id, cancel_at_period_end, cancel_at, canceled_at } = subscription;
  const at_end = endsWithTerm(subscription) && status !== "cancelled" && status !== "expired";
  const at_once = !endsWithTerm(subscription) && status === "cancelled";
  if (!at_end && !at_once) return [];
  const ends_at = cancel_at === null || cancel_at_period_end ? current_term_end : toInstant(cancel_at);
  return [
    mail("membership_cancelled", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        ends_at: at_end ? sql`${ends_at}::timestamptz` : sql`null::timestamptz`,
      },
      from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
        where ${and(changes, inArray(subscriptions.status, [...RUNNING]), eq(users.status, "active"))}
          and not (${subscriptions.cancel_at_period_end} and ${at_end})`,
      // Whoever goes on after all, and cancels again, is told again.
      once: sql`${`membership_cancelled:${id}:${at_end ? ends_at : "now"}:${canceled_at}`}`,
    }),
  ];
}

/** To the members of those of `which` (a condition on `subscriptions`) that were to end with their term, and are kept now. */
export const continuationNotice = (which: SQL): Silent =>
  mail("membership_continues", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(which, subscriptions.cancel_at_period_end, inArray(subscriptions.status, [...RUNNING]), eq(users.status, "active"))}`,
    once: sql`'membership_continues:' || ${subscriptions.id} || ':' || ${subscriptions.cancelled_at}`,
  });

/** While an invoice is open that could not be collected. */
export function failureNotice({ now }: Context, invoices: Stripe.Invoice[], itsRow: SQL): Silent[] {
  const failed = invoices.find(({ status, attempt_count }) => status === "open" && attempt_count > 0);
  if (!failed || !isRecent(now, failed.created)) return [];
  return [
    mail("payment_failed", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        amount_cents: sql`${failed.amount_remaining}::integer`,
        grace_ends_at: subscriptions.grace_ends_at,
      },
      from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
        where ${and(itsRow, eq(subscriptions.status, "past_due"))}`,
      once: sql`${`payment_failed:${failed.id}`}`,
    }),
  ];
}

/** When the last term has run out, or nothing could be collected any more; whoever was told of a cancellation at once knows. */
export function endNotice({ now }: Context, subscription: Stripe.Subscription, itsRow: SQL): Silent[] {
  const { status, ended_at, cancellation_details } = subscription;
  const known = !endsWithTerm(subscription) && cancellation_details?.reason !== "payment_failed";
  if (status !== "canceled" || !ended_at || known || !isRecent(now, ended_at)) return [];
  return [membershipEnded(itsRow, sql`${toInstant(ended_at)}::timestamptz`)];
}

/** To whoever is not active any more since a subscription ended. */
export const membershipEnded = (which: SQL, ended_at: SQL): Silent =>
  mail("membership_ended", {
    to: users.email,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      ended_at,
      // Then another checkout is refused: Stripe still tries to collect.
      overdue: sql`(${and(eq(subscriptions.status, "past_due"), isNotNull(subscriptions.stripe_subscription_id))})`,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(which, eq(users.status, "inactive"))}`,
    once: sql`'membership_ended:' || ${subscriptions.id} || ':' || coalesce(${subscriptions.current_term_end}::text, 'no end')`,
  });
