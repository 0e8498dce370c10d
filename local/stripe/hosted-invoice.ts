import { payInvoice, settleInvoice } from "./invoicing.ts";
import { buildCard } from "./objects/payment-method.ts";
import { followInvoice, subscriptionOf } from "./subscribing.ts";
import type { Invoice } from "./wire.ts";
import type { World } from "./world.ts";

/** Somebody who has the link to an invoice's page pays it there, with a card that works. */
export function payHostedInvoice(world: World, invoice: Invoice): void {
  const { customer, customer_email, customer_name } = invoice;
  const card = buildCard(world.now(customer), "accepted", {
    customer,
    email: customer_email ?? "",
    name: customer_name,
  });
  world.state.payment_methods.set(card.id, card);
  payInvoice(world, invoice, card);
  follow(world, invoice);
}

/** The bank answers a debit for an invoice that no checkout began. */
export function settleRenewal(world: World, invoice: Invoice, works: boolean): void {
  settleInvoice(world, invoice, works);
  follow(world, invoice);
}

function follow(world: World, invoice: Invoice): void {
  const subscription = world.state.subscriptions.get(subscriptionOf(invoice) ?? "");
  if (subscription) followInvoice(world, subscription, invoice);
}
