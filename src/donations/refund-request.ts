import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { effect, guard, many, one, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { enoughIsLeft, idIsIts, isKnown, leftOf, writeRefund } from "../ledger/refunds.ts";
import { payments, reversals } from "../ledger/tables.ts";
import { lockDonation, selectDonation, toDonation } from "./find.ts";
import type { Donation, DonationRefund } from "./schemas.ts";
import { donations } from "./tables.ts";

/** A refund as it was written down, with what Stripe has to be told. */
export interface Asked {
  id: string;
  status: string;
  amount_cents: number;
  reason: string | null;
  stripe_payment_intent_id: string | null;
  stripe_checkout_session_id: string | null;
}

/**
 * Writes down that a refund is asked for, or finds by its id the one that is asked for again. While another one waits, none
 * is. Of a donation that was not paid online it is the refund itself.
 */
export async function askForRefund(
  ctx: SignedInContext,
  id: string,
  input: DonationRefund,
): Promise<{ asked: Asked; known: Set<string>; donation: Donation }> {
  const payment = sql`${eq(payments.donation_id, id)}`;
  const wanted = { ...input, of: payment, what: "this donation" };
  const isIt = eq(reversals.id, input.id);
  const anotherWaits = sql`from ${reversals} join ${payments} on ${eq(payments.id, reversals.payment_id)}
    where ${payment} and ${reversals.status} = 'requested' and not ${isIt}`;
  const online = eq(payments.payment_method, "stripe");
  const [asked, stripe_ids, ...found] = await ctx.transact(
    // Of two at once the second waits here, and finds the first one's refund.
    lockDonation(id),
    effect(query.select({ id: payments.id }).from(payments).where(payment).for("update")),
    guard(
      sql`exists (select from ${payments} where ${payment})`,
      409,
      "not_refundable",
      "Only a donation that was paid can be refunded.",
    ),
    guard(
      sql`exists (select from ${payments} join ${donations} on ${eq(donations.id, payments.donation_id)} where ${payment}
        and (not ${online} or ${and(isNotNull(payments.stripe_payment_intent_id), isNotNull(donations.stripe_checkout_session_id))}))`,
      409,
      "not_refundable",
      "This donation was paid before there were checkouts here: please refund it at Stripe.",
    ),
    idIsIts(wanted),
    guard(
      sql`not exists (select from ${reversals} where ${isIt} and ${reversals.status} in ('failed', 'canceled'))`,
      409,
      "refund_failed",
      "This refund came to nothing. Please ask for another one.",
    ),
    guard(
      sql`${isKnown(wanted)} or not exists (select ${anotherWaits})`,
      409,
      "refund_in_progress",
      sql`(select 'A refund of ' || ${reversals.amount_cents} || ' cents is under way. To go on with it, ask for it with its id: ' || ${reversals.id} || '.' ${anotherWaits} limit 1)`,
    ),
    ...enoughIsLeft(wanted),
    writeRefund(wanted, { requested_by: ctx.user_id, reason: input.reason }),
    effect(
      query
        .update(donations)
        .set({ status: "refunded" })
        .where(
          and(
            eq(donations.id, id),
            eq(donations.status, "completed"),
            sql`${donations.payment_method} <> 'stripe' and ${leftOf(payment)} = 0`,
          ),
        ),
    ),
    one(
      query
        .select({
          id: reversals.id,
          status: reversals.status,
          amount_cents: reversals.amount_cents,
          reason: reversals.reason,
          stripe_payment_intent_id: payments.stripe_payment_intent_id,
          stripe_checkout_session_id: donations.stripe_checkout_session_id,
        })
        .from(reversals)
        .innerJoin(payments, eq(payments.id, reversals.payment_id))
        .innerJoin(donations, eq(donations.id, payments.donation_id))
        .where(and(payment, isIt)),
    ),
    many(
      query
        .select({ stripe_id: sql<string>`${reversals.stripe_id}` })
        .from(reversals)
        .innerJoin(payments, eq(payments.id, reversals.payment_id))
        .where(and(payment, isNotNull(reversals.stripe_id))),
    ),
    ...selectDonation(ctx, id),
  );
  return { asked, known: new Set(stripe_ids.map(({ stripe_id }) => stripe_id)), donation: toDonation(ctx, ...found) };
}

/** A refund that was asked for and not made: no money moved. */
export const withdrawn = (id: string): Silent =>
  effect(
    query
      .update(reversals)
      .set({ status: "failed" })
      .where(and(eq(reversals.id, id), eq(reversals.status, "requested"), isNull(reversals.stripe_id))),
  );
