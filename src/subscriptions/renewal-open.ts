import { and, eq, type SQL, sql } from "drizzle-orm";
import { guard, maybe, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { findSession, isOver } from "../stripe/checkout-session.ts";
import { personOf } from "./find.ts";
import { runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/** A checkout for the term after the one that runs, which begins where that one ends. */
export const forNextTerm = sql`renewal.current_term_start is not null`;

/**
 * 409 where a subscription runs, and a checkout of its person may still be paid: what was sold there relies on where this
 * one ends. Also when its time is up, unless its session is over: what is paid from a bank account takes days.
 *
 * @param over the session of which Stripe said that nothing can come of it any more
 * @param sold which checkouts, as a condition on `renewal`
 * @param unless what does not move the end
 */
export const noRenewalOpen = (
  id: string,
  over: string | null,
  { sold = sql`true`, unless = sql`false` }: { sold?: SQL; unless?: SQL },
): Silent =>
  guard(
    sql`${unless} or not exists (
      select from ${subscriptions} where ${and(eq(subscriptions.id, id), runs)} and exists (
        select from ${subscriptions} renewal where renewal.user_id = ${subscriptions.user_id}
          and renewal.status = 'pending' and ${sold}
          and (renewal.checkout_expires_at > now() or renewal.stripe_checkout_session_id <> coalesce(${over}::text, ''))))`,
    409,
    "renewal_open",
    "A checkout of this person is open, or its payment on its way, which begins where this term ends. Cancel that first.",
  );

/**
 * Makes a change that an open checkout refuses. Where one refuses it whose time is up, Stripe is asked what became of it:
 * if it is over, the change is made after all.
 *
 * @param change given the session that is known to be over
 */
export async function besideRenewal<T>(
  ctx: Context,
  id: string,
  change: (over: string | null) => Promise<T>,
): Promise<T> {
  try {
    return await change(null);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "renewal_open")) throw error;
    const session_id = await endedSession(ctx, id);
    if (!session_id || !isOver(await findSession(ctx, session_id))) throw error;
    return change(session_id);
  }
}

/** The session of the person's checkout whose time is up. */
async function endedSession(ctx: Context, id: string): Promise<string | null> {
  const [renewal] = await ctx.transact(
    maybe(
      query
        .select({ session_id: subscriptions.stripe_checkout_session_id })
        .from(subscriptions)
        .where(
          and(
            eq(subscriptions.user_id, personOf(id)),
            eq(subscriptions.status, "pending"),
            sql`${subscriptions.checkout_expires_at} <= now()`,
          ),
        ),
    ),
  );
  return renewal?.session_id ?? null;
}
