import { and, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { type CheckoutPayment, fetchCheckoutPayment } from "../ledger/checkout-payment.ts";
import { donorGreeting, donorMailAddress } from "../ledger/donor.ts";
import { paymentLeft } from "../ledger/left.ts";
import { fetchMovements, writeMovements } from "../ledger/movements-from-stripe.ts";
import { isNews, NEWS_SINCE } from "../ledger/news.ts";
import { type Agreement, appliedUnless, askingNow } from "../stripe/agreement.ts";
import { checkoutIsOver, checkoutWasRefused } from "../stripe/checkout-session.ts";
import { donations } from "../tables/donations.ts";
import { payments } from "../tables/ledger.ts";
import { users } from "../tables/people.ts";
import { mailFirstReceipt } from "./receipt.ts";

type Session = Stripe.Checkout.Session;

/** The metadata that our checkout gives a donation. */
const DonationMetadata = z.object({ donation_id: z.uuid() });

/**
 * Returns what makes our donation agree with its checkout session and the money that moved since. Null if the session
 * is not for a donation of ours.
 *
 * @param ctx as of when Stripe was asked for the session (`askingNow`)
 * @param session from `fetchCheckout`
 */
export async function donationFromStripe(ctx: Context, session: Session): Promise<Agreement | null> {
  const id = DonationMetadata.safeParse(session.metadata).data?.donation_id;
  if (!id) return null;
  const payment = await fetchCheckoutPayment(ctx, session);
  return {
    write(t) {
      t.effect(query.select({ id: donations.id }).from(donations).where(eq(donations.id, id)).for("update"));
      if (payment) {
        writeDonationPayment(t, id, payment);
        writeMovements(t, ctx, payment.movements);
      }
      updateDonation(t, id, session, payment, ctx.now.toISOString());
      if (checkoutWasRefused(session) && isNews(ctx.now, session.created)) mailNotPaid(t, id, session);
      mailFirstReceipt(t, id, sql`${payments.paid_at} > ${NEWS_SINCE}`);
    },
    outcome: appliedUnless(
      sql`case
        when not exists (select from ${donations} where ${eq(donations.id, id)}) then 'no such donation of ours'
        when ${payment !== null}::boolean and ${paidOtherwise(id, payment)} then 'the donation was paid by another payment'
      end`,
      payment ? { payment_kind: "donation", stripe_id: payment.stripe_payment_intent_id } : undefined,
    ),
    refused_subscriptions: [],
    open_invoices: [],
  };
}

/**
 * Returns what makes a payment that our ledger names agree with what went back of it, and its donation with that. Null if our
 * ledger does not name it. For payments of the old platform, whose checkouts were not ours.
 *
 * @param stripe_payment_intent_id as Stripe has it: `pi_…`
 */
export async function knownPaymentFromStripe(
  request: Context,
  stripe_payment_intent_id: string,
): Promise<Agreement | null> {
  const isPayment = eq(payments.stripe_payment_intent_id, stripe_payment_intent_id);
  const { known } = await request.transact((t) => ({
    known: t.maybe(
      query.select({ id: payments.id, donation_id: payments.donation_id }).from(payments).where(isPayment).limit(1),
    ),
  }));
  if (!known) return null;
  const ctx = askingNow(request);
  const movements = await fetchMovements(ctx, { payment_intent: stripe_payment_intent_id });
  const { donation_id } = known;
  return {
    write(t) {
      if (donation_id)
        t.effect(query.select({ id: donations.id }).from(donations).where(eq(donations.id, donation_id)).for("update"));
      writeMovements(t, ctx, movements);
      if (!donation_id) return;
      const isPaid = inArray(donations.status, ["completed", "refunded"]);
      const paid = query.update(donations).set({ status: paidStatus(donation_id) });
      t.effect(paid.where(and(eq(donations.id, donation_id), isPaid)));
    },
    outcome: { status: "applied", reason: null },
    refused_subscriptions: [],
    open_invoices: [],
  };
}

const paidStatus = (donation_id: string): SQL<"refunded" | "completed"> =>
  sql`case when ${paymentLeft(eq(payments.donation_id, donation_id))} <= 0 then 'refunded' else 'completed' end::donationstatus`;

/** Whether the donation was paid by a payment other than this one. */
const paidOtherwise = (id: string, payment: CheckoutPayment | null): SQL =>
  sql`exists (select from ${payments} where ${eq(payments.donation_id, id)}
    and ${payments.stripe_payment_intent_id} is distinct from ${payment?.stripe_payment_intent_id ?? null})`;

const writeDonationPayment = (t: Plan, id: string, payment: CheckoutPayment): void =>
  t.effect(
    query.execute(sql`
      insert into ${payments} (user_id, donation_id, donation_cents, paid_at, stripe_payment_intent_id)
      select ${donations.user_id}, ${donations.id}, ${payment.amount_cents}::integer, ${payment.paid_at}::timestamptz,
        ${payment.stripe_payment_intent_id}
      from ${donations} where ${eq(donations.id, id)}
      on conflict (donation_id) do nothing`),
  );

function updateDonation(
  t: Plan,
  id: string,
  session: Session,
  payment: CheckoutPayment | null,
  asked_at: string,
): void {
  const isStale = or(isNull(donations.stripe_synced_at), lte(donations.stripe_synced_at, asked_at));
  const { email, name } = session.customer_details ?? {};
  // After an error, Stripe can have a second session that we sent nobody to. We ignore it unless somebody paid it.
  const isUnused = sql`(${payment === null}::boolean and ${donations.stripe_checkout_session_id} <> ${session.id})`;
  // A volunteer may remove the name or address of a paid donation. Stripe's answer must not bring them back. Those of members,
  // even of somebody who was erased, are in their account alone.
  const isFirstOfGuest = and(isNull(donations.completed_at), isNull(donations.user_id));
  t.effect(
    query
      .update(donations)
      .set({
        status: payment ? paidStatus(id) : checkoutIsOver(session) ? "failed" : "pending",
        ...(payment && { amount_cents: payment.amount_cents, completed_at: payment.paid_at }),
        donor_email: sql`coalesce(${donations.donor_email}, case when ${isFirstOfGuest} then ${email ?? null}::text end)`,
        donor_name: sql`coalesce(${donations.donor_name}, case when ${isFirstOfGuest} and not ${donations.anonymous} then ${name ?? null}::text end)`,
        stripe_checkout_session_id: session.id,
        stripe_payment_intent_id: payment?.stripe_payment_intent_id ?? null,
        stripe_synced_at: asked_at,
      })
      .where(and(eq(donations.id, id), isStale, sql`not ${paidOtherwise(id, payment)} and ${isUnused} is not true`)),
  );
}

/** Tells the donor, once, that the bank refused the payment and nothing was taken, unless they have paid since. */
const mailNotPaid = (t: Plan, id: string, { id: session_id, amount_total }: Session): void =>
  t.mail("checkout_failed", {
    to: donorMailAddress,
    user_id: users.id,
    data: {
      name: donorGreeting,
      amount_cents: sql<number>`${amount_total ?? 0}::integer`,
      what: sql<"donation">`'donation'`,
      retried_at: sql<null>`null`,
    },
    from: sql`from ${donations} left join ${users} on ${eq(users.id, donations.user_id)}
      where ${eq(donations.id, id)} and ${isNull(donations.completed_at)} and ${donorMailAddress} is not null`,
    once: sql`${`checkout_failed:${session_id}`}`,
  });
