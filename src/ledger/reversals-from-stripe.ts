import { sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { toInstant } from "../stripe/values.ts";
import { payments, reversals } from "../tables/ledger.ts";
import { writeReversalNotices } from "./reversal-notices.ts";

/** A lost dispute can be appealed. Until that is decided, the money is gone. */
export const LOST_STATUSES = ["lost", "appeal_needs_response", "appeal_under_review"] as const;

/** A refund or a dispute, as Stripe has it. Cents, UTC. */
export interface StripeReversal {
  stripe_id: string;
  stripe_payment_intent_id: string;
  kind: "refund" | "dispute";
  status: string;
  amount_cents: number;
  reason: string | null;
  /** When somebody asked for it. */
  created_at: string;
  /** When Stripe booked it, and when Stripe booked it back. The ledger uses the dates of Stripe's balance. */
  occurred_at: string | null;
  returned_at: string | null;
  /** Our row for this refund, if we asked for it. */
  refund_id: string | null;
  /** The deadline for answering a dispute. */
  respond_by: string | null;
}

/** A refund that waits, for the account's balance or for its payment to settle, is not booked yet. */
export function readRefund(refund: Stripe.Refund, stripe_payment_intent_id: string): StripeReversal {
  const occurred_at = bookedAt(refund.balance_transaction);
  return {
    stripe_id: refund.id,
    stripe_payment_intent_id,
    kind: "refund",
    status: refund.status ?? "pending",
    amount_cents: refund.amount,
    reason: refund.reason,
    created_at: toInstant(refund.created),
    occurred_at,
    returned_at: occurred_at && bookedAt(refund.failure_balance_transaction),
    refund_id: refund.metadata?.refund_id ?? null,
    respond_by: null,
  };
}

const bookedAt = (booking: string | Stripe.BalanceTransaction | null | undefined): string | null =>
  typeof booking === "object" && booking ? toInstant(booking.created) : null;

/** The bank takes the money with one booking. If we win the dispute, it returns the money with another. */
export function readDispute(dispute: Stripe.Dispute, stripe_payment_intent_id: string): StripeReversal {
  const taken = dispute.balance_transactions.find(({ amount }) => amount < 0);
  const returned = dispute.balance_transactions.find(({ amount }) => amount > 0);
  const { due_by } = dispute.evidence_details;
  return {
    stripe_id: dispute.id,
    stripe_payment_intent_id,
    kind: "dispute",
    status: dispute.status,
    // The bank may take only a part. If the account has another currency, the booking does not tell: use the dispute's amount.
    amount_cents: taken && taken.currency === dispute.currency ? -taken.amount : dispute.amount,
    reason: dispute.reason,
    created_at: toInstant(dispute.created),
    occurred_at: bookedAt(taken),
    returned_at: taken ? bookedAt(returned) : null,
    refund_id: null,
    respond_by: due_by ? toInstant(due_by) : null,
  };
}

/** Records what left the payments that we know, and tells the people concerned. */
export function writeReversals(t: Plan, { now }: Context, found: readonly StripeReversal[]): void {
  if (found.length === 0) return;
  const asked_at = now.toISOString();
  const given = sql`jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as given(stripe_id text,
    stripe_payment_intent_id text, kind text, status text, amount_cents integer, reason text, created_at timestamptz,
    occurred_at timestamptz, returned_at timestamptz, refund_id text, respond_by timestamptz)`;
  t.effect(
    query.execute(sql`
      update ${reversals} set stripe_id = given.stripe_id
      from ${given} where ${reversals.id}::text = given.refund_id and ${reversals.stripe_id} is null
        and not exists (select from ${reversals} known where known.stripe_id = given.stripe_id)`),
  );
  t.effect(
    query.execute(sql`
      insert into ${reversals} as known
        (payment_id, kind, status, amount_cents, reason, occurred_at, returned_at, lost_since, stripe_id, stripe_synced_at)
      select ${payments.id}, given.kind, given.status, given.amount_cents, given.reason, given.occurred_at,
        given.returned_at,
        case when given.kind = 'dispute' and given.status = any (${sql.param([...LOST_STATUSES])}::text[])
          then greatest(given.occurred_at, ${asked_at}::timestamptz) end,
        given.stripe_id, ${asked_at}::timestamptz
      from ${given} join ${payments} on ${payments.stripe_payment_intent_id} = given.stripe_payment_intent_id
      on conflict (stripe_id) do update set status = excluded.status, amount_cents = excluded.amount_cents,
        occurred_at = excluded.occurred_at, returned_at = excluded.returned_at,
        lost_since = case when excluded.lost_since is not null then coalesce(known.lost_since, excluded.lost_since) end,
        stripe_synced_at = excluded.stripe_synced_at
      where known.stripe_synced_at is null or known.stripe_synced_at <= excluded.stripe_synced_at`),
  );
  writeReversalNotices(t, given);
}
