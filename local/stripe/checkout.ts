import { invalidRequest } from "./errors.ts";
import { changeCustomer } from "./invoicing.ts";
import { sessionCustomer } from "./objects/checkout-session.ts";
import { buildCustomer } from "./objects/customer.ts";
import { buildCard } from "./objects/payment-method.ts";
import { cancelIntent, charge, openIntent } from "./payments.ts";
import type { SessionOrder } from "./state.ts";
import { startSubscription } from "./subscribing.ts";
import type { Customer, EventType, PaymentMethod, Session } from "./wire.ts";
import type { World } from "./world.ts";

/** Stripe promises no order of events. This is the one a checkout usually shows, and it is not the causal one. */
export const CHECKOUT_ORDER: readonly EventType[] = [
  "customer.created",
  "payment_method.attached",
  "checkout.session.completed",
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.succeeded",
  "customer.subscription.created",
  "customer.updated",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice_payment.paid",
];

export interface Payer {
  email: string;
  name: string | null;
}

/** Pays a session: makes what it was for, and marks it complete. */
export function completeSession(world: World, session: Session, payer: Payer): void {
  const order = openOrder(world, session);
  const customer = payingCustomer(world, session, payer);
  const card = newCard(world, session, customer?.id ?? null, payer, false);
  const owed = session.amount_total ?? 0;
  const intent = world.state.payment_intents.get(order.payment_intent ?? "");
  if (session.mode === "subscription" && customer) {
    const { subscription, invoice } = startSubscription(world, customer, card, order, intent);
    session.subscription = subscription.id;
    session.invoice = invoice.id;
  } else if (owed > 0) {
    const payable = intent ?? openIntent(world, intentInput(session, order, customer?.id ?? null));
    payable.customer = customer?.id ?? null;
    if (card) charge(world, payable, card, false);
    session.payment_intent = payable.id;
  }
  session.customer = customer?.id ?? null;
  session.customer_details = sessionCustomer(payer.email, payer.name);
  session.payment_status = owed > 0 ? "paid" : "no_payment_required";
  session.status = "complete";
  session.url = null;
  world.emit("checkout.session.completed", session);
}

/** A try with a card that the bank declines: the session stays open and the payer may try again. */
export function declineSession(world: World, session: Session, payer: Payer): void {
  const order = openOrder(world, session);
  const card = newCard(world, session, session.customer, payer, true);
  if (!card) throw invalidRequest("There is nothing to pay, so there is no card to decline.");
  const intent =
    world.state.payment_intents.get(order.payment_intent ?? "") ??
    openIntent(world, intentInput(session, order, session.customer));
  charge(world, intent, card, true);
  order.payment_intent = intent.id;
  if (session.mode === "payment") session.payment_intent = intent.id;
}

export function expireSession(world: World, session: Session): void {
  const order = openOrder(world, session);
  session.status = "expired";
  session.url = null;
  const intent = world.state.payment_intents.get(order.payment_intent ?? "");
  if (intent) cancelIntent(world, intent);
  world.emit("checkout.session.expired", session);
}

/** What an open session is for; a session that is complete or expired is refused. */
function openOrder(world: World, session: Session): SessionOrder {
  if (session.status !== "open") {
    throw invalidRequest(`This Checkout Session is not open: its status is ${session.status}.`);
  }
  const order = world.state.orders.get(session.id);
  if (!order) throw new Error(`${session.id} has no order`);
  return order;
}

/** The session's customer or, where the session is to make one, a new one; null for a guest. */
function payingCustomer(world: World, session: Session, { email, name }: Payer): Customer | null {
  const known = world.state.customers.get(session.customer ?? "");
  if (known) {
    changeCustomer(world, known, { email: known.email ?? email, name: known.name ?? name });
    return known;
  }
  if (session.customer_creation !== "always") return null;
  const customer = buildCustomer(world.now(null), { email, name });
  world.state.customers.set(customer.id, customer);
  world.emit("customer.created", customer);
  return customer;
}

/** The card typed in; null where nothing is owed. Only a subscription keeps it, for the renewals. */
function newCard(
  world: World,
  session: Session,
  customer: string | null,
  payer: Payer,
  declined: boolean,
): PaymentMethod | null {
  const keeps = session.mode === "subscription";
  if (!keeps && session.amount_total === 0) return null;
  const card = buildCard(world.now(customer), { customer: keeps && !declined ? customer : null, declined, ...payer });
  world.state.payment_methods.set(card.id, card);
  if (card.customer !== null) world.emit("payment_method.attached", card);
  return card;
}

function intentInput(session: Session, order: SessionOrder, customer: string | null) {
  const subscribes = session.mode === "subscription";
  return {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    setup_future_usage: subscribes ? ("off_session" as const) : null,
    ...order.payment_intent_data,
    description: subscribes ? "Subscription creation" : order.payment_intent_data.description,
  };
}
