import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { cellsOf, column, dayColumn, lastDayColumn, moneyColumn } from "../../http/csv-columns.ts";
import { exportCsv } from "../../http/export.ts";
import { by, newestFirst } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { sumsOver } from "../../ledger/figures.ts";
import { ledgerOfPayment, leftCents } from "../../ledger/left.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { nameOf, users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { type SubscriptionExport, subscriptionMatches } from "./filters.ts";
import { cancel_reason } from "./schemas.ts";

const NEWEST = newestFirst(subscriptions);

/** The subscriptions that match, with their money, as a CSV file. */
export const exportSubscriptions = (
  ctx: SignedInContext,
  { bom, headers, amounts, ...filters }: SubscriptionExport,
): Promise<Download> => {
  const columns = columnsIn(ctx.settings.CURRENCY);
  return exportCsv(ctx, {
    table: "subscriptions",
    filters,
    options: { bom, headers, amounts },
    columns,
    order: NEWEST,
    about_people: true,
    select: (from, limit) =>
      query
        .select({
          person_id: subscriptions.user_id,
          id: subscriptions.id,
          created_at: subscriptions.created_at,
          cells: cellsOf(columns),
        })
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .innerJoinLateral(money, sql`true`)
        .leftJoinLateral(last_payment, sql`true`)
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

const last_payment = query
  .select({
    paid_at: payments.paid_at,
    cents: sql<number>`${payments.base_subscription_cents} + ${payments.donation_cents}`.as("cents"),
    payment_method: payments.payment_method,
    recorded_by: payments.recorded_by,
  })
  .from(payments)
  .where(eq(payments.subscription_id, subscriptions.id))
  .orderBy(desc(payments.paid_at), desc(payments.id))
  .limit(1)
  .as("last_payment");

const columnsIn = (currency: string) => ({
  id: column("Subscription ID", subscriptions.id),
  created_at: dayColumn("Started", subscriptions.created_at),
  status: column("Status", subscriptions.status),
  user_id: column("Member ID", subscriptions.user_id),
  first_name: column("First name", users.first_name),
  last_name: column("Last name", users.last_name),
  email: column("Email", users.email),
  plan_id: column("Plan ID", subscriptions.plan_id),
  plan_name: column("Plan", subscription_plans.name),
  billing_cycle: column("Billing cycle", subscriptions.billing_cycle),
  payment_method: column("Payment method", subscriptions.payment_method),
  currency: column("Currency", sql`${currency}::text`),
  base_subscription_cents: moneyColumn("Dues", subscriptions.base_subscription_cents),
  donation_cents: moneyColumn("Donation on top", subscriptions.donation_cents),
  received_cents: moneyColumn("Received", money.received_cents),
  refunded_cents: moneyColumn("Refunded", money.refunded_cents),
  disputed_cents: moneyColumn("Taken back by banks", money.disputed_cents),
  net_cents: moneyColumn("Net", money.net_cents),
  net_dues_cents: moneyColumn("Net dues", money.net_dues_cents),
  net_donations_cents: moneyColumn("Net donations", money.net_donations_cents),
  last_paid_at: dayColumn("Last paid", last_payment.paid_at),
  last_payment_cents: moneyColumn("Last payment", last_payment.cents),
  last_payment_method: column("Last payment method", last_payment.payment_method),
  last_payment_recorded_by: column("Last payment recorded by", nameOf(last_payment.recorded_by)),
  current_term_start: dayColumn("First day of the term", subscriptions.current_term_start),
  current_term_end: lastDayColumn("Last day of the term", subscriptions.current_term_end),
  grace_ends_at: lastDayColumn("Last day of grace", subscriptions.grace_ends_at),
  paused_at: dayColumn("Paused", subscriptions.paused_at),
  resumes_at: dayColumn("Resumes", subscriptions.resumes_at),
  cancel_at_period_end: column("Ends with its term", subscriptions.cancel_at_period_end),
  cancelled_at: dayColumn("Canceled", subscriptions.cancelled_at),
  cancel_reason: column("Reason for canceling", cancel_reason),
  notes: column("Notes", subscriptions.notes),
  stripe_subscription_id: column("Stripe subscription", subscriptions.stripe_subscription_id),
  stripe_checkout_session_id: column("Stripe checkout", subscriptions.stripe_checkout_session_id),
});
