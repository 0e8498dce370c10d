import { and, eq, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../../database/plan.ts";
import type { Context } from "../../http/context.ts";
import { isNews, NEWS_SINCE } from "../../ledger/news.ts";
import { toInstant } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lapsedAt, MORNING, mailMembershipEnd } from "../notices.ts";
import { toOwners } from "../rows.ts";
import { graceIsOver, subscriptionEntitles } from "../standing.ts";
import { endsWithTerm } from "./parts.ts";
import type { SubscriptionState } from "./state.ts";

/** Tells a member that their membership was canceled: now, or at the end of the term. {@link mailEnd} tells them when that comes. */
export function mailCancellation(
  t: Plan,
  subscription: Stripe.Subscription,
  { status, current_term_end }: SubscriptionState,
  changes: SQL,
): void {
  const { id, canceled_at } = subscription;
  const at_end = endsWithTerm(subscription) && status !== "cancelled" && status !== "expired";
  const at_once = !endsWithTerm(subscription) && status === "cancelled";
  if (!at_end && !at_once) return;
  t.mail("membership_cancelled", {
    ...toOwners(
      changes,
      subscriptionEntitles,
      eq(users.status, "active"),
      sql`not (${subscriptions.cancel_at_period_end} and ${at_end})`,
    ),
    data: {
      first_name: users.first_name,
      ends_at: sql<string | null>`${at_end ? current_term_end : null}::timestamptz`,
    },
    // Someone who changes their mind and then cancels again is told again.
    once: sql`${`membership_cancelled:${id}:${at_end ? current_term_end : "now"}:${canceled_at}`}`,
  });
}

/** Tells a member that their dues could not be collected, while that invoice is open. `row` is a condition on `subscriptions`. */
export function mailFailedPayment(t: Plan, { now }: Context, invoices: Stripe.Invoice[], row: SQL): void {
  const failed = invoices.find(({ status, attempt_count }) => status === "open" && attempt_count > 0);
  if (!failed || !isNews(now, failed.created)) return;
  t.mail("payment_failed", {
    ...toOwners(row, eq(subscriptions.status, "past_due")),
    data: {
      first_name: users.first_name,
      amount_cents: sql<number>`${failed.amount_remaining}::integer`,
      // Every past-due row has one.
      grace_ends_at: sql<string>`${subscriptions.grace_ends_at}`,
    },
    once: sql`${`payment_failed:${failed.id}`}`,
  });
}

/**
 * Tells somebody whose membership lapses in this transaction: the grace period was over, and the hourly job had not come by
 * yet. `row` is a condition on `subscriptions`.
 */
export const mailLapse = (t: Plan, row: SQL): void =>
  mailMembershipEnd(
    t,
    sql`(${and(row, graceIsOver, sql`${lapsedAt} > ${NEWS_SINCE}`, eq(users.status_since, sql`now()::timestamptz(3)`))})`,
    lapsedAt,
    MORNING,
  );

/** Tells somebody that their membership has ended, unless it was canceled at once: then {@link mailCancellation} did. */
export function mailEnd(
  t: Plan,
  { now }: Context,
  { subscription, state }: { subscription: Stripe.Subscription; state: SubscriptionState },
  row: SQL,
): void {
  const { status, ended_at, cancellation_details } = subscription;
  const wasTold = !state.revived && !endsWithTerm(subscription) && cancellation_details?.reason !== "payment_failed";
  if (status !== "canceled" || !ended_at || wasTold) return;
  const ended = state.revived ? state.current_term_end : toInstant(ended_at);
  if (isNews(now, Date.parse(ended) / 1000)) mailMembershipEnd(t, row, sql`${ended}::timestamptz`);
}
