import { invalidRequest } from "./errors.ts";
import { changeCustomer } from "./invoicing.ts";
import { buildCard } from "./objects/payment-method.ts";
import { changeSubscription } from "./subscribing.ts";
import type { Customer, PaymentMethod } from "./wire.ts";
import type { World } from "./world.ts";

export interface CardChange {
  exp_month?: number | undefined;
  exp_year?: number | undefined;
  last4?: string | undefined;
}

/** Applies an automatic card update from the card network to the card that the customer's next payment will use. */
export function updateCard(world: World, customer: Customer, change: CardChange): PaymentMethod {
  const { payment_methods, subscriptions } = world.state;
  const live = [...subscriptions.values()].filter((it) => it.customer === customer.id && it.status !== "canceled");
  const known = payment_methods.get(live.at(-1)?.default_payment_method ?? "");
  const own = [...payment_methods.values()].filter((it) => it.customer === customer.id && it.card);
  const method = known?.card ? known : own.at(-1);
  if (!method?.card) throw invalidRequest(`Customer ${customer.id} has no saved card.`);
  const before = structuredClone(method);
  method.card.exp_month = change.exp_month ?? method.card.exp_month;
  method.card.exp_year = change.exp_year ?? method.card.exp_year;
  method.card.last4 = change.last4 ?? method.card.last4;
  world.emit("payment_method.automatically_updated", method, before);
  return method;
}

/** The customer enters a new card. All their subscriptions use it from then on. */
export function replaceCard(world: World, customer: Customer, kind: "accepted" | "declined"): void {
  const { declines, payment_methods, subscriptions } = world.state;
  const holder = { customer: customer.id, email: customer.email ?? "", name: customer.name ?? null };
  const card = buildCard(world.now(customer.id), kind, holder);
  payment_methods.set(card.id, card);
  world.emit("payment_method.attached", card);
  changeCustomer(world, customer, {
    invoice_settings: { ...customer.invoice_settings, default_payment_method: card.id },
  });
  for (const subscription of subscriptions.values()) {
    if (subscription.customer !== customer.id || subscription.status === "canceled") continue;
    declines.set(subscription.id, kind === "declined");
    changeSubscription(world, subscription, { default_payment_method: card.id });
  }
}
