import { and, eq, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../../database/plan.ts";
import type { Context } from "../../http/context.ts";
import { type StripeMovements, writeMovements } from "../../ledger/movements-from-stripe.ts";
import { type PaymentFacts, writePayments } from "../../ledger/payments-from-stripe.ts";
import type { StripeReversal } from "../../ledger/reversals-from-stripe.ts";
import { lostSince } from "../../ledger/taken-back.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { type Agreement, appliedUnless } from "../../stripe/agreement.ts";
import { leftOpen } from "../../stripe/open-invoices.ts";
import { isAtRest } from "../../stripe/subscription-status.ts";
import { toInstant } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";
import { RUNNING_STATUSES, subscriptions } from "../../tables/subscriptions.ts";
import { lockSubscriptionIfKnown, subscriptionOwner } from "../lock.ts";
import { checkoutWasCancelledUnpaid, reasonsNotBegun, subscriptionCannotBegin } from "../never-began.ts";
import { mailContinuation } from "../notices.ts";
import { mailReceiptsOf } from "../receipts.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { followSubscriptions, graceEnd, subscriptionIsRunning } from "../standing.ts";
import { anotherSubscriptionIsRunning, supersedeRunningTerm } from "../supersede.ts";
import { columnsOfCard } from "./charged-card.ts";
import { setCustomer } from "./customer.ts";
import { mayBeRevivedBy, reasonDuesAreLate } from "./late-dues.ts";
import { mailCancellation, mailEnd, mailFailedPayment, mailLapse } from "./notices.ts";
import { endsWithTerm, type SubscriptionParts } from "./parts.ts";
import type { RowAtStripe } from "./row.ts";
import { latePayment, type SubscriptionState } from "./state.ts";
import { mailTakenBack } from "./taken-back.ts";

/** A subscription that began, as Stripe has it now. */
export interface BegunSubscription {
  subscription: Stripe.Subscription;
  row: RowAtStripe;
  parts: SubscriptionParts;
  state: SubscriptionState;
  taken_back: { payment: PaymentFacts; lost: StripeReversal } | null;
  disputed: StripeReversal[];
  invoices: Stripe.Invoice[];
  paid: PaymentFacts[];
  movements: StripeMovements;
  /** What the next dues are collected from. */
  card: Stripe.PaymentMethod | null;
}

/** What makes our row, the member's status, the payments and the mails agree with a subscription that has begun. */
export function agreeOnSubscription(ctx: Context, found: BegunSubscription): Agreement {
  const { subscription, state, invoices, paid, movements, taken_back } = found;
  const { id } = found.row;
  const late = latePayment(subscription, paid, movements);
  const mayBeRevived = late && state.revived ? mayBeRevivedBy(late, fromSeconds(subscription.ended_at)) : null;
  const row = sql`${eq(subscriptions.id, id)}`;
  const linkedRow = sql`(${and(row, eq(subscriptions.stripe_subscription_id, subscription.id))})`;
  const person = subscriptionOwner(id);
  const isRunning = RUNNING_STATUSES.some((status) => status === state.status);
  const isUnbarred = mayBeRevived ?? sql`not ${isRunning ? anotherSubscriptionIsRunning : checkoutWasCancelledUnpaid}`;
  const changes = rowThatChanges(row, subscription.id, { isUnbarred, asked_at: ctx.now.toISOString() });
  return {
    write(t) {
      lockSubscriptionIfKnown(t, id);
      writePayments(t, paid, { subscription: row, told_apart_by: "stripe_invoice_id" });
      writeMovements(t, ctx, movements);
      if (isRunning) supersedeRunningTerm(t, id, toInstant(subscription.start_date));
      else {
        // Somebody who paid was a member, even if we only hear of it after the end: they become active here, and lapse below.
        changeStatusWhere(t, "pay", eq(users.id, person), someSubscription(row, eq(subscriptions.status, "pending")));
      }
      mailCancellation(t, subscription, state, changes);
      if (isRunning && !setToEnd(found)) mailContinuation(t, changes);
      updateRow(t, ctx, found, { isRunning, changes });
      if (mayBeRevived) endBarred(t, found, sql`(${linkedRow} and not ${mayBeRevived})`);
      if (!isRunning || state.revived) {
        // A checkout that was canceled before it was paid gets the id of the subscription that it began, which has ended.
        const unlinked = and(row, checkoutWasCancelledUnpaid, isNull(subscriptions.stripe_subscription_id));
        updateSubscriptions(t, unlinked, { stripe_subscription_id: subscription.id });
      }
      const linkedRowIsRunning = someSubscription(linkedRow, subscriptionIsRunning);
      setCustomer(t, person, subscription.customer, linkedRowIsRunning);
      followSubscriptions(t, person);
      mailLapse(t, linkedRow);
      mailReceiptsOf(t, linkedRow);
      mailFailedPayment(t, ctx, invoices, linkedRow);
      if (taken_back) mailTakenBack(t, taken_back, movements.reversals, linkedRow);
      mailEnd(t, ctx, found, linkedRow);
    },
    outcome: appliedUnless(
      reasonToPark(row, linkedRow, late),
      // Volunteers are told once of each id. Dues that come in after the end are news of their own.
      paid.length > 0
        ? { payment_kind: "dues", stripe_id: late?.stripe_payment_intent_id ?? subscription.id }
        : undefined,
    ),
    refused_subscriptions: [],
    open_invoices: leftOpen(subscription, invoices),
  };
}

/** The row, if Stripe's answer may change it: no other subscription has it, no newer answer came before, and nothing bars it. */
const rowThatChanges = (
  row: SQL,
  stripe_subscription_id: string,
  { isUnbarred, asked_at }: { isUnbarred: SQL; asked_at: string },
): SQL =>
  sql`(${and(
    row,
    or(isNull(subscriptions.stripe_subscription_id), eq(subscriptions.stripe_subscription_id, stripe_subscription_id)),
    or(isNull(subscriptions.stripe_synced_at), lte(subscriptions.stripe_synced_at, asked_at)),
    sql`not ${subscriptionCannotBegin} and ${isUnbarred}`,
  )})`;

/** Whether no more dues are collected after this term. */
const setToEnd = ({ subscription, state }: BegunSubscription): boolean => state.revived || endsWithTerm(subscription);

function updateRow(
  t: Plan,
  { now }: Context,
  found: BegunSubscription,
  { isRunning, changes }: { isRunning: boolean; changes: SQL },
): void {
  const { subscription, row, parts, card } = found;
  const { revived: _, ...state } = found.state;
  const ends = setToEnd(found);
  const { base_subscription_cents, donation_cents } = parts;
  const asked_at = now.toISOString();
  updateSubscriptions(t, changes, {
    ...state,
    plan_id: row.plan_id,
    ...(parts.billing_cycle && { billing_cycle: parts.billing_cycle }),
    base_subscription_cents,
    donation_cents,
    payment_method: "stripe",
    grace_ends_at:
      state.status === "past_due"
        ? graceAfter(found)
        : state.status === "paused" && isAtRest(subscription)
          ? state.current_term_end
          : null,
    paused_at: state.status === "paused" ? sql`coalesce(${subscriptions.paused_at}, ${asked_at})` : null,
    resumes_at: fromSeconds(subscription.pause_collection?.resumes_at),
    cancel_at_period_end: ends,
    cancelled_at: ends || !isRunning ? fromSeconds(subscription.canceled_at) : null,
    // We forget it once it is not needed.
    ...columnsOfCard(isRunning ? card : null),
    stripe_subscription_id: subscription.id,
    stripe_synced_at: asked_at,
  });
}

/** Dues that came in after the end may not revive a subscription. Then it has ended here, as it has at Stripe. */
const endBarred = (t: Plan, { subscription }: BegunSubscription, which: SQL): void =>
  updateSubscriptions(t, and(which, subscriptionIsRunning), {
    status: "cancelled",
    cancelled_at: fromSeconds(subscription.canceled_at),
    cancel_at_period_end: false,
    grace_ends_at: null,
    paused_at: null,
    resumes_at: null,
  });

/**
 * Counted from when the dues were first missing: the end of the term or, if a bank took them back, when we knew. A date that
 * a volunteer chose stays until the next payment fails.
 */
const graceAfter = ({ state: { current_term_end }, taken_back, disputed }: BegunSubscription): SQL => {
  const term_end = sql`${current_term_end}::timestamptz`;
  const afterTerm = graceEnd(term_end);
  const afterLoss = (lost: StripeReversal) => graceEnd(sql`least(${lostSince(lost)}, ${term_end})`);
  const isChosen = and(
    ...[afterTerm, ...disputed.map(afterLoss)].map((end) => sql`${subscriptions.grace_ends_at} <> ${end}`),
  );
  return sql`case when ${subscriptions.status} = 'past_due' and ${subscriptions.current_term_end} = ${term_end}
    and ${isChosen} then ${subscriptions.grace_ends_at} else ${taken_back ? afterLoss(taken_back.lost) : afterTerm} end`;
};

const fromSeconds = (seconds: number | null | undefined) => (typeof seconds === "number" ? toInstant(seconds) : null);

const reasonToPark = (row: SQL, linkedRow: SQL, late: PaymentFacts | null): SQL => sql`case
  when not ${someSubscription(row)} then 'no such subscription of ours'
  ${reasonsNotBegun(row)}
  when ${someSubscription(row, isNull(subscriptions.stripe_subscription_id), anotherSubscriptionIsRunning)}
    then 'another subscription of the person runs'
  when not ${someSubscription(linkedRow)} then 'the row belongs to another Stripe subscription'
  ${reasonDuesAreLate(linkedRow, late)}
end`;
