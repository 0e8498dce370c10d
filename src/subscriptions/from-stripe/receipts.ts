import { and, eq, gt, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { NEWS_SINCE } from "../../ledger/news.ts";
import { payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { mailDuesReceipts } from "../receipts.ts";

/** Whether a row of `payments` is the first one for its subscription. */
const isFirst = sql`not exists (select from ${payments} earlier
  where earlier.subscription_id = ${payments.subscription_id} and (earlier.paid_at, earlier.id) < (${payments.paid_at}, ${payments.id}))`;

/**
 * Mails thanks for the first payment of a subscription and a receipt for each later one, once Stripe's answer has been
 * applied to `row` (a condition on `subscriptions`). The first payment waits until its payer is a member. If we hear of it
 * only after the term, it gets a receipt.
 */
export const mailReceiptsOf = (t: Plan, row: SQL): void =>
  mailDuesReceipts(t, {
    due: sql`(${and(row, isNotNull(subscriptions.stripe_synced_at), gt(payments.paid_at, NEWS_SINCE))}
      and (not ${isFirst} or ${users.status} in ('active', 'inactive')))`,
    thanked: sql`(${eq(users.status, "active")} and ${isFirst})`,
  });
