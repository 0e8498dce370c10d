import { sql } from "drizzle-orm";
import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { ask, askOrNull } from "./client.ts";
import { endSubscription, isPayable, PAYMENT_IN_PROGRESS, paymentWasRefused, voidInvoice } from "./open-invoices.ts";
import { idOf } from "./values.ts";

/** Another checkout took the place of the one that was about to be handed out. For `t.guard(…, ...CHECKOUT_SUPERSEDED)`. */
export const CHECKOUT_SUPERSEDED = [
  409,
  "checkout_superseded",
  "Another checkout was started in the meantime. Please try again.",
] as const;

/** A session cannot be created to expire before this: Stripe wants at least 30 minutes. */
export const CHECKOUT_TOO_LATE = sql`now() + interval '35 minutes'`;

/** A session with all that our rows need: its payment, its parts and its customer. Null if Stripe does not know it. */
export const fetchCheckout = (ctx: Context, id: string): Promise<Stripe.Checkout.Session | null> =>
  findSession(ctx, id, ["payment_intent.latest_charge", "line_items.data.price.product", "customer"]);

/** A session with its payment or subscription, to see how it stands. Null if Stripe does not know it. */
export const findSession = ({ stripe }: Context, id: string, expand = ["payment_intent", "subscription"]) =>
  askOrNull(stripe.checkout.sessions.retrieve(id, { expand }));

/** Whether a session can bring in no money anymore: it expired, or the bank refused its payment days later. */
export function checkoutIsOver(session: Stripe.Checkout.Session | null): boolean {
  if (!session || session.status === "expired") return true;
  if (session.status !== "complete") return false;
  const { payment_intent: payment, payment_status, subscription } = session;
  if (typeof subscription === "object" && subscription !== null) {
    const { status } = subscription;
    return status === "incomplete_expired" || (status === "canceled" && payment_status === "unpaid");
  }
  return typeof payment === "object" && ["requires_payment_method", "canceled"].includes(payment?.status ?? "");
}

/** Whether the bank refused the payment, days after the person completed the checkout. */
export const checkoutWasRefused = (session: Stripe.Checkout.Session): boolean =>
  session.status === "complete" && checkoutIsOver(session);

/** Ends a session at Stripe, so that nobody can pay it. 409 if somebody already has: then that payment counts. */
export async function voidCheckout(ctx: Context, id: string): Promise<void> {
  try {
    await ask(ctx.stripe.checkout.sessions.expire(id));
  } catch (error) {
    // Stripe refuses to expire a session that is no longer open, or that it does not know.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (!(await checkoutIsSpent(ctx, id))) throw new Refusal(...PAYMENT_IN_PROGRESS);
  }
}

/** Whether a session that is no longer open brings in no money anymore, after ending a payment that the bank refused before. */
export async function checkoutIsSpent(ctx: Context, id: string): Promise<boolean> {
  const session = await findSession(ctx, id);
  return checkoutIsOver(session) || (await endRetriedDebit(ctx, session));
}

/**
 * If the bank refused a subscription's first payment and will be asked again, days later, ends that subscription, so that the
 * person can pay in another way instead. Returns false if there is none, or if the bank is being asked at this moment.
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
async function endRetriedDebit(ctx: Context, session: Stripe.Checkout.Session | null): Promise<boolean> {
  const subscription = idOf(session?.subscription);
  const invoice_id = idOf(session?.invoice);
  if (session?.status !== "complete" || session.payment_status !== "unpaid" || !subscription || !invoice_id)
    return false;
  const invoice = await ask(ctx.stripe.invoices.retrieve(invoice_id));
  if (invoice.status === "paid" || invoice.status === "draft" || !(await paymentWasRefused(ctx, invoice_id)))
    return false;
  if (isPayable(invoice) && !(await voidInvoice(ctx, invoice_id))) return false;
  await askOrNull(ctx.stripe.subscriptions.cancel(subscription));
  return true;
}

/**
 * Ends a checkout. If it was paid, we book the money when Stripe tells us, and end the subscription that it began, because Stripe
 * would collect again. Returns the customer, if it has one. Throws if Stripe does not answer, or if the payment is being
 * made at this moment.
 */
export async function endCheckout(ctx: Context, id: string): Promise<string | null> {
  try {
    await voidCheckout(ctx, id);
    // Somebody whose bank refused the payment is a customer too.
    return idOf((await findSession(ctx, id))?.customer);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "payment_in_progress")) throw error;
    const session = await findSession(ctx, id);
    // Still being completed: it has no subscription yet that we could end.
    if (session?.status !== "complete") throw error;
    const began = idOf(session.subscription);
    return began ? endSubscription(ctx, began) : idOf(session.customer);
  }
}

/** Ends a session that a 409 kept us from handing out, so that nobody pays it. Then throws the error again. */
export async function endUnwantedCheckout({ stripe }: Context, { id }: { id: string }, error: unknown): Promise<never> {
  if (error instanceof Refusal && error.status === 409)
    await stripe.checkout.sessions.expire(id).catch(() => undefined);
  throw error;
}
