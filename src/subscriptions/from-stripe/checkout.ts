import { and, eq, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import { type CheckoutPayment, fetchCheckoutPayment } from "../../ledger/checkout-payment.ts";
import { writeMovements } from "../../ledger/movements-from-stripe.ts";
import { writePayments } from "../../ledger/payments-from-stripe.ts";
import { lostDispute } from "../../ledger/taken-back.ts";
import { type Agreement, appliedUnless, nothingToDo } from "../../stripe/agreement.ts";
import { checkoutIsOver, checkoutWasRefused } from "../../stripe/checkout-session.ts";
import { idOf } from "../../stripe/values.ts";
import { payments } from "../../tables/ledger.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lockSubscriptionIfKnown, subscriptionOwner } from "../lock.ts";
import { reasonsNotBegun, subscriptionCannotBegin } from "../never-began.ts";
import { mailReceiptsOf } from "../receipts.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { followSubscriptions } from "../standing.ts";
import { anotherSubscriptionIsRunning, supersedeRunningTerm } from "../supersede.ts";
import { setCustomer } from "./customer.ts";
import { DuesMetadata, paidPlan, TermMetadata } from "./metadata.ts";
import { closeCheckout, mailDuesNotPaid } from "./not-paid.ts";
import { readDonationCents } from "./parts.ts";
import { subscriptionFromStripe } from "./subscription.ts";
import { followTakenBack, mailTakenBack } from "./taken-back.ts";

/**
 * Returns what makes our rows agree with a checkout session for dues, which either begins a subscription at Stripe or
 * pays for one term. Null if the session is not for dues of ours.
 *
 * @param ctx as of when Stripe was asked for the session (`askingNow`)
 * @param session from `fetchCheckout`
 */
export async function duesFromStripe(ctx: Context, session: Stripe.Checkout.Session): Promise<Agreement | null> {
  const stripe_subscription_id = idOf(session.subscription);
  if (stripe_subscription_id) return subscriptionFromStripe(ctx, stripe_subscription_id, session);
  const dues = DuesMetadata.safeParse(session.metadata);
  if (!dues.success) return null;
  const term = TermMetadata.safeParse(session.metadata);
  const payment = term.success ? await fetchCheckoutPayment(ctx, session) : null;
  if (term.success && payment) return agreeOnTerm(ctx, session, term.data, payment);
  return agreeNothingWasPaid(session, dues.data);
}

/** Closes the checkout once nobody can pay it. If the bank refused the payment, tells the person. */
function agreeNothingWasPaid(session: Stripe.Checkout.Session, { subscription_id }: DuesMetadata): Agreement {
  const { id, created, amount_total, status, payment_status } = session;
  return {
    ...nothingToDo("ignored", `the checkout is ${status} and ${payment_status}`),
    write(t) {
      // Whoever asks to be forgotten is to be forgotten at Stripe as well.
      setCustomer(t, subscriptionOwner(subscription_id), session.customer);
      if (checkoutIsOver(session)) closeCheckout(t, id, subscription_id);
      if (checkoutWasRefused(session))
        mailDuesNotPaid(t, { id, created, amount_cents: amount_total ?? 0 }, subscription_id, id);
    },
  };
}

function agreeOnTerm(
  ctx: Context,
  session: Stripe.Checkout.Session,
  metadata: TermMetadata,
  { stripe_payment_intent_id, amount_cents, paid_at, movements }: CheckoutPayment,
): Agreement {
  const { subscription_id, billing_cycle, term_start, term_end = null } = metadata;
  const row = sql`${eq(subscriptions.id, subscription_id)}`;
  const person = subscriptionOwner(subscription_id);
  const donation_cents = Math.min(readDonationCents(session), amount_cents);
  const cents = { base_subscription_cents: amount_cents - donation_cents, donation_cents };
  const ids = { stripe_payment_intent_id, stripe_invoice_id: null, payment_method: "stripe" as const };
  const facts = { ...cents, ...ids, paid_at, term_start, term_end };
  const hasPayment = sql`exists (select from ${payments} where ${and(
    eq(payments.subscription_id, subscriptions.id),
    eq(payments.stripe_payment_intent_id, stripe_payment_intent_id),
  )})`;
  return {
    write(t) {
      lockSubscriptionIfKnown(t, subscription_id);
      writePayments(t, [facts], { subscription: row, told_apart_by: "stripe_payment_intent_id" });
      supersedeRunningTerm(t, subscription_id);
      // We only start the term here. Stripe has no say in what happens to it later.
      updateSubscriptions(
        t,
        sql`${and(row, eq(subscriptions.status, "pending"))} and not ${subscriptionCannotBegin} and not ${anotherSubscriptionIsRunning}`,
        {
          status: "active",
          plan_id: paidPlan(metadata),
          billing_cycle,
          ...cents,
          payment_method: "stripe",
          current_term_start: term_start,
          current_term_end: term_end,
          stripe_checkout_session_id: session.id,
          stripe_synced_at: ctx.now.toISOString(),
        },
      );
      followTakenBack(t, facts, { went: movements.reversals, asked_at: ctx.now.toISOString(), row });
      writeMovements(t, ctx, movements);
      const lost = lostDispute(facts, movements.reversals);
      if (lost) mailTakenBack(t, { payment: facts, lost }, movements.reversals, row);
      const isActive = someSubscription(row, eq(subscriptions.status, "active"), hasPayment);
      setCustomer(t, person, session.customer, isActive);
      followSubscriptions(t, person);
      mailReceiptsOf(t, row);
    },
    outcome: appliedUnless(reasonToPark(row, hasPayment, { subscription_id, stripe_payment_intent_id }), {
      payment_kind: "dues",
      stripe_id: stripe_payment_intent_id,
    }),
    refused_subscriptions: [],
    open_invoices: [],
  };
}

const reasonToPark = (
  row: SQL,
  hasPayment: SQL,
  { subscription_id, stripe_payment_intent_id }: { subscription_id: string; stripe_payment_intent_id: string },
): SQL => sql`case
  when not ${someSubscription(row)} then 'no such subscription of ours'
  when not ${someSubscription(row, hasPayment)} then 'the payment belongs elsewhere'
  ${reasonsNotBegun(row)}
  when ${someSubscription(row, eq(subscriptions.status, "pending"))} then 'another subscription of the person runs'
  when exists (select from ${payments} where ${and(
    eq(payments.subscription_id, subscription_id),
    sql`${payments.stripe_payment_intent_id} <> ${stripe_payment_intent_id}`,
  )}) then 'the term was paid more than once'
end`;
