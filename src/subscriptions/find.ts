import { count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { effect, guard, many, maybe, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { reversalColumns } from "../ledger/reversal.ts";
import { payments, reversals } from "../ledger/tables.ts";
import { users } from "../members/tables.ts";
import { subscription_plans } from "../plans/tables.ts";
import { cancel_reason, cardColumns, listedColumns, type SubscriptionDetail } from "./schemas.ts";
import { subscriptions } from "./tables.ts";

const SUBSCRIPTION_NOT_FOUND = [404, "subscription_not_found", "There is no such subscription."] as const;

/** How much of its history a subscription shows. */
const MOST_PAYMENTS = 100;

/** The person whose subscription it is, in SQL. */
export const personOf = (id: string): SQL =>
  sql`(select ${subscriptions.user_id} from ${subscriptions} where ${eq(subscriptions.id, id)})`;

/** 404 unless the subscription is there. Whoever else changes it, or the person, waits: the person first, as everywhere. */
export const lockSubscription = (id: string): [Silent, Silent] => [
  effect(
    query
      .select({ id: users.id })
      .from(users)
      .where(eq(users.id, personOf(id)))
      .for("no key update"),
  ),
  guard(
    sql`(select ${subscriptions.id} from ${subscriptions} where ${eq(subscriptions.id, id)} for update) is not null`,
    ...SUBSCRIPTION_NOT_FOUND,
  ),
];

const newestPayments = (id: string) =>
  query
    .select({
      id: payments.id,
      payment_method: payments.payment_method,
      base_subscription_cents: payments.base_subscription_cents,
      donation_cents: payments.donation_cents,
      paid_at: payments.paid_at,
      term_start: payments.term_start,
      term_end: payments.term_end,
      stripe_invoice_id: payments.stripe_invoice_id,
      stripe_payment_intent_id: payments.stripe_payment_intent_id,
      recorded_by: payments.recorded_by,
    })
    .from(payments)
    .where(eq(payments.subscription_id, id))
    .orderBy(desc(payments.paid_at), desc(payments.id))
    .limit(MOST_PAYMENTS);

/** What {@link toDetail} makes a subscription of. */
export const selectDetail = (id: string) =>
  [
    maybe(
      query
        .select({
          ...listedColumns,
          ...cardColumns,
          cancel_reason,
          notes: subscriptions.notes,
          stripe_subscription_id: subscriptions.stripe_subscription_id,
          stripe_checkout_session_id: subscriptions.stripe_checkout_session_id,
          checkout_expires_at: subscriptions.checkout_expires_at,
          updated_at: subscriptions.updated_at,
          payments_total: sql`(${query
            .select({ payments: count() })
            .from(payments)
            .where(eq(payments.subscription_id, subscriptions.id))})`.mapWith(Number),
        })
        .from(subscriptions)
        .innerJoin(users, eq(users.id, subscriptions.user_id))
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(eq(subscriptions.id, id)),
    ),
    many(newestPayments(id)),
    many(
      query
        .select({
          payment_id: reversals.payment_id,
          ...reversalColumns,
        })
        .from(reversals)
        .where(
          inArray(
            reversals.payment_id,
            query.select({ id: payments.id }).from(payments).where(eq(payments.subscription_id, id)),
          ),
        )
        .orderBy(desc(reversals.created_at), desc(reversals.id)),
    ),
  ] as const;

type Read<S> = { [K in keyof S]: S[K] extends { read(rows: unknown): infer T } ? T : never };

/** A subscription with the history of its money. 404 where there is none. */
export function toDetail(
  { settings }: SignedInContext,
  [subscription, paid, reversed]: Read<ReturnType<typeof selectDetail>>,
): SubscriptionDetail {
  if (!subscription) throw new Refusal(...SUBSCRIPTION_NOT_FOUND);
  return {
    ...subscription,
    currency: settings.CURRENCY,
    payments: paid.map((payment) => ({
      ...payment,
      reversals: reversed.flatMap(({ payment_id, ...reversal }) => (payment_id === payment.id ? [reversal] : [])),
    })),
  };
}

/** Runs guards and effects, none to only look, and returns the subscription as it stands then. 404 without one. */
export async function subscriptionAfter(
  ctx: SignedInContext,
  id: string,
  ...statements: Silent[]
): Promise<SubscriptionDetail> {
  return toDetail(ctx, await ctx.transact(...statements, ...selectDetail(id)));
}
