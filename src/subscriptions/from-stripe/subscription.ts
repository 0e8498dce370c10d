import type Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import { fetchMovements, type StripeMovements } from "../../ledger/movements-from-stripe.ts";
import { type Agreement, askingNow, NOT_OURS, nothingToDo } from "../../stripe/agreement.ts";
import { ask, askOrNull, isMissing } from "../../stripe/client.ts";
import { leftOpen } from "../../stripe/open-invoices.ts";
import { idOf } from "../../stripe/values.ts";
import { subscriptionOwner } from "../lock.ts";
import { agreeOnSubscription, type BegunSubscription } from "./agree-on-subscription.ts";
import { CARDS, chargeNewerCard } from "./charged-card.ts";
import { setCustomer } from "./customer.ts";
import {
  fetchInvoices,
  findDonationProducts,
  firstPaymentWasRefused,
  nextAttempt,
  paymentIntentsOf,
  readInvoice,
  waivedTerm,
} from "./invoices.ts";
import { closeCheckout, mailDuesNotPaid } from "./not-paid.ts";
import { readParts } from "./parts.ts";
import { rowOfSubscription } from "./row.ts";
import { readState } from "./state.ts";

/**
 * Asks Stripe for a subscription, its invoices, their refunds and fees, has it charge the card that was entered last, and returns
 * what makes our rows, the member's status and the mails agree with them. A subscription that one of our rows names is ours, whatever else was changed in Stripe's
 * dashboard. If our row cannot take the subscription, for example because it belongs to another one
 * or because the person cannot become active, this is parked for a volunteer to decide.
 */
export async function subscriptionFromStripe(
  request: Context,
  stripe_subscription_id: string,
  session?: Stripe.Checkout.Session,
): Promise<Agreement> {
  const ctx = askingNow(request);
  const subscription = await askOrNull(
    ctx.stripe.subscriptions.retrieve(stripe_subscription_id, {
      expand: ["items.data.price.product", ...CARDS],
    }),
  );
  if (!subscription) return nothingToDo("parked", "Stripe does not know the subscription");
  const row = await rowOfSubscription(ctx, subscription, session);
  if (!row) return NOT_OURS;
  const parts = readParts(subscription);
  const [invoices, ofCustomer] = await Promise.all([
    fetchInvoices(ctx, stripe_subscription_id),
    movementsOfCustomer(ctx, subscription),
  ]);
  const donation_products = await findDonationProducts(ctx, invoices, parts);
  const paid = invoices
    .filter(({ status }) => status === "paid")
    .map((invoice) => readInvoice(invoice, donation_products));
  // Only its own: a donation, or a term that was paid once, acts on a loss only if it is the first to record it.
  const own = paymentIntentsOf(invoices);
  const movements = ofCustomer ? movementsOf(own, ofCustomer) : await movementsOfPayments(ctx, own);
  const began = readState(subscription, parts, paid, movements, {
    waived: waivedTerm(subscription, invoices),
    now: ctx.now,
  });
  if (!began) return agreeItNeverBegan(ctx, { subscription, row, parts, invoices });
  const { card, concern } = await chargeNewerCard(ctx, subscription);
  const found = { subscription, row, parts, invoices, paid, movements, card };
  return { ...agreeOnSubscription(ctx, { ...found, ...began }), ...(concern && { concern }) };
}

/** Null if the customer was deleted: Stripe may not list what they paid anymore. */
const movementsOfCustomer = (ctx: Context, { customer }: Stripe.Subscription): Promise<StripeMovements | null> =>
  typeof customer === "object" && customer.deleted
    ? Promise.resolve(null)
    : fetchMovements(ctx, { customer: idOf(customer) ?? "" }).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });

/** The movements of some payments. */
function movementsOf(payment_intents: ReadonlySet<string>, { reversals, fees }: StripeMovements): StripeMovements {
  const isOwn = ({ stripe_payment_intent_id: id }: { stripe_payment_intent_id: string }) => payment_intents.has(id);
  return { reversals: reversals.filter(isOwn), fees: fees.filter(isOwn) };
}

async function movementsOfPayments(ctx: Context, payment_intents: ReadonlySet<string>): Promise<StripeMovements> {
  const all: StripeMovements = { reversals: [], fees: [] };
  for (const payment_intent of payment_intents) {
    const { reversals, fees } = await fetchMovements(ctx, { payment_intent });
    all.reversals.push(...reversals);
    all.fees.push(...fees);
  }
  return all;
}

/** For a subscription that nobody has paid. Once nobody can, closes its checkout. If the bank refused, tells the person. */
async function agreeItNeverBegan(
  ctx: Context,
  { subscription, row, parts, invoices }: Pick<BegunSubscription, "subscription" | "row" | "parts" | "invoices">,
): Promise<Agreement> {
  const { id, created, status } = subscription;
  const refused = firstPaymentWasRefused(subscription, invoices);
  const isOver = refused || status === "incomplete_expired";
  const retried_at = status === "canceled" ? null : nextAttempt(invoices);
  const [session] =
    isOver || retried_at ? (await ask(ctx.stripe.checkout.sessions.list({ subscription: id, limit: 1 }))).data : [];
  const amount_cents = parts.base_subscription_cents + parts.donation_cents;
  return {
    ...nothingToDo("ignored", `the subscription is ${status}, and nothing was paid`),
    write(t) {
      // Whoever asks to be forgotten is to be forgotten at Stripe as well.
      setCustomer(t, subscriptionOwner(row.id), subscription.customer);
      if (refused || retried_at)
        mailDuesNotPaid(t, { id, created, amount_cents, retried_at }, row.id, session?.id ?? null);
      if (session && isOver) closeCheckout(t, session.id, row.id);
    },
    refused_subscriptions: refused && status !== "canceled" ? [id] : [],
    open_invoices: leftOpen(subscription, invoices),
  };
}
