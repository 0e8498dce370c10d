import { and, asc, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import { batches } from "../database/batches.ts";
import { effect, many, maybe, query } from "../database/statements.ts";
import { donations } from "../donations/tables.ts";
import { payments, reversals } from "../ledger/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { checkoutFromStripe } from "./checkout-from-stripe.ts";
import type { Agreement } from "./from-stripe.ts";
import { pages, type Round } from "./reconcile-round.ts";
import { subscriptionFromStripe } from "./subscription-from-stripe.ts";

const PAGE = 100;
/** Until then whoever asked for it may still be waiting for Stripe's answer. */
const SETTLED = sql`interval '15 minutes'`;
/** As long as Stripe keeps an idempotency key: until then the same request may still be sent again. */
const FORGOTTEN = sql`interval '24 hours'`;

type Requested = Awaited<ReturnType<typeof requested>>[number];

/** Finds out what became of the refunds that were asked for and never answered. */
export async function agreeRefunds(round: Round, after: string | null): Promise<boolean> {
  let last = after;
  const waiting = batches((from) => requested(round, from), { size: PAGE, key: ({ id }) => id, after });
  for await (const rows of waiting)
    for (const refund of rows) {
      if (!round.goesOn("refunds", last)) return false;
      await round.attempt("refund", refund.id, () => agree(round, refund));
      last = refund.id;
    }
  return true;
}

async function requested({ ctx }: Round, after: string | null) {
  const [rows] = await ctx.transact(
    many(
      query
        .select({
          id: reversals.id,
          forgotten: sql<boolean>`${isOlderThan(FORGOTTEN)}`,
          payment_intent: sql<
            string | null
          >`coalesce(${payments.stripe_payment_intent_id}, ${donations.stripe_payment_intent_id})`,
          stripe_subscription_id: subscriptions.stripe_subscription_id,
          session_id: sql<
            string | null
          >`coalesce(${donations.stripe_checkout_session_id}, ${subscriptions.stripe_checkout_session_id})`,
        })
        .from(reversals)
        .innerJoin(payments, eq(payments.id, reversals.payment_id))
        .leftJoin(donations, eq(donations.id, payments.donation_id))
        .leftJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
        .where(and(isWaiting, isOlderThan(SETTLED), after ? gt(reversals.id, after) : undefined))
        .orderBy(asc(reversals.id))
        .limit(PAGE),
    ),
  );
  return rows;
}

const isWaiting = and(eq(reversals.status, "requested"), isNull(reversals.stripe_id));
const isOlderThan = (age: SQL): SQL => sql`(${lt(reversals.created_at, sql`now() - ${age}`)})`;

async function agree(round: Round, refund: Requested): Promise<void> {
  const { id, forgotten } = refund;
  if (await wasMade(round, refund)) {
    const agreement = await agreementOn(round, refund);
    if (!agreement)
      return round.concern("refund", id, "its payment has neither a subscription nor a checkout at Stripe");
    return round.agree("refund", id, agreement, selectState);
  }
  if (!forgotten) return;
  const [after] = await round.ctx.transact(
    effect(
      query
        .update(reversals)
        .set({ status: "canceled" })
        .where(and(eq(reversals.id, id), isWaiting)),
    ),
    selectState(id),
  );
  round.changed("refund", id, { status: "requested" }, after ?? null);
}

const selectState = (id: string) =>
  maybe(query.select({ status: reversals.status }).from(reversals).where(eq(reversals.id, id)));

async function wasMade({ ctx }: Round, { id, payment_intent }: Requested): Promise<boolean> {
  if (!payment_intent) return false;
  for await (const page of pages((paging) => ctx.stripe.refunds.list({ ...paging, payment_intent })))
    if (page.some(({ metadata }) => metadata?.refund_id === id)) return true;
  return false;
}

/** Where its payment came from is what is asked for. */
async function agreementOn({ ctx }: Round, refund: Requested): Promise<Agreement | null> {
  if (refund.stripe_subscription_id) return subscriptionFromStripe(ctx, refund.stripe_subscription_id);
  return refund.session_id ? checkoutFromStripe(ctx, refund.session_id) : null;
}
