import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { effect, maybe, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { findSession, voidCheckout } from "../stripe/checkout-session.ts";
import { askOrNull } from "../stripe/client.ts";
import { idOf } from "../stripe/values.ts";
import { subscriptions } from "./tables.ts";
import { barred } from "./unbegun.ts";

/** A checkout of somebody who was rejected, by the session that they might still pay. */
interface RejectedCheckout {
  id: string;
  session_id: string;
}

/** Whether a row of `subscriptions` is one, also once its person was reconsidered: it is theirs to pay no more. */
const isRejected = and(eq(subscriptions.status, "pending"), barred);

const cancel = (which: SQL | undefined) =>
  query.update(subscriptions).set({ status: "cancelled", cancelled_at: sql`now()` }).where(and(isRejected, which));

/** Cancels the dues that somebody who was rejected began to pay, and of which there is no session yet. */
export const cancelUnopened = (user_id: string): Silent =>
  effect(cancel(and(eq(subscriptions.user_id, user_id), isNull(subscriptions.stripe_checkout_session_id))));

const selectOpened = (which: SQL | undefined) =>
  query
    .select({ id: subscriptions.id, session_id: sql<string>`${subscriptions.stripe_checkout_session_id}` })
    .from(subscriptions)
    .where(and(isRejected, isNotNull(subscriptions.stripe_checkout_session_id), which))
    .orderBy(asc(subscriptions.id));

/** The checkout of somebody who was rejected that has a session. */
export const selectRejectedCheckout = (user_id: string) => selectOpened(eq(subscriptions.user_id, user_id));

/** Everybody's such checkouts, in the order of their ids, those after one. */
export const selectRejectedCheckoutsAfter = (id: string | null) =>
  selectOpened(id ? gt(subscriptions.id, id) : undefined);

/**
 * Ends such a checkout, at Stripe first. One whose payment is on its way is cancelled, too, and the subscription that it
 * began ends at Stripe, so that nothing is collected later: what that payment brings in makes nobody a member. Returns
 * whether it was still there to be cancelled. Throws where Stripe does not answer, or does not end a session that is open.
 */
export async function endRejectedCheckout(ctx: Context, { id, session_id }: RejectedCheckout): Promise<boolean> {
  try {
    await voidCheckout(ctx, session_id);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "payment_in_progress")) throw error;
    const session = await findSession(ctx, session_id);
    // One that is being completed at this moment has begun no subscription yet that could be ended.
    if (session?.status !== "complete") throw error;
    const began = idOf(session.subscription);
    if (began) await askOrNull(ctx.stripe.subscriptions.cancel(began));
  }
  const checkout = and(eq(subscriptions.id, id), eq(subscriptions.stripe_checkout_session_id, session_id));
  const [cancelled] = await ctx.transact(maybe(cancel(checkout).returning({ id: subscriptions.id })));
  return cancelled !== null;
}
