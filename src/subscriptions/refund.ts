import { and, eq, sql } from "drizzle-orm";
import { guard } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { enoughIsLeft, idIsIts, writeRefund } from "../ledger/refunds.ts";
import { payments } from "../ledger/tables.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import type { SubscriptionDetail, TermRefund } from "./schemas.ts";

/**
 * Writes down that what was recorded of a term in cash or by cheque was given back, or was never there: all that is left of
 * it, or a part. The term stays as it is. The same `id` again is written down once. 404 without such a subscription; 409
 * where it was paid online, nothing or not that much is left, or another refund has the id.
 */
export function refundOfflineTerm(ctx: SignedInContext, id: string, refund: TermRefund): Promise<SubscriptionDetail> {
  const payment = sql`${eq(payments.subscription_id, id)}`;
  const wanted = { ...refund, of: payment, what: "this term's payment" };
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
    idIsIts(wanted),
    ...enoughIsLeft(wanted),
    writeRefund(wanted, { requested_by: ctx.user_id }),
  );
}
