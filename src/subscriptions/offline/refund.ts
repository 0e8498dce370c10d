import { and, eq, not, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { guardEnoughLeft, guardRefundId, writeRefund } from "../../ledger/refunds.ts";
import { payments } from "../../tables/ledger.ts";
import { selectSubscription } from "../admin/find.ts";
import type { Subscription } from "../admin/schemas.ts";
import { lockSubscription } from "../lock.ts";
import type { TermRefund } from "./schemas.ts";

/**
 * Records that all or part of a payment in cash, by check, or outside of Stripe was given back, or was never received. The
 * term stays as it is. Asking again with the same `id` records nothing. 404 without such a subscription; 409 if it was paid
 * online, if it has several such payments and none is named, if less than that is left, or if another refund has the id.
 */
export function refundOfflineTerm(
  ctx: SignedInContext,
  id: string,
  { payment_id, ...refund }: TermRefund,
): Promise<Subscription> {
  const named = and(eq(payments.subscription_id, id), payment_id ? eq(payments.id, payment_id) : undefined);
  const online = eq(payments.payment_method, "stripe");
  const payment = sql`(${and(named, not(online))})`;
  const requested = { ...refund, of: payment, what: "this term's payment" };
  return ctx.transact((t) => {
    // If two come at once, the second waits here and finds the first one's refund.
    lockSubscription(t, id);
    t.guard(
      sql`exists (select from ${payments} where ${payment}) or not exists (select from ${payments} where ${and(named, online)})`,
      409,
      "paid_online",
      "This was paid online. Please refund it at Stripe; it will then show up here.",
    );
    t.guard(
      sql`(select count(*) < 2 from ${payments} where ${payment})`,
      409,
      "payment_unnamed",
      "This has several payments. Please name one: payment_id.",
    );
    guardRefundId(t, requested);
    guardEnoughLeft(t, requested, ctx.settings.CURRENCY);
    writeRefund(t, requested, ctx.user_id);
    return selectSubscription(t, ctx, id);
  });
}
