import { and, desc, eq, inArray, isNotNull, like, or } from "drizzle-orm";
import type Stripe from "stripe";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import type { StripeMovements } from "../../ledger/movements-from-stripe.ts";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { isPayable } from "../../stripe/open-invoices.ts";
import { waivedTerm } from "../../subscriptions/from-stripe/invoices.ts";
import { centsOfItems, endsWithTerm, readParts } from "../../subscriptions/from-stripe/parts.ts";
import { latePayment, readState } from "../../subscriptions/from-stripe/state.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { stripe_events } from "../../tables/stripe-events.ts";
import { RUNNING_STATUSES, subscriptions } from "../../tables/subscriptions.ts";

/** The columns of our row that are compared. */
type OurRow = Pick<
  typeof subscriptions.$inferSelect,
  "status" | "cancel_at_period_end" | "current_term_end" | "base_subscription_cents" | "donation_cents"
>;

/** What our ledger has about one subscription. */
export interface Kept {
  paid: PaymentFacts[];
  movements: StripeMovements;
  /** Whether a volunteer has dismissed an event about it or about one of its invoices. */
  dismissed: boolean;
}

/** What our ledger has about the subscriptions of these rows. One round trip. */
export async function fetchKept(ctx: Context, row_ids: string[]): Promise<(row_id: string) => Kept> {
  const { paid, went, dismissed } = await ctx.transact((t) => ({
    paid: t.many(
      query
        .select({
          id: payments.id,
          row_id: payments.subscription_id,
          base_subscription_cents: payments.base_subscription_cents,
          donation_cents: payments.donation_cents,
          paid_at: payments.paid_at,
          term_start: payments.term_start,
          term_end: payments.term_end,
          stripe_invoice_id: payments.stripe_invoice_id,
          stripe_payment_intent_id: payments.stripe_payment_intent_id,
        })
        .from(payments)
        .where(inArray(payments.subscription_id, row_ids))
        .orderBy(desc(payments.paid_at), desc(payments.id)),
    ),
    went: t.many(
      query
        .select({
          row_id: payments.subscription_id,
          stripe_payment_intent_id: payments.stripe_payment_intent_id,
          stripe_id: reversals.stripe_id,
          kind: reversals.kind,
          status: reversals.status,
          amount_cents: reversals.amount_cents,
          reason: reversals.reason,
          created_at: reversals.created_at,
          occurred_at: reversals.occurred_at,
          returned_at: reversals.returned_at,
        })
        .from(reversals)
        .innerJoin(payments, eq(payments.id, reversals.payment_id))
        .where(and(inArray(payments.subscription_id, row_ids), isNotNull(reversals.stripe_id))),
    ),
    dismissed: t.many(
      query
        .selectDistinct({ row_id: subscriptions.id })
        .from(subscriptions)
        .leftJoin(payments, eq(payments.subscription_id, subscriptions.id))
        .innerJoin(
          stripe_events,
          or(
            eq(stripe_events.object_id, subscriptions.stripe_subscription_id),
            eq(stripe_events.object_id, payments.stripe_invoice_id),
          ),
        )
        .where(and(inArray(subscriptions.id, row_ids), like(stripe_events.reason, "dismissed:%"))),
    ),
  }));
  const ofRow = (id: string) => (each: { row_id: string | null }) => each.row_id === id;
  return (row_id) => ({
    paid: paid.filter(ofRow(row_id)).map((payment) => ({ ...payment, payment_method: "stripe" })),
    movements: {
      fees: [],
      reversals: went.filter(ofRow(row_id)).map(({ stripe_id, stripe_payment_intent_id, ...reversal }) => ({
        ...reversal,
        stripe_id: stripe_id ?? "",
        stripe_payment_intent_id: stripe_payment_intent_id ?? "",
        refund_id: null,
        respond_by: null,
      })),
    },
    dismissed: dismissed.some(ofRow(row_id)),
  });
}

/**
 * Judges a row that differs from Stripe by what our ledger knows. `settled`: the row is right, because a bank took the dues back
 * or dues came in after the end, so there is nothing to ask Stripe. `unplaced`: a volunteer has to decide about such dues, and
 * asking again would change nothing.
 */
export function verdictOn(
  theirs: Stripe.Subscription,
  ours: OurRow,
  { paid, movements, dismissed }: Kept,
  now: Date,
): "settled" | "unplaced" | "unsettled" {
  const latest = typeof theirs.latest_invoice === "object" ? theirs.latest_invoice : null;
  const isKept = paid.some(({ stripe_invoice_id }) => stripe_invoice_id === latest?.id);
  if (latest && (latest.status === "paid" ? !isKept : theirs.status === "canceled" && isPayable(latest)))
    return "unsettled";
  const late = latePayment(theirs, paid, movements);
  if (late && !RUNNING_STATUSES.some((status) => status === ours.status)) {
    if (dismissed || late.term_end === ours.current_term_end) return "settled";
    // No term can begin with these dues: it was over when they came in, or it is now.
    if (!late.term_end || late.term_end <= late.paid_at || late.term_end <= now.toISOString()) return "unplaced";
  }
  const state = readState(theirs, readParts(theirs), paid, movements, {
    waived: waivedTerm(theirs, latest ? [latest] : []),
    now,
  })?.state;
  return state?.status === ours.status &&
    state.current_term_end === ours.current_term_end &&
    (state.revived || endsWithTerm(theirs)) === ours.cancel_at_period_end &&
    centsOfItems(theirs.items.data) === ours.base_subscription_cents + ours.donation_cents
    ? "settled"
    : "unsettled";
}
