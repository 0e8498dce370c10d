import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { LOST_STATUSES } from "../ledger/reversals-from-stripe.ts";
import { outsideQuietHours } from "../mail/quiet-hours.ts";
import { payments, reversals } from "../tables/ledger.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { toOwners } from "./rows.ts";
import { subscriptionIsRunning } from "./standing.ts";

/**
 * Tells members that their membership continues, although it was set to end with its term. `which` is a condition on
 * `subscriptions`. Comes before the change itself, because only rows that are still set to end are found.
 */
export const mailContinuation = (t: Plan, which: SQL): void =>
  t.mail("membership_continues", {
    ...toOwners(which, sql`${subscriptions.cancel_at_period_end}`, subscriptionIsRunning, eq(users.status, "active")),
    data: { first_name: users.first_name },
    once: sql`'membership_continues:' || ${subscriptions.id} || ':' || ${subscriptions.cancelled_at}`,
  });

/**
 * Whether the dues of a row of `subscriptions` are past due and can be paid in the billing portal. If the term still runs, a
 * bank took its dues back: then Stripe goes on as if they were paid, and there is nothing to pay.
 */
export const duesAreInPortal = sql<boolean>`(${and(
  eq(subscriptions.status, "past_due"),
  isNotNull(subscriptions.stripe_subscription_id),
  sql`coalesce(${subscriptions.current_term_end} <= now(), true)`,
)})`;

/** Whether a bank took back what was last paid for a row of `subscriptions`. */
export const duesWereTakenBack = sql<boolean>`coalesce((select exists (select from ${reversals} where ${and(
  eq(reversals.payment_id, payments.id),
  eq(reversals.kind, "dispute"),
  inArray(reversals.status, [...LOST_STATUSES]),
  isNull(reversals.returned_at),
)}) from ${payments} where ${eq(payments.subscription_id, subscriptions.id)}
  order by ${payments.term_start} desc nulls last limit 1), false)`;

/** Terms end at midnight. The mail about it should wake nobody. */
export const MORNING = outsideQuietHours(sql`now()`);

/** When a membership ended whose grace period is over. */
export const lapsedAt = sql`coalesce(${subscriptions.grace_ends_at}, ${subscriptions.current_term_end}, now())`;

/** Tells people who are inactive now that their membership has ended. `which` is a condition on `subscriptions`. */
export const mailMembershipEnd = (t: Plan, which: SQL, ended_at: SQL, not_before = sql`now()`): void =>
  t.mail("membership_ended", {
    not_before,
    ...toOwners(which, eq(users.status, "inactive")),
    data: {
      first_name: users.first_name,
      ended_at: sql<string>`${ended_at}`,
      overdue: duesAreInPortal,
    },
    once: sql`'membership_ended:' || ${subscriptions.id} || ':' || coalesce(${subscriptions.current_term_end}::text, 'no end')`,
  });
