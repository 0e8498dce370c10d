import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { findSession, voidCheckout } from "../../stripe/checkout-session.ts";
import { askOrNull } from "../../stripe/client.ts";
import { voidOpenInvoices } from "../../stripe/open-invoices.ts";
import { idOf } from "../../stripe/values.ts";
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
  try {
    await voidCheckout(ctx, session_id);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "payment_in_progress")) throw error;
    const session = await findSession(ctx, session_id);
    // Still being completed: it has no subscription yet that we could cancel.
    if (session?.status !== "complete") throw error;
    const began = idOf(session.subscription);
    if (began) {
      await askOrNull(ctx.stripe.subscriptions.cancel(began));
      await voidOpenInvoices(ctx, began);
    }
  }
  const checkout = and(eq(subscriptions.id, id), eq(subscriptions.stripe_checkout_session_id, session_id));
  const cancelled = await ctx.transact((t) => t.maybe(cancel(checkout).returning({ id: subscriptions.id })));
  return cancelled !== null;
}
