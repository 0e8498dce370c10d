import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { duesAreInPortal } from "../notices.ts";
import { someSubscription } from "../rows.ts";
import { graceEnd, graceIsOver, subscriptionIsRunning } from "../standing.ts";

/**
 * Whether a row of `subscriptions` that does not renew itself is for life or paid far ahead: the term has not begun, or more of
 * it is left than is over. Then a mail about its end is an old one, and paying again would most likely be a mistake.
 */
const termIsPaidAhead = sql<boolean>`coalesce(${subscriptions.stripe_subscription_id} is null
  and (${subscriptions.billing_cycle} = 'lifetime' or ${subscriptions.current_term_start} > now()
    or ${subscriptions.current_term_end} - now() > now() - ${subscriptions.current_term_start}), false)`;

const runs = (user_id: string, what: SQL): SQL =>
  someSubscription(eq(subscriptions.user_id, user_id), subscriptionIsRunning, what);

/** Whether somebody's running term is for life or paid far ahead. */
export const isPaidAhead = (user_id: string): SQL =>
  runs(user_id, sql`${subscriptions.status} <> 'past_due' and ${termIsPaidAhead}`);

/** Whether somebody's dues are overdue, and paid on a page of Stripe's. */
export const isOverdue = (user_id: string): SQL => runs(user_id, duesAreInPortal);

/** Somebody's running subscription: what its dues are, and where they are paid. */
export const selectRunning = (user_id: string) =>
  query
    .select({
      status: subscriptions.status,
      stripe_subscription_id: subscriptions.stripe_subscription_id,
      amount_cents: sql<number>`${subscriptions.base_subscription_cents} + ${subscriptions.donation_cents}`,
      ends: subscriptions.cancel_at_period_end,
      term_end: subscriptions.current_term_end,
      grace_ends_at: sql<
        string | null
      >`coalesce(${subscriptions.grace_ends_at}, ${graceEnd(sql`${subscriptions.current_term_end}`)})`.mapWith(
        subscriptions.grace_ends_at,
      ),
      is_in_portal: duesAreInPortal,
      has_lapsed: sql<boolean>`${graceIsOver}`,
      is_over: sql<boolean>`coalesce(${subscriptions.current_term_end} <= now(), false)`,
      is_paid_ahead: termIsPaidAhead,
    })
    .from(subscriptions)
    .where(and(eq(subscriptions.user_id, user_id), subscriptionIsRunning));

export type RunningDues = Awaited<ReturnType<typeof selectRunning>>[number];

/** The plan that somebody had, or chose, last. */
export const selectLastPlan = (user_id: string) =>
  query
    .select({ plan_id: subscriptions.plan_id })
    .from(subscriptions)
    .where(eq(subscriptions.user_id, user_id))
    .orderBy(desc(subscriptionIsRunning), desc(subscriptions.created_at), desc(subscriptions.id))
    .limit(1);
