import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { batches } from "../../database/batches.ts";
import { query } from "../../database/query.ts";
import { endRejectedCheckout, selectRejectedCheckoutsAfter } from "../../subscriptions/checkout/rejected.ts";
import { donations } from "../../tables/donations.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { checkoutFromStripe } from "../checkout.ts";
import type { Round } from "./round.ts";

const PAGE = 100;

/**
 * Settles checkouts that are still pending here: ends those of rejected people, gives up donations that never got a
 * session, and asks Stripe about sessions that have ended.
 */
export async function reconcileCheckouts(round: Round, after: string | null): Promise<boolean> {
  if (!(await endRejected(round, after))) return false;
  while ((await failUnopened(round)) === PAGE) if (!round.continuesAfter("checkouts", after)) return false;
  return agreeOnEnded(round, after);
}

/** Ends the checkouts of people who were rejected while Stripe did not answer. */
async function endRejected(round: Round, after: string | null): Promise<boolean> {
  const { ctx } = round;
  const select = (from: string | null) => ctx.transact((t) => t.many(selectRejectedCheckoutsAfter(from).limit(PAGE)));
  for await (const rows of batches(select, { size: PAGE, key: ({ id }) => id }))
    for (const checkout of rows) {
      if (!round.continuesAfter("checkouts", after)) return false;
      await round.attempt("checkout", checkout.session_id, async () => {
        if (await endRejectedCheckout(ctx, checkout))
          round.recordRepair("checkout", checkout.session_id, { status: "pending" }, { status: "cancelled" });
      });
    }
  return true;
}

/**
 * Marks donations failed that never got a session, a day after it would have ended: nobody is trying anymore, and if
 * Stripe made a session after all, its events have come. Pending dues stay, for the member's next attempt to reuse.
 * Returns how many there were, at most a page.
 */
async function failUnopened(round: Round): Promise<number> {
  const isUnopened = and(
    eq(donations.status, "pending"),
    isNull(donations.stripe_checkout_session_id),
    lt(endOf(donations), sql`${round.until.toISOString()}::timestamptz - interval '24 hours'`),
  );
  const page = query.select({ id: donations.id }).from(donations).where(isUnopened).orderBy(donations.id).limit(PAGE);
  const fail = query
    .update(donations)
    .set({ status: "failed" })
    .where(and(inArray(donations.id, page), isUnopened))
    .returning({ id: donations.id });
  const failed = await round.ctx.transact((t) => t.many(fail));
  for (const { id } of failed) round.recordRepair("checkout", id, { status: "pending" }, { status: "failed" });
  return failed.length;
}

/** Asks Stripe what became of the sessions that ended in the time that the round covers. */
async function agreeOnEnded(round: Round, after: string | null): Promise<boolean> {
  let done = after;
  const ended = batches((from) => endedAfter(round, from), { size: PAGE, key: ({ session_id }) => session_id, after });
  for await (const rows of ended)
    for (const { session_id } of rows) {
      if (!round.continuesAfter("checkouts", done)) return false;
      await round.attempt("checkout", session_id, async () =>
        round.agree("checkout", session_id, await checkoutFromStripe(round.ctx, session_id), selectState),
      );
      done = session_id;
    }
  return true;
}

function endedAfter({ ctx, since, until }: Round, after: string | null): Promise<{ session_id: string }[]> {
  const ofTable = (table: typeof donations | typeof subscriptions) =>
    query
      .select({ session_id: sql<string>`${table.stripe_checkout_session_id}`.as("session_id") })
      .from(table)
      .where(
        and(
          eq(table.status, "pending"),
          isNotNull(table.stripe_checkout_session_id),
          gte(endOf(table), since.toISOString()),
          lt(endOf(table), until.toISOString()),
        ),
      );
  const checkouts = ofTable(donations).unionAll(ofTable(subscriptions)).as("checkouts");
  const { session_id } = checkouts;
  const isLater = after ? gt(session_id, after) : undefined;
  const select = query.select({ session_id }).from(checkouts).where(isLater).orderBy(asc(session_id)).limit(PAGE);
  return ctx.transact((t) => t.many(select));
}

/** When a checkout's session ends. A session lives a day at most: https://docs.stripe.com/api/checkout/sessions/create */
const endOf = ({ checkout_expires_at, created_at }: { checkout_expires_at: SQLWrapper; created_at: SQLWrapper }): SQL =>
  sql`coalesce(${checkout_expires_at}, ${created_at} + interval '24 hours')`;

const selectState = (session_id: string) =>
  query.execute<{ status: string }>(sql`
    select status::text from ${donations} where ${eq(donations.stripe_checkout_session_id, session_id)}
    union all
    select status::text from ${subscriptions} where ${eq(subscriptions.stripe_checkout_session_id, session_id)}`);
