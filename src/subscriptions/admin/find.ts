import { desc, eq } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { reversalColumns } from "../../ledger/reversal.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { SUBSCRIPTION_NOT_FOUND } from "../lock.ts";
import { type Subscription, subscriptionDetailColumns, subscriptionPaymentColumns } from "./schemas.ts";

/** One subscription, for a volunteer. 404 if there is no such subscription. */
export const getSubscription = (ctx: SignedInContext, id: string): Promise<Subscription> =>
  ctx.transact((t) => selectSubscription(t, ctx, id));

/** A subscription with its payments, as the transaction has left them so far. 404 if there is no such subscription. */
export const selectSubscription = (t: Plan, ctx: SignedInContext, id: string): Handle<Subscription> =>
  t.combine(findSubscription(t, ctx, id), (subscription) => {
    if (!subscription) throw new Refusal(...SUBSCRIPTION_NOT_FOUND);
    return subscription;
  });

/** The same, or null if there is no such subscription. */
export const findSubscription = (t: Plan, { settings }: SignedInContext, id: string): Handle<Subscription | null> =>
  t.combine(
    {
      subscription: t.maybe(selectDetail(id)),
      paid: t.many(selectPayments(id)),
      reversed: t.many(selectReversals(id)),
    },
    ({ subscription, paid, reversed }) =>
      subscription && {
        ...subscription,
        currency: settings.CURRENCY,
        payments: paid.map((payment) => ({
          ...payment,
          reversals: reversed.flatMap(({ payment_id, ...reversal }) => (payment_id === payment.id ? [reversal] : [])),
        })),
      },
  );

const selectDetail = (id: string) =>
  query
    .select(subscriptionDetailColumns)
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
    .where(eq(subscriptions.id, id));

const selectPayments = (id: string) =>
  query
    .select(subscriptionPaymentColumns)
    .from(payments)
    .where(eq(payments.subscription_id, id))
    .orderBy(desc(payments.paid_at), desc(payments.id))
    .limit(100);

const selectReversals = (id: string) =>
  query
    .select({ payment_id: reversals.payment_id, ...reversalColumns })
    .from(reversals)
    .innerJoin(payments, eq(payments.id, reversals.payment_id))
    .where(eq(payments.subscription_id, id))
    .orderBy(desc(reversals.created_at), desc(reversals.id));
