import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { batches } from "../database/batches.ts";
import { many, maybe, query } from "../database/statements.ts";
import { donations } from "../donations/tables.ts";
import { endRejectedCheckout, selectRejectedCheckoutsAfter } from "../subscriptions/rejected-checkout.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { checkoutFromStripe } from "./checkout-from-stripe.ts";
import type { Round } from "./reconcile-round.ts";

const PAGE = 100;

/** A session lives for a day at most: https://docs.stripe.com/api/checkout/sessions/create */
const endOf = (expires_at: SQL, created_at: SQL) => sql`coalesce(${expires_at}, ${created_at} + interval '24 hours')`;

/**
 * Agrees on the checkouts that are pending here though their sessions have ended, or never were, and ends those of people
 * who were rejected while Stripe did not answer.
 */
export async function agreeCheckouts(round: Round, after: string | null): Promise<boolean> {
  const rejected = batches((from) => ofRejected(round, from), { size: PAGE, key: ({ id }) => id });
  for await (const rows of rejected)
    for (const checkout of rows) {
      if (!round.goesOn("checkouts", after)) return false;
      await round.attempt("checkout", checkout.session_id, async () => {
        if (await endRejectedCheckout(round.ctx, checkout))
          round.changed("checkout", checkout.session_id, { status: "pending" }, { status: "cancelled" });
      });
    }
  while ((await failUnmade(round)) === PAGE) if (!round.goesOn("checkouts", after)) return false;
  let last = after;
  const pending = batches((from) => ended(round, from), { size: PAGE, key: ({ session_id }) => session_id, after });
  for await (const rows of pending)
    for (const { session_id } of rows) {
      if (!round.goesOn("checkouts", last)) return false;
      await round.attempt("checkout", session_id, async () =>
        round.agree("checkout", session_id, await checkoutFromStripe(round.ctx, session_id), selectState),
      );
      last = session_id;
    }
  return true;
}

async function ofRejected({ ctx }: Round, after: string | null) {
  const [rows] = await ctx.transact(many(selectRejectedCheckoutsAfter(after).limit(PAGE)));
  return rows;
}

/**
 * Marks donations failed whose sessions were never handed out, a day after those would have ended: whoever was to pay is
 * not trying any more, and a session that Stripe made all the same has had its events. Pending dues stay: they are where
 * the member's next attempt begins. Returns how many it were, at most a page.
 */
async function failUnmade(round: Round): Promise<number> {
  const unmade = and(
    eq(donations.status, "pending"),
    isNull(donations.stripe_checkout_session_id),
    lt(
      endOf(sql`${donations.checkout_expires_at}`, sql`${donations.created_at}`),
      sql`${round.until.toISOString()}::timestamptz - interval '24 hours'`,
    ),
  );
  const some = query.select({ id: donations.id }).from(donations).where(unmade).orderBy(donations.id).limit(PAGE);
  const [failed] = await round.ctx.transact(
    many(
      query
        .update(donations)
        .set({ status: "failed" })
        .where(and(inArray(donations.id, some), unmade))
        .returning({ id: donations.id }),
    ),
  );
  for (const { id } of failed) round.changed("checkout", id, { status: "pending" }, { status: "failed" });
  return failed.length;
}

/** The sessions that ended in the time that the round is about, in the order of their ids. */
async function ended({ ctx, since, until }: Round, after: string | null): Promise<{ session_id: string }[]> {
  const within = (end: SQL) => and(gte(end, since.toISOString()), lt(end, until.toISOString()));
  const donation = query
    .select({ session_id: sql<string>`${donations.stripe_checkout_session_id}`.as("session_id") })
    .from(donations)
    .where(
      and(
        eq(donations.status, "pending"),
        isNotNull(donations.stripe_checkout_session_id),
        within(endOf(sql`${donations.checkout_expires_at}`, sql`${donations.created_at}`)),
      ),
    );
  const dues = query
    .select({ session_id: sql<string>`${subscriptions.stripe_checkout_session_id}`.as("session_id") })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.status, "pending"),
        isNotNull(subscriptions.stripe_checkout_session_id),
        within(endOf(sql`${subscriptions.checkout_expires_at}`, sql`${subscriptions.created_at}`)),
      ),
    );
  const checkouts = donation.unionAll(dues).as("checkouts");
  const [rows] = await ctx.transact(
    many(
      query
        .select({ session_id: checkouts.session_id })
        .from(checkouts)
        .where(after ? gt(checkouts.session_id, after) : undefined)
        .orderBy(asc(checkouts.session_id))
        .limit(PAGE),
    ),
  );
  return rows;
}

const selectState = (session_id: string) =>
  maybe(
    query.execute<{ status: string }>(sql`
      select status::text from ${donations} where ${eq(donations.stripe_checkout_session_id, session_id)}
      union all
      select status::text from ${subscriptions} where ${eq(subscriptions.stripe_checkout_session_id, session_id)}`),
  );
