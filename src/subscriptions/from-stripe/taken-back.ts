import { and, eq, gt, inArray, not, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { NEWS_SINCE } from "../../ledger/news.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { LOST_STATUSES, type StripeReversal } from "../../ledger/reversals-from-stripe.ts";
import { lostDispute, lostSince } from "../../ledger/taken-back.ts";
import { ledger, payments, reversals } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { toOwners, updateSubscriptions } from "../rows.ts";
import { graceEnd } from "../standing.ts";

/**
 * A term that was paid once ends when the bank takes the payment back, and is then past due like any term that is over,
 * even if it was paused or has another end by now. If the dispute is won after all, it runs until the end that was paid for.
 * Both happen when we first hear of it: what a volunteer changes after that stays. So call this before the reversals are
 * written. `row` is a condition on `subscriptions`.
 */
export function followTakenBack(
  t: Plan,
  paid: PaymentFacts,
  { went, asked_at, row }: { went: readonly StripeReversal[]; asked_at: string; row: SQL },
): void {
  const lost = lostDispute(paid, went);
  const disputes = went.filter(({ kind, occurred_at }) => kind === "dispute" && occurred_at);
  const isThis = sql`${payments.stripe_payment_intent_id} is not distinct from ${paid.stripe_payment_intent_id}`;
  const isOther = and(eq(payments.subscription_id, subscriptions.id), not(sql`(${isThis})`));
  const wasTakenBack = and(weKnow(disputes, inArray(reversals.status, [...LOST_STATUSES])), not(moneyIsLeftOf(isThis)));
  const weKnowMore = weKnow(disputes, gt(reversals.stripe_synced_at, asked_at));
  if (lost) {
    const at = sql`greatest(${lost.occurred_at}, ${asked_at})::timestamptz`;
    const isRunning = and(row, inArray(subscriptions.status, ["active", "paused"]));
    updateSubscriptions(t, and(isRunning, not(sql`(${wasTakenBack})`), not(weKnowMore), not(moneyIsLeftOf(isOther))), {
      status: "past_due",
      current_term_end: sql`greatest(least(${subscriptions.current_term_end}, ${at}), ${subscriptions.current_term_start} + interval '1 second')`,
      // A term that was paid early begins when the one before it ends, which is paid.
      grace_ends_at: graceEnd(sql`greatest(${at}, ${subscriptions.current_term_start})`),
      paused_at: null,
      resumes_at: null,
    });
  } else if (disputes.some(({ returned_at }) => returned_at)) {
    const wasCutShort = sql`${subscriptions.current_term_end} < coalesce(${paid.term_end}::timestamptz, 'infinity')`;
    updateSubscriptions(t, and(row, eq(subscriptions.status, "past_due"), wasCutShort, wasTakenBack, not(weKnowMore)), {
      status: "active",
      current_term_end: sql`${paid.term_end}::timestamptz`,
      grace_ends_at: null,
    });
  }
}

/** Whether our ledger has money of these payments that did not go back: a condition on `payments`. */
const moneyIsLeftOf = (which: SQL | undefined): SQL =>
  sql`coalesce((select sum(${ledger.base_subscription_cents} + ${ledger.donation_cents}) > 0
    from ${ledger} join ${payments} on ${eq(payments.id, ledger.payment_id)} where ${which}), false)`;

/** Whether we have heard this of one of these disputes: a condition on `reversals`. */
const weKnow = (disputes: readonly StripeReversal[], what: SQL): SQL =>
  sql`exists (select from ${reversals} where ${and(
    inArray(
      reversals.stripe_id,
      disputes.map(({ stripe_id }) => stripe_id),
    ),
    what,
  )})`;

/**
 * Tells a member, once, that their bank took their dues back, if they are past due because of it. Comes after the reversals
 * were written.
 */
export function mailTakenBack(
  t: Plan,
  { payment, lost }: { payment: PaymentFacts; lost: StripeReversal },
  went: readonly StripeReversal[],
  row: SQL,
): void {
  t.mail("dues_taken_back", {
    ...toOwners(row, eq(subscriptions.status, "past_due"), sql`${lostSince(lost)} > ${NEWS_SINCE}`),
    data: {
      first_name: users.first_name,
      amount_cents: sql<number>`${duesOwed(payment, went)}::integer`,
      // Every past-due row has one.
      grace_ends_at: sql<string>`${subscriptions.grace_ends_at}`,
    },
    once: sql`${`dues_taken_back:${lost.stripe_id}`}`,
  });
}

/** The dues without what we had refunded of them. A refund is taken from the donation first. Nobody owes a donation. */
function duesOwed(payment: PaymentFacts, went: readonly StripeReversal[]): number {
  const refunded = went
    .filter(({ kind, stripe_payment_intent_id: id }) => kind === "refund" && id === payment.stripe_payment_intent_id)
    .filter(({ occurred_at, returned_at }) => occurred_at && !returned_at)
    .reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  return payment.base_subscription_cents - Math.max(0, refunded - payment.donation_cents);
}
