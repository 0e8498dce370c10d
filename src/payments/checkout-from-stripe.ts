import { and, eq, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import { effect, query, type Silent } from "../database/statements.ts";
import { mailReceipt, receiptKey } from "../donations/receipt.ts";
import { donations } from "../donations/tables.ts";
import type { Context } from "../http/context.ts";
import { payments } from "../ledger/tables.ts";
import { users } from "../members/tables.ts";
import { isOver, isRefused } from "../stripe/checkout-session.ts";
import { askOrNull } from "../stripe/client.ts";
import { idOf, toInstant } from "../stripe/values.ts";
import { memberFollows } from "../subscriptions/standing.ts";
import { anotherRuns, supersede } from "../subscriptions/supersede.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { barred, whyUnbegun } from "../subscriptions/unbegun.ts";
import { donationNotPaid, duesNotPaid } from "./checkout-notices.ts";
import { closed } from "./closed-checkout.ts";
import { knownAs } from "./customer.ts";
import { type Agreement, asking, nothing } from "./from-stripe.ts";
import { outcomeOf } from "./inbox.ts";
import { paymentEffects } from "./payments-from-stripe.ts";
import { receipts } from "./receipts.ts";
import { RECENTLY } from "./recently.ts";
import { fetchReversals, type Reversal, reversalEffects } from "./reversals-from-stripe.ts";
import { subscriptionFromStripe } from "./subscription-from-stripe.ts";
import { DONATION_PART, OurMetadata, planOf } from "./subscription-parts.ts";

/** What our checkout marks a donation with. */
const OurDonation = z.object({ donation_id: z.uuid() });

/** What our checkout marks a term with that is paid once. A lifetime has no end. */
const OurTerm = OurMetadata.extend({ term_start: z.iso.datetime(), term_end: z.iso.datetime().optional() });
type OurTerm = z.infer<typeof OurTerm>;

/**
 * Asks Stripe for a checkout session and the money that came and went by it, and returns what makes our donation, or our
 * term that is paid once, agree. A session that began a subscription is that subscription's.
 */
export async function checkoutFromStripe(request: Context, session_id: string): Promise<Agreement> {
  const ctx = asking(request);
  const session = await fetchSession(ctx, session_id);
  if (!session) return nothing("parked", "Stripe does not know the checkout session");
  const stripe_subscription_id = idOf(session.subscription);
  if (stripe_subscription_id) return subscriptionFromStripe(ctx, stripe_subscription_id);
  const donation = OurDonation.safeParse(session.metadata);
  const term = OurTerm.safeParse(session.metadata);
  if (!donation.success && !term.success) {
    const dues = OurMetadata.safeParse(session.metadata);
    if (!dues.success) return nothing("ignored", "not ours");
    return {
      ...nothing("ignored", `the checkout is ${session.status}`),
      effects: isOver(session) ? [closed(session_id, dues.data)] : [],
    };
  }
  const payment = await fetchPayment(ctx, session);
  if (donation.success) return agreeOnDonation(ctx, session, donation.data.donation_id, payment);
  if (term.success && payment) return agreeOnTerm(ctx, session, term.data, payment);
  return {
    ...nothing("ignored", `the checkout is ${session.status} and ${session.payment_status}`),
    effects: term.success
      ? [
          ...(isOver(session) ? [closed(session_id, term.data)] : []),
          ...(isRefused(session)
            ? [duesNotPaid(unpaid(session), eq(subscriptions.id, term.data.subscription_id))]
            : []),
        ]
      : [],
  };
}

const fetchSession = ({ stripe }: Context, id: string): Promise<Stripe.Checkout.Session | null> =>
  askOrNull(
    stripe.checkout.sessions.retrieve(id, {
      expand: ["payment_intent.latest_charge", "line_items.data.price.product", "customer"],
    }),
  );

const unpaid = ({ id, created, amount_total }: Stripe.Checkout.Session) => ({
  id,
  created,
  amount_cents: amount_total ?? 0,
});

interface Payment {
  stripe_payment_intent_id: string;
  amount_cents: number;
  paid_at: string;
  reversals: Reversal[];
}

/** What was paid by a session; null while nothing was. */
async function fetchPayment(
  ctx: Context,
  { payment_status, payment_intent, amount_total, created }: Stripe.Checkout.Session,
): Promise<Payment | null> {
  if (payment_status !== "paid" || typeof payment_intent !== "object" || !payment_intent) return null;
  const { id, latest_charge, amount_received } = payment_intent;
  return {
    stripe_payment_intent_id: id,
    amount_cents: amount_received || (amount_total ?? 0),
    paid_at: toInstant(typeof latest_charge === "object" && latest_charge ? latest_charge.created : created),
    reversals: await fetchReversals(ctx, { payment_intent: id }),
  };
}

function agreeOnDonation(
  ctx: Context,
  session: Stripe.Checkout.Session,
  id: string,
  payment: Payment | null,
): Agreement {
  const asked_at = ctx.now.toISOString();
  const row = sql`${eq(donations.id, id)}`;
  const intent = payment?.stripe_payment_intent_id ?? null;
  const paidOtherwise = sql`exists (select from ${payments} where ${eq(payments.donation_id, id)}
    and ${payments.stripe_payment_intent_id} is distinct from ${intent})`;
  // A session that was made behind an error, and not handed out, says nothing of the donation unless it was paid.
  const isSpare = sql`(${payment === null}::boolean and ${donations.stripe_checkout_session_id} <> ${session.id})`;
  const { email, name } = session.customer_details ?? {};
  // What a volunteer has taken away since it was paid stays away.
  const begins = isNull(donations.completed_at);
  const backGone = sql`(select coalesce(sum(amount_cents), 0) from reversals r join ${payments} on ${payments.id} = r.payment_id
    where ${eq(payments.donation_id, id)} and r.occurred_at is not null and r.returned_at is null)`;
  return {
    effects: [
      effect(query.select({ id: donations.id }).from(donations).where(row).for("update")),
      ...(payment ? [donationPayment(row, payment)] : []),
      ...reversalEffects(ctx, payment?.reversals ?? []),
      effect(
        query
          .update(donations)
          .set({
            status: payment
              ? sql`case when ${backGone} >= ${payment.amount_cents} then 'refunded' else 'completed' end::donationstatus`
              : isOver(session)
                ? "failed"
                : "pending",
            ...(payment && { amount_cents: payment.amount_cents, completed_at: payment.paid_at }),
            donor_email: sql`coalesce(${donations.donor_email}, case when ${begins} then ${email ?? null}::text end)`,
            donor_name: sql`coalesce(${donations.donor_name}, case when ${begins} and not ${donations.anonymous} then ${name ?? null}::text end)`,
            stripe_checkout_session_id: session.id,
            stripe_payment_intent_id: intent,
            stripe_synced_at: asked_at,
          })
          .where(
            and(
              row,
              or(isNull(donations.stripe_synced_at), lte(donations.stripe_synced_at, asked_at)),
              sql`not ${paidOtherwise} and ${isSpare} is not true`,
            ),
          ),
      ),
      ...(isRefused(session) ? [donationNotPaid(unpaid(session), row)] : []),
      mailReceipt(sql`${row} and ${payments.paid_at} > ${RECENTLY}`, receiptKey(id, sql`0`)),
    ],
    unpaid: [],
    outcome: outcomeOf(
      sql`case
      when not exists (select from ${donations} where ${row}) then 'no such donation of ours'
      when ${payment !== null}::boolean and ${paidOtherwise} then 'the donation was paid by another payment'
    end`,
      payment ? { payment_kind: "donation", stripe_id: payment.stripe_payment_intent_id } : undefined,
    ),
  };
}

const donationPayment = (row: SQL, { amount_cents, paid_at, stripe_payment_intent_id }: Payment): Silent =>
  effect(
    query.execute(sql`
      insert into ${payments} (user_id, donation_id, donation_cents, paid_at, stripe_payment_intent_id)
      select ${donations.user_id}, ${donations.id}, ${amount_cents}::integer, ${paid_at}::timestamptz, ${stripe_payment_intent_id}
      from ${donations} where ${row}
      on conflict (donation_id) do nothing`),
  );

function agreeOnTerm(ctx: Context, session: Stripe.Checkout.Session, ours: OurTerm, payment: Payment): Agreement {
  const asked_at = ctx.now.toISOString();
  const row = sql`${eq(subscriptions.id, ours.subscription_id)}`;
  const person = sql`(select ${subscriptions.user_id} from ${subscriptions} where ${row})`;
  const donation_cents = Math.min(donationPart(session), payment.amount_cents);
  const base_subscription_cents = payment.amount_cents - donation_cents;
  const { term_start, term_end = null } = ours;
  const { paid_at, stripe_payment_intent_id } = payment;
  const facts = {
    base_subscription_cents,
    donation_cents,
    paid_at,
    term_start,
    term_end,
    stripe_payment_intent_id,
    stripe_invoice_id: null,
  };
  const itsPayment = sql`exists (select from ${payments} where ${and(
    eq(payments.subscription_id, subscriptions.id),
    eq(payments.stripe_payment_intent_id, stripe_payment_intent_id),
  )})`;
  // What became of the term after it was paid is ours to say, not Stripe's: it is only begun here.
  const begins = sql`(${and(row, eq(subscriptions.status, "pending"))} and not ${barred})`;
  return {
    effects: [
      effect(query.select({ id: users.id }).from(users).where(eq(users.id, person)).for("no key update")),
      effect(query.select({ id: subscriptions.id }).from(subscriptions).where(row).for("update")),
      ...paymentEffects([facts], { subscription: row, told_apart_by: "stripe_payment_intent_id" }),
      ...reversalEffects(ctx, payment.reversals),
      supersede(ours.subscription_id),
      effect(
        query
          .update(subscriptions)
          .set({
            status: "active",
            plan_id: planOf(ours),
            billing_cycle: ours.billing_cycle,
            base_subscription_cents,
            donation_cents,
            payment_method: "stripe",
            current_term_start: term_start,
            current_term_end: term_end,
            stripe_checkout_session_id: session.id,
            stripe_synced_at: asked_at,
          })
          .where(and(begins, sql`not ${anotherRuns}`)),
      ),
      ...knownAs(
        person,
        session.customer,
        sql`exists (select from ${subscriptions} where ${and(row, eq(subscriptions.status, "active"), itsPayment)})`,
      ),
      ...memberFollows(person),
      ...receipts(sql`(${and(row, isNotNull(subscriptions.stripe_synced_at))})`),
    ],
    unpaid: [],
    outcome: outcomeOf(
      sql`case
      when not exists (select from ${subscriptions} where ${row}) then 'no such subscription of ours'
      when not exists (select from ${subscriptions} where ${and(row, itsPayment)}) then 'the payment belongs elsewhere'
      ${whyUnbegun(row)}
      when exists (select from ${subscriptions} where ${and(row, eq(subscriptions.status, "pending"))})
        then 'another subscription of the person runs'
      when exists (select from ${payments} where ${and(
        eq(payments.subscription_id, ours.subscription_id),
        sql`${payments.stripe_payment_intent_id} <> ${stripe_payment_intent_id}`,
      )}) then 'the term was paid more than once'
    end`,
      { payment_kind: "dues", stripe_id: stripe_payment_intent_id },
    ),
  };
}

const donationPart = ({ line_items }: Stripe.Checkout.Session): number =>
  (line_items?.data ?? []).reduce((cents, { price, amount_total }) => {
    const product = price?.product;
    const isDonation = typeof product === "object" && "metadata" in product && product.metadata.part === DONATION_PART;
    return isDonation ? cents + amount_total : cents;
  }, 0);
