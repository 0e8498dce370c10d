import { and, eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { exportCsv } from "../../http/export.ts";
import { by, newestFirst } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { sumsOver } from "../../ledger/figures.ts";
import { ledgerOfPayment, leftCents } from "../../ledger/left.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { type SubscriptionExport, subscriptionMatches } from "./filters.ts";
import { cancel_reason } from "./schemas.ts";

const NEWEST = newestFirst(subscriptions);

/** The subscriptions that match, with their money, as a CSV file. */
export const exportSubscriptions = (
  ctx: SignedInContext,
  { bom, ...filters }: SubscriptionExport,
): Promise<Download> => {
  const columns = columnsIn(ctx.settings.CURRENCY);
  return exportCsv(ctx, {
    table: "subscriptions",
    filters,
    bom,
    columns,
    order: NEWEST,
    select: (from, limit) =>
      query
        .select(columns)
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .innerJoinLateral(money, sql`true`)
        .where(and(subscriptionMatches(filters), from))
        .orderBy(...by(NEWEST))
        .limit(limit),
  });
};

/** The sums of all payments for a row of `subscriptions`. */
const money = query
  .select({
    ...sumsOver(sql`(${ledger.base_subscription_cents} + ${ledger.donation_cents})`),
    net_dues_cents: leftCents(ledger.base_subscription_cents).as("net_dues_cents"),
    net_donations_cents: leftCents(ledger.donation_cents).as("net_donations_cents"),
  })
  .from(payments)
  .innerJoinLateral(ledgerOfPayment, sql`true`)
  .where(eq(payments.subscription_id, subscriptions.id))
  .as("money");

const columnsIn = (currency: string) => ({
  id: subscriptions.id,
  created_at: subscriptions.created_at,
  status: subscriptions.status,
  user_id: subscriptions.user_id,
  first_name: users.first_name,
  last_name: users.last_name,
  email: users.email,
  plan_id: subscriptions.plan_id,
  plan_name: subscription_plans.name,
  billing_cycle: subscriptions.billing_cycle,
  payment_method: subscriptions.payment_method,
  currency: sql<string>`${currency}::text`,
  base_subscription_cents: subscriptions.base_subscription_cents,
  donation_cents: subscriptions.donation_cents,
  received_cents: money.received_cents,
  refunded_cents: money.refunded_cents,
  disputed_cents: money.disputed_cents,
  net_cents: money.net_cents,
  net_dues_cents: money.net_dues_cents,
  net_donations_cents: money.net_donations_cents,
  current_term_start: subscriptions.current_term_start,
  current_term_end: subscriptions.current_term_end,
  grace_ends_at: subscriptions.grace_ends_at,
  paused_at: subscriptions.paused_at,
  resumes_at: subscriptions.resumes_at,
  cancel_at_period_end: subscriptions.cancel_at_period_end,
  cancelled_at: subscriptions.cancelled_at,
  cancel_reason,
  notes: subscriptions.notes,
  stripe_subscription_id: subscriptions.stripe_subscription_id,
  stripe_checkout_session_id: subscriptions.stripe_checkout_session_id,
});
