import { and, asc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { users } from "../members/tables.ts";
import { voidCheckout } from "../payments/checkout-session.ts";
import { subscriptions } from "./tables.ts";

/** A checkout of somebody who was rejected, by the session that they might still pay. */
interface RejectedCheckout {
  id: string;
  session_id: string;
}

const ofRejected = sql`(${and(
  eq(subscriptions.status, "pending"),
  sql`exists (select from ${users} where ${and(eq(users.id, subscriptions.user_id), eq(users.status, "rejected"))})`,
)})`;

const cancel = (which: SQL | undefined): Silent =>
  effect(
    query.update(subscriptions).set({ status: "cancelled", cancelled_at: sql`now()` }).where(and(ofRejected, which)),
  );

/** Cancels the dues that somebody who was rejected began to pay, and of which there is no session yet. */
export const cancelUnopened = (user_id: string): Silent =>
  cancel(and(eq(subscriptions.user_id, user_id), isNull(subscriptions.stripe_checkout_session_id)));

/** The checkouts of people who were rejected that have a session: one person's, or everybody's. */
export const selectRejectedCheckouts = (user_id?: string) =>
  query
    .select({ id: subscriptions.id, session_id: sql<string>`${subscriptions.stripe_checkout_session_id}` })
    .from(subscriptions)
    .where(
      and(
        ofRejected,
        isNotNull(subscriptions.stripe_checkout_session_id),
        user_id === undefined ? undefined : eq(subscriptions.user_id, user_id),
      ),
    )
    .orderBy(asc(subscriptions.id));

/**
 * Ends such a checkout, at Stripe first. Returns whether it did: one that is being paid is left, and what becomes of its
 * money is told of when it is there. Throws where Stripe does not answer.
 */
export async function endRejectedCheckout(ctx: Context, { id, session_id }: RejectedCheckout): Promise<boolean> {
  try {
    await voidCheckout(ctx, session_id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "payment_in_progress") return false;
    throw error;
  }
  await ctx.transact(cancel(and(eq(subscriptions.id, id), eq(subscriptions.stripe_checkout_session_id, session_id))));
  return true;
}
