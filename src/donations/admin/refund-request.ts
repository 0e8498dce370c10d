import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { paymentLeft } from "../../ledger/left.ts";
import {
  guardEnoughLeft,
  guardRefundId,
  type RequestedRefund,
  refundIsKnown,
  reversalsOfPayments,
  writeRefund,
} from "../../ledger/refunds.ts";
import { formattedCents } from "../../money/format.ts";
import { donations } from "../../tables/donations.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation, DonationRefund } from "./schemas.ts";

/**
 * Records a refund that somebody asks for, unless we already have one with its id. If the donation was not paid online,
 * this completes the refund. Returns the donation with all its refunds.
 *
 * 404 if the donation does not exist. 409 if it was not paid, too little is left, another refund is in progress, or
 * this one failed.
 */
export function requestRefund(ctx: SignedInContext, id: string, input: DonationRefund): Promise<Donation> {
  const payment = eq(payments.donation_id, id);
  const refund = { ...input, of: payment, what: "this donation" };
  return ctx.transact((t) => {
    // If two requests come at once, the second waits here and finds the first one's refund.
    lockDonation(t, id);
    t.effect(query.select({ id: payments.id }).from(payments).where(payment).for("update"));
    guardRefundable(t, refund, ctx.settings.CURRENCY);
    writeRefund(t, refund, ctx.user_id);
    markOfflineRefunded(t, id);
    return readDonation(t, ctx, id);
  });
}

function guardRefundable(t: Plan, refund: RequestedRefund, currency: string): void {
  const { id, of: payment } = refund;
  const isThis = eq(reversals.id, id);
  const anotherWaits = sql`from ${reversalsOfPayments}
    where ${payment} and ${reversals.status} = 'requested' and not ${isThis}`;
  t.guard(
    sql`exists (select from ${payments} where ${payment})`,
    409,
    "not_refundable",
    "Only a donation that was paid can be refunded.",
  );
  t.guard(
    sql`exists (select from ${payments} join ${donations} on ${eq(donations.id, payments.donation_id)}
      where ${payment} and (${payments.payment_method} <> 'stripe'
        or ${and(isNotNull(payments.stripe_payment_intent_id), isNotNull(donations.stripe_checkout_session_id))}))`,
    409,
    "not_refundable",
    "This donation is older than our checkout. Please refund it in Stripe's dashboard.",
  );
  guardRefundId(t, refund);
  t.guard(
    sql`not exists (select from ${reversals} where ${isThis} and ${reversals.status} in ('failed', 'canceled'))`,
    409,
    "refund_failed",
    "This refund failed. To try again, please request a refund with a new id.",
  );
  t.guard(
    sql`${refundIsKnown(refund)} or not exists (select ${anotherWaits})`,
    409,
    "refund_in_progress",
    sql`(select 'A refund of ' || ${formattedCents(sql`${reversals.amount_cents}`, currency)} || ' is in progress. To finish it, request it again with its id: ' || ${reversals.id} || '.' ${anotherWaits} limit 1)`,
  );
  guardEnoughLeft(t, refund, currency);
}

/** Marks a donation as refunded if it was not paid online and nothing is left. Others wait for Stripe's answer. */
const markOfflineRefunded = (t: Plan, id: string): void =>
  t.effect(
    query
      .update(donations)
      .set({ status: "refunded" })
      .where(
        sql`${eq(donations.id, id)} and ${eq(donations.status, "completed")} and ${donations.payment_method} <> 'stripe'
          and ${paymentLeft(eq(payments.donation_id, id))} = 0`,
      ),
  );

/** Marks a refund that Stripe never made as failed. No money moved. */
export const withdrawRefund = (t: Plan, id: string): void =>
  t.effect(
    query
      .update(reversals)
      .set({ status: "failed" })
      .where(and(eq(reversals.id, id), eq(reversals.status, "requested"), isNull(reversals.stripe_id))),
  );
