import Stripe from "stripe";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { describe, log } from "../../http/log.ts";
import { ask } from "../../stripe/client.ts";

/** What a subscription has to be fetched with, for the functions here. */
export const CARDS = ["default_payment_method", "customer.invoice_settings.default_payment_method"] as const;

type CardFields = Pick<Stripe.Subscription, "status" | "default_payment_method" | "customer">;

type Method = Stripe.PaymentMethod | null;

const expanded = (method: string | Method): Method => (typeof method === "object" ? method : null);

/** A subscription's own card, or bank account. Our checkout sets it. */
const ownMethod = ({ default_payment_method }: CardFields): Method => expanded(default_payment_method);

/** The customer's default. Only the billing portal and the dashboard set it. */
const presetMethod = ({ customer }: CardFields): Method =>
  typeof customer === "object" && !customer.deleted ? expanded(customer.invoice_settings.default_payment_method) : null;

/**
 * The card that a member entered in the portal after their checkout. Stripe goes on charging the subscription's own card until it
 * is told. Null if there is none. An older default is left from an earlier subscription.
 * https://docs.stripe.com/customer-management/portal-deep-links
 */
export function newerCard(subscription: CardFields): Method {
  if (["canceled", "incomplete", "incomplete_expired"].includes(subscription.status)) return null;
  const [own, preset] = [ownMethod(subscription), presetMethod(subscription)];
  return own && preset && preset.id !== own.id && preset.created >= own.created ? preset : null;
}

/** Log lines and reports have this if Stripe does not take the card. */
const NOT_CHARGED = "new_card_not_charged";

/**
 * Makes Stripe charge the card that was entered last, also when it tries again to collect past dues. Returns the card that it
 * charges from now on. A failure must not hold up what else we heard of the subscription: then that is the old card, the log says
 * why, and reconciliation tries again. It has no idempotency key: doing it twice changes nothing, and Stripe would repeat a
 * failure for a day.
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
export async function chargeNewerCard(
  { stripe, request_id }: Context,
  subscription: Stripe.Subscription,
): Promise<{ card: Method; concern?: string }> {
  const card = ownMethod(subscription) ?? presetMethod(subscription);
  const newer = newerCard(subscription);
  if (!newer) return { card };
  const { id } = subscription;
  try {
    await ask(stripe.subscriptions.update(id, { default_payment_method: newer.id }));
    return { card: newer };
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Stripe.errors.StripeError)) throw error;
    log({ level: "error", event: NOT_CHARGED, request_id, id, ...describe(error) });
    return {
      card,
      concern: `Stripe did not accept the card that the member entered last. See ${NOT_CHARGED} in the log.`,
    };
  }
}

/** A card as our row shows it. */
export function columnsOfCard(method: Method) {
  const card = method?.card;
  return {
    card_brand: card?.brand ?? null,
    card_last4: card?.last4 ?? null,
    card_exp_month: card?.exp_month ?? null,
    card_exp_year: card?.exp_year ?? null,
  };
}
