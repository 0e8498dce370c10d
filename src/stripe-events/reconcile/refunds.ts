import { and, asc, eq, gt, isNull, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { batches } from "../../database/batches.ts";
import { query } from "../../database/query.ts";
import type { Agreement } from "../../stripe/agreement.ts";
import { pages } from "../../stripe/client.ts";
import { subscriptionFromStripe } from "../../subscriptions/from-stripe/subscription.ts";
import { donations } from "../../tables/donations.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { checkoutFromStripe } from "../checkout.ts";
import type { Round } from "./round.ts";

const PAGE = 100;
/** Before that, the request that asked for the refund may still be waiting for Stripe's answer. */
const ANSWERED_BY = sql`interval '15 minutes'`;
/** Stripe keeps an idempotency key this long. Before that, the same request may still be sent again. */
const KEY_KEPT = sql`interval '24 hours'`;

type UnansweredRefund = Awaited<ReturnType<typeof selectUnansweredAfter>>[number];

/** Finds out what became of refunds that we asked for and that Stripe never answered. */
export async function reconcileRefunds(round: Round, after: string | null): Promise<boolean> {
  let done = after;
  const select = (from: string | null) => round.ctx.transact((t) => t.many(selectUnansweredAfter(from)));
  const unanswered = batches(select, { size: PAGE, key: ({ id }) => id, after });
  for await (const rows of unanswered)
    for (const refund of rows) {
      if (!round.continuesAfter("refunds", done)) return false;
      await round.attempt("refund", refund.id, () => settle(round, refund));
      done = refund.id;
    }
  return true;
}

const refundIsUnanswered = and(eq(reversals.status, "requested"), isNull(reversals.stripe_id));
const refundIsOlderThan = (age: SQL) => sql<boolean>`(${lt(reversals.created_at, sql`now() - ${age}`)})`;

const either = (one: SQLWrapper, other: SQLWrapper) => sql<string | null>`coalesce(${one}, ${other})`;

const selectUnansweredAfter = (after: string | null) =>
  query
    .select({
      id: reversals.id,
      key_is_gone: refundIsOlderThan(KEY_KEPT),
      payment_intent: either(payments.stripe_payment_intent_id, donations.stripe_payment_intent_id),
      stripe_subscription_id: subscriptions.stripe_subscription_id,
      session_id: either(donations.stripe_checkout_session_id, subscriptions.stripe_checkout_session_id),
    })
    .from(reversals)
    .innerJoin(payments, eq(payments.id, reversals.payment_id))
    .leftJoin(donations, eq(donations.id, payments.donation_id))
    .leftJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
    .where(and(refundIsUnanswered, refundIsOlderThan(ANSWERED_BY), after ? gt(reversals.id, after) : undefined))
    .orderBy(asc(reversals.id))
    .limit(PAGE);

async function settle(round: Round, refund: UnansweredRefund): Promise<void> {
  if (!(await stripeMade(round, refund))) return refund.key_is_gone ? cancel(round, refund.id) : undefined;
  const agreement = await agreementOnPayment(round, refund);
  if (!agreement)
    return round.recordConcern("refund", refund.id, "its payment has neither a subscription nor a checkout at Stripe");
  return round.agree("refund", refund.id, agreement, selectState);
}

async function stripeMade({ ctx }: Round, { id, payment_intent }: UnansweredRefund): Promise<boolean> {
  if (!payment_intent) return false;
  for await (const page of pages((paging) => ctx.stripe.refunds.list({ ...paging, payment_intent })))
    if (page.some(({ metadata }) => metadata?.refund_id === id)) return true;
  return false;
}

/** Asks Stripe about what the payment was for: its refunds come with it. */
async function agreementOnPayment({ ctx }: Round, refund: UnansweredRefund): Promise<Agreement | null> {
  if (refund.stripe_subscription_id) return subscriptionFromStripe(ctx, refund.stripe_subscription_id);
  return refund.session_id ? checkoutFromStripe(ctx, refund.session_id) : null;
}

async function cancel(round: Round, id: string): Promise<void> {
  const isThis = and(eq(reversals.id, id), refundIsUnanswered);
  const after = await round.ctx.transact((t) => {
    t.effect(query.update(reversals).set({ status: "canceled" }).where(isThis));
    return t.maybe(selectState(id));
  });
  round.recordRepair("refund", id, { status: "requested" }, after);
}

const selectState = (id: string) =>
  query.select({ status: reversals.status }).from(reversals).where(eq(reversals.id, id));
