import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { endCheckout } from "../../stripe/checkout-session.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionCannotBegin } from "../never-began.ts";

/** A checkout that a rejected person could still pay. */
export interface RejectedCheckout {
  id: string;
  session_id: string;
}

/** Whether a row of `subscriptions` is such a checkout. It still is if the person is being reconsidered. */
const isRejected = and(eq(subscriptions.status, "pending"), subscriptionCannotBegin);

const cancel = (which: SQL | undefined) =>
  query.update(subscriptions).set({ status: "cancelled", cancelled_at: sql`now()` }).where(and(isRejected, which));

const isOf = (user_ids: SQL): SQL => sql`${subscriptions.user_id} = any(${user_ids})`;

/** Cancels the checkouts of rejected people that have no session at Stripe yet. */
export const cancelUnopenedCheckouts = (t: Plan, user_ids: SQL): void =>
  t.effect(cancel(and(isOf(user_ids), isNull(subscriptions.stripe_checkout_session_id))));

const selectOpened = (which: SQL | undefined) =>
  query
    .select({ id: subscriptions.id, session_id: sql<string>`${subscriptions.stripe_checkout_session_id}` })
    .from(subscriptions)
    .where(and(isRejected, isNotNull(subscriptions.stripe_checkout_session_id), which))
    .orderBy(asc(subscriptions.id));

/** The checkouts of rejected people that have a session at Stripe. */
export const selectRejectedCheckouts = (user_ids: SQL) => selectOpened(isOf(user_ids));

/** All such checkouts after an id, in the order of their ids. */
export const selectRejectedCheckoutsAfter = (id: string | null) =>
  selectOpened(id ? gt(subscriptions.id, id) : undefined);

/**
 * Ends such a checkout, at Stripe first. If its payment is already on its way, cancels the subscription that it began, because
 * Stripe would collect again; the payment itself makes nobody a member. Returns false if somebody else ended the checkout in
 * the meantime. Throws if Stripe does not answer, or does not end an open session.
 */
export async function endRejectedCheckout(ctx: Context, { id, session_id }: RejectedCheckout): Promise<boolean> {
  await endCheckout(ctx, session_id);
  const checkout = and(eq(subscriptions.id, id), eq(subscriptions.stripe_checkout_session_id, session_id));
  const cancelled = await ctx.transact((t) => t.maybe(cancel(checkout).returning({ id: subscriptions.id })));
  return cancelled !== null;
}
