import { invalidRequest } from "./errors.ts";
import { changeCustomer } from "./invoicing.ts";
import { buildCard } from "./objects/payment-method.ts";
import type { Customer, PaymentMethod, Subscription } from "./wire.ts";
import type { World } from "./world.ts";

export interface CardChange {
  exp_month?: number | undefined;
  exp_year?: number | undefined;
  last4?: string | undefined;
}

/**
 * What a subscription's next payment is taken from: its own method, or else the customer's default.
 * https://docs.stripe.com/api/subscriptions/object#subscription_object-default_payment_method
 */
export function methodOf({ state }: World, subscription: Subscription): PaymentMethod | undefined {
  const byDefault = state.customers.get(subscription.customer)?.invoice_settings.default_payment_method;
  return state.payment_methods.get(subscription.default_payment_method ?? byDefault ?? "");
}

/** Whether the next payment will be declined: as it was said of the card, of the subscription, or of the customer. */
export function isDeclined(
  { state }: World,
  { id, customer }: Subscription,
  method: PaymentMethod | undefined,
): boolean {
  const { declines } = state;
  return declines.get(method?.id ?? "") ?? declines.get(id) ?? declines.get(customer) ?? false;
}

/** Applies an automatic card update from the card network to the card that the customer entered last. */
export function updateCard(world: World, customer: Customer, change: CardChange): PaymentMethod {
  const { payment_methods } = world.state;
  const method = [...payment_methods.values()].findLast((it) => it.customer === customer.id && it.card);
  if (!method?.card) throw invalidRequest(`Customer ${customer.id} has no saved card.`);
  const before = structuredClone(method);
  method.card.exp_month = change.exp_month ?? method.card.exp_month;
  method.card.exp_year = change.exp_year ?? method.card.exp_year;
  method.card.last4 = change.last4 ?? method.card.last4;
  world.emit("payment_method.automatically_updated", method, before);
  return method;
}

/**
 * The customer enters a new card in the portal. It becomes the customer's default. A subscription that has a method of its own
 * keeps it: https://docs.stripe.com/customer-management/portal-deep-links,
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
export function enterCard(world: World, customer: Customer, kind: "accepted" | "declined"): void {
  const holder = { customer: customer.id, email: customer.email ?? "", name: customer.name ?? null };
  const card = buildCard(world.now(customer.id), kind, holder);
  world.state.payment_methods.set(card.id, card);
  world.state.declines.set(card.id, kind === "declined");
  world.emit("payment_method.attached", card);
  changeCustomer(world, customer, {
    invoice_settings: { ...customer.invoice_settings, default_payment_method: card.id },
  });
}
