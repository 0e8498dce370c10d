import { and, eq, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { payments, reversals } from "../payments/tables.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import type { SubscriptionDetail, TermRefund } from "./schemas.ts";

/**
 * Writes down that what was recorded of a term in cash or by cheque was given back, or was never there: all that is left of
 * it, or a part. The term stays as it is. The same `id` again is written down once. 404 without such a subscription; 409
 * where it was paid online, not that much is left, or another refund has the id.
 */
export function refundOfflineTerm(
  ctx: SignedInContext,
  id: string,
  { id: refund_id, ...asked }: TermRefund,
): Promise<SubscriptionDetail> {
  const amount_cents = asked.amount_cents ?? null;
  const payment = eq(payments.subscription_id, id);
  const itself = eq(reversals.id, refund_id);
  const refunds = sql`from ${reversals} join ${payments} on ${eq(payments.id, reversals.payment_id)} where ${payment}`;
  const isKnown = sql`exists (select ${refunds} and ${itself})`;
  const left = sql`(
    coalesce((select sum(${payments.base_subscription_cents} + ${payments.donation_cents}) from ${payments} where ${payment}), 0)
    - coalesce((select sum(${reversals.amount_cents}) ${refunds}), 0))`;
  return subscriptionAfter(
    ctx,
    id,
    // Of two at once the second waits here, and finds the first one's refund.
    ...lockSubscription(id),
    guard(
      sql`not exists (select from ${payments} where ${and(payment, eq(payments.payment_method, "stripe"))})`,
      409,
      "paid_online",
      "This was paid online: please refund it at Stripe. It is shown here then.",
    ),
    guard(
      sql`not exists (select from ${reversals} where ${itself}) or exists (select ${refunds} and ${itself}
        and ${reversals.amount_cents} = coalesce(${amount_cents}::integer, ${reversals.amount_cents}))`,
      409,
      "refund_exists",
      "Another refund has this id already.",
    ),
    guard(
      sql`${isKnown} or coalesce(${amount_cents}::integer, 1) <= ${left}`,
      409,
      "more_than_left",
      sql`'Of this term''s payment ' || ${left} || ' cents are left.'`,
    ),
    effect(
      query.execute(sql`
        insert into ${reversals} (id, payment_id, kind, status, amount_cents, occurred_at, requested_by)
        select ${refund_id}::uuid, ${payments.id}, 'refund', 'succeeded', coalesce(${amount_cents}::integer, ${left}), now(),
          ${ctx.user_id}::uuid
        from ${payments} where ${payment} and not ${isKnown}`),
    ),
  );
}
