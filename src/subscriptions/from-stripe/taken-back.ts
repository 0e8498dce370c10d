import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { NEWS_SINCE } from "../../ledger/news.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import type { StripeReversal } from "../../ledger/reversals-from-stripe.ts";
import { takenBackAt } from "../../ledger/taken-back.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { toOwners, updateSubscriptions } from "../rows.ts";
import { graceEnd } from "../standing.ts";

/**
 * A term that was paid once ends when the bank takes the payment back, and is then past due like any term that is over. If
 * the dispute is won after all, it runs until its own end again. `row` is a condition on `subscriptions`.
 */
export function followTakenBack(t: Plan, paid: PaymentFacts, reversals: readonly StripeReversal[], row: SQL): void {
  const taken_back_at = takenBackAt(paid, reversals);
  if (taken_back_at) {
    const at = sql`${taken_back_at}::timestamptz`;
    const isItsTerm = sql`${subscriptions.current_term_end} is not distinct from ${paid.term_end}::timestamptz`;
    updateSubscriptions(t, and(row, eq(subscriptions.status, "active"), isItsTerm), {
      status: "past_due",
      current_term_end: sql`greatest(least(${subscriptions.current_term_end}, ${at}), ${subscriptions.current_term_start} + interval '1 second')`,
      grace_ends_at: graceEnd(at),
    });
    mailTakenBack(t, paid, reversals, row);
  } else if (reversals.some(({ kind, returned_at }) => kind === "dispute" && returned_at)) {
    const wasCutShort = sql`${subscriptions.current_term_end} < coalesce(${paid.term_end}::timestamptz, 'infinity')`;
    updateSubscriptions(t, and(row, eq(subscriptions.status, "past_due"), wasCutShort), {
      status: "active",
      current_term_end: sql`${paid.term_end}::timestamptz`,
      grace_ends_at: null,
    });
  }
}

/** Tells a member, once, that their bank took their dues back, if they are past due because of it. */
export function mailTakenBack(t: Plan, paid: PaymentFacts, reversals: readonly StripeReversal[], row: SQL): void {
  const { stripe_payment_intent_id, base_subscription_cents, donation_cents } = paid;
  const lost = reversals.find(
    (each) => each.kind === "dispute" && each.stripe_payment_intent_id === stripe_payment_intent_id,
  );
  if (!lost) return;
  t.mail("dues_taken_back", {
    ...toOwners(row, eq(subscriptions.status, "past_due"), sql`${lost.occurred_at}::timestamptz > ${NEWS_SINCE}`),
    data: {
      first_name: users.first_name,
      amount_cents: sql<number>`${base_subscription_cents + donation_cents}::integer`,
      // Every past-due row has one.
      grace_ends_at: sql<string>`${subscriptions.grace_ends_at}`,
    },
    once: sql`${`dues_taken_back:${lost.stripe_id}`}`,
  });
}
