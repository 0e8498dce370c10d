import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { checkoutIsOver, findSession } from "../../stripe/checkout-session.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionOwner } from "../lock.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionIsRunning } from "../standing.ts";

/** Whether `renewal`, a checkout, is for the term after the running one, and begins where that one ends. */
export const renewalIsForNextTerm: SQL = sql`renewal.current_term_start is not null`;

/**
 * 409 if a subscription is running and a checkout of the same person may still be paid, because that checkout relies on when
 * the running term ends. A checkout whose time is up counts too, as a bank payment takes days, unless its session is over.
 *
 * @param over the session that Stripe says cannot be paid anymore
 * @param checkouts which checkouts count, as a condition on `renewal`
 * @param unless a change that does not move the end
 */
export const guardNoRenewalOpen = (
  t: Plan,
  id: string,
  over: string | null,
  { checkouts = sql`true`, unless = sql`false` }: { checkouts?: SQL; unless?: SQL },
): void =>
  t.guard(
    sql`${unless} or not ${someSubscription(
      eq(subscriptions.id, id),
      subscriptionIsRunning,
      sql`exists (select from ${subscriptions} renewal where renewal.user_id = ${subscriptions.user_id}
        and renewal.status = 'pending' and ${checkouts}
        and (renewal.checkout_expires_at > now() or renewal.stripe_checkout_session_id <> coalesce(${over}::text, '')))`,
    )}`,
    409,
    "renewal_open",
    "This person has an open checkout, or a payment on its way, for the term after this one. Please cancel that first.",
  );

/**
 * Makes a change that {@link guardNoRenewalOpen} guards. If a checkout whose time is up forbids it, asks Stripe whether its
 * session is over; if so, makes the change after all.
 *
 * @param change is given the session that is known to be over
 */
export async function changeBesideRenewal<T>(
  ctx: Context,
  id: string,
  change: (over: string | null) => Promise<T>,
): Promise<T> {
  try {
    return await change(null);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "renewal_open")) throw error;
    const session_id = await findExpiredSession(ctx, id);
    if (!session_id || !checkoutIsOver(await findSession(ctx, session_id))) throw error;
    return change(session_id);
  }
}

/** The session of the person's checkout whose time is up. */
async function findExpiredSession(ctx: Context, id: string): Promise<string | null> {
  const isExpired = and(
    eq(subscriptions.user_id, subscriptionOwner(id)),
    eq(subscriptions.status, "pending"),
    sql`${subscriptions.checkout_expires_at} <= now()`,
  );
  const renewal = await ctx.transact((t) =>
    t.maybe(
      query.select({ session_id: subscriptions.stripe_checkout_session_id }).from(subscriptions).where(isExpired),
    ),
  );
  return renewal?.session_id ?? null;
}
