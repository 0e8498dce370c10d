import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { formattedCents } from "../money/format.ts";
import { payments, reversals } from "../tables/ledger.ts";
import { paymentRefundable } from "./left.ts";

/** A refund that somebody asks for. */
export interface RequestedRefund {
  id: string;
  /** A condition on `payments` that finds the payment to refund. */
  of: SQL;
  /** By default all that is left. */
  amount_cents?: number | undefined;
  /** Why, as Stripe names it. */
  reason?: string | undefined;
  /** What error sentences call the payment, for example "this donation". */
  what: string;
}

/** Every reversal with its payment, for `from`. */
export const reversalsOfPayments = sql`${reversals} join ${payments} on ${eq(payments.id, reversals.payment_id)}`;

/** Whether this refund was recorded before. */
export const refundIsKnown = ({ id, of }: RequestedRefund): SQL =>
  sql`exists (select from ${reversalsOfPayments} where ${of} and ${eq(reversals.id, id)})`;

/**
 * 409 if the id already belongs to another payment's refund, to a refund of another amount or for another reason, or to
 * a dispute. What is left out is not compared: a refund that is in progress can be finished with its id alone.
 */
export const guardRefundId = (t: Plan, { id, of, amount_cents, reason }: RequestedRefund): void =>
  t.guard(
    sql`not exists (select from ${reversalsOfPayments} where ${eq(reversals.id, id)}
      and ((${of}) is not true or ${reversals.kind} <> 'refund' or ${reversals.amount_cents} <> ${amount_cents ?? null}::int
        or ${reason ?? null}::text <> coalesce(${reversals.reason}, '')))`,
    409,
    "refund_exists",
    "Another refund already has this id.",
  );

/** 409 if nothing is left of the payment, or less than the refund asks for. */
export function guardEnoughLeft(t: Plan, refund: RequestedRefund, currency: string): void {
  const { of, amount_cents = 0, what } = refund;
  const enough = (than: SQL) => sql`${refundIsKnown(refund)} or ${paymentRefundable(of)} ${than}`;
  t.guard(enough(sql`> 0`), 409, "not_refundable", `Nothing is left of ${what} to refund.`);
  t.guard(
    enough(sql`>= ${amount_cents}::int`),
    409,
    "more_than_left",
    sql`'Only ' || ${formattedCents(paymentRefundable(of), currency)} || ${` of ${what} can still be refunded.`}::text`,
  );
}

/**
 * Records the refund, unless we already have. For an online payment, the caller must still ask Stripe to make it. Any
 * other refund counts as done at once.
 */
export function writeRefund(t: Plan, refund: RequestedRefund, requested_by: string): void {
  const { id, of, amount_cents = null, reason = null } = refund;
  const online = eq(payments.payment_method, "stripe");
  t.effect(
    query.execute(sql`
      insert into ${reversals} (id, payment_id, kind, status, amount_cents, reason, occurred_at, requested_by)
      select ${id}::uuid, ${payments.id}, 'refund', case when ${online} then 'requested' else 'succeeded' end,
        coalesce(${amount_cents}::int, ${paymentRefundable(of)}), ${reason}, case when not ${online} then now() end,
        ${requested_by}::uuid
      from ${payments} where ${of} and not ${refundIsKnown(refund)}`),
  );
}
