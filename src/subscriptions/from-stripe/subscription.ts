import type Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import { fetchReversals } from "../../ledger/reversals-from-stripe.ts";
import { type Agreement, askingNow, NOT_OURS, nothingToDo } from "../../stripe/agreement.ts";
import { ask, askOrNull } from "../../stripe/client.ts";
import { idOf } from "../../stripe/values.ts";
import { agreeOnSubscription } from "./agree-on-subscription.ts";
import { closeCheckout } from "./close-checkout.ts";
import { fetchInvoices, firstPaymentWasRefused, readInvoice } from "./invoices.ts";
import { DuesMetadata } from "./metadata.ts";
import { mailDuesNotPaid } from "./not-paid-notice.ts";
import { readParts, type SubscriptionParts } from "./parts.ts";
import { readState } from "./state.ts";

/**
 * Asks Stripe for a subscription, its invoices and their refunds, and returns what makes our rows, the member's status
 * and the mails agree with them. If our row cannot take the subscription, for example because it belongs to another one
 * or because the person cannot become active, this is parked for a volunteer to decide.
 */
export async function subscriptionFromStripe(request: Context, stripe_subscription_id: string): Promise<Agreement> {
  const ctx = askingNow(request);
  const subscription = await fetchSubscription(ctx, stripe_subscription_id);
  if (!subscription) return nothingToDo("parked", "Stripe does not know the subscription");
  const metadata = DuesMetadata.safeParse(subscription.metadata);
  const parts = readParts(subscription);
  if (!metadata.success || !parts) return NOT_OURS;
  const [invoices, reversals] = await Promise.all([
    fetchInvoices(ctx, stripe_subscription_id),
    fetchReversals(ctx, { customer: idOf(subscription.customer) ?? "" }),
  ]);
  const paid = invoices.filter(({ status }) => status === "paid").map((invoice) => readInvoice(invoice, parts));
  const state = readState(subscription, parts, paid);
  const found = { subscription, metadata: metadata.data, parts, invoices, paid, reversals };
  return state ? agreeOnSubscription(ctx, { ...found, state }) : agreeItNeverBegan(ctx, found);
}

const fetchSubscription = ({ stripe }: Context, id: string): Promise<Stripe.Subscription | null> =>
  askOrNull(
    stripe.subscriptions.retrieve(id, { expand: ["items.data.price.product", "default_payment_method", "customer"] }),
  );

interface Unpaid {
  subscription: Stripe.Subscription;
  metadata: DuesMetadata;
  parts: SubscriptionParts;
  invoices: Stripe.Invoice[];
}

/**
 * For a subscription that nobody has paid. Once nobody can, closes its checkout. If the bank refused the payment, tells
 * the person.
 */
async function agreeItNeverBegan(
  ctx: Context,
  { subscription, metadata: { subscription_id }, parts, invoices }: Unpaid,
): Promise<Agreement> {
  const { id, created, status } = subscription;
  const refused = firstPaymentWasRefused(subscription, invoices);
  const isOver = refused || status === "incomplete_expired";
  const session = isOver ? await fetchSession(ctx, id) : undefined;
  const amount_cents = parts.base_subscription_cents + parts.donation_cents;
  return {
    ...nothingToDo("ignored", `the subscription is ${status}, and nothing was paid`),
    write(t) {
      if (refused) mailDuesNotPaid(t, { id, created, amount_cents }, subscription_id);
      if (session) closeCheckout(t, session.id, subscription_id);
    },
    refused_subscriptions: refused && status !== "canceled" ? [id] : [],
  };
}

/** The checkout session that a subscription began with, if any. */
async function fetchSession({ stripe }: Context, subscription: string): Promise<Stripe.Checkout.Session | undefined> {
  const [session] = (await ask(stripe.checkout.sessions.list({ subscription, limit: 1 }))).data;
  return session;
}
