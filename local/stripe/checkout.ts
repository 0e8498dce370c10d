import { invalidRequest } from "./errors.ts";
import { changeCustomer, settleInvoice } from "./invoicing.ts";
import { sessionCustomer } from "./objects/checkout-session.ts";
import { buildCustomer } from "./objects/customer.ts";
import { buildBankAccount, buildCard, type CardKind } from "./objects/payment-method.ts";
import { cancelIntent, challenge, charge, debit, failChallenge, openIntent, settleDebit } from "./payments.ts";
import type { SessionOrder } from "./state.ts";
import { startSubscription } from "./subscribing.ts";
import type { Customer, EventType, PaymentIntent, PaymentMethod, Session } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * Stripe does not guarantee event order. This is the usual order for a checkout, and it does not follow cause and
 * effect.
 */
export const CHECKOUT_ORDER: readonly EventType[] = [
  "customer.created",
  "payment_method.attached",
  "checkout.session.completed",
  "payment_intent.created",
  "payment_intent.requires_action",
  "payment_intent.processing",
  "payment_intent.succeeded",
  "charge.pending",
  "charge.succeeded",
  "customer.subscription.created",
  "customer.updated",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice_payment.paid",
];

export const SETTLEMENT_ORDER: readonly EventType[] = [
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
];

export interface Payer {
  email: string;
  name: string | null;
}

/** How the payer pays: with a working card, from a bank account, or with a card they have just authenticated. */
export type Means = "card" | "bank_account" | "authenticated_card";

/**
 * Pays a session: creates what it was for and marks it complete. A bank payment completes the session but leaves it
 * unpaid until the bank responds.
 */
export function completeSession(world: World, session: Session, payer: Payer, means: Means = "card"): void {
  const order = openOrder(world, session);
  const owed = session.amount_total ?? 0;
  const later = means === "bank_account" && owed > 0;
  if (later && !session.payment_method_types.includes("us_bank_account")) {
    throw invalidRequest("This Checkout Session accepts only cards.");
  }
  const customer = payingCustomer(world, session, payer);
  const method =
    means === "authenticated_card"
      ? attach(world, session, challengedCard(world, order), customer?.id ?? null)
      : newMethod(world, session, customer?.id ?? null, payer, later ? "bank_account" : "accepted");
  const intent = world.state.payment_intents.get(order.payment_intent ?? "");
  if (session.mode === "subscription" && customer) {
    const { subscription, invoice } = startSubscription(world, customer, method, order, intent);
    session.subscription = subscription.id;
    session.invoice = invoice.id;
  } else if (owed > 0) {
    const payable = intent ?? openIntent(world, intentInput(session, order, customer?.id ?? null));
    payable.customer = customer?.id ?? null;
    if (method && later) debit(world, payable, method);
    else if (method) charge(world, payable, method, false);
    session.payment_intent = payable.id;
  }
  order.challenged_card = null;
  session.customer = customer?.id ?? null;
  session.customer_details = sessionCustomer(payer.email, payer.name);
  session.payment_status = later ? "unpaid" : owed > 0 ? "paid" : "no_payment_required";
  session.status = "complete";
  session.url = null;
  world.emit("checkout.session.completed", session);
}

/** The bank's response for a session paid from a bank account. */
export function settleSession(world: World, session: Session, paid: boolean, retries = false): void {
  if (!waitsForBank(world, session)) {
    throw invalidRequest(
      `This Checkout Session is not waiting for a bank: its payment status is ${session.payment_status}.`,
    );
  }
  const invoice = world.state.invoices.get(session.invoice ?? "");
  const intent = world.state.payment_intents.get(session.payment_intent ?? "");
  if (invoice) settleInvoice(world, invoice, paid, retries);
  else if (intent) settleDebit(world, intent, paid);
  if (paid) session.payment_status = "paid";
  world.emit(paid ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed", session);
}

export function waitsForBank({ state }: World, session: Session): boolean {
  const invoice = state.invoices.get(session.invoice ?? "");
  const intent = state.payment_intents.get(session.payment_intent ?? "");
  return session.status === "complete" && (invoice?.status === "open" || intent?.status === "processing");
}

/** The bank declines a card. The session stays open, and the payer can try again. */
export function declineSession(world: World, session: Session, payer: Payer): void {
  const order = openOrder(world, session);
  charge(world, attempted(world, session, order), cardOnTrial(world, session, payer, "declined"), true);
}

/** The card requires authentication. The session stays open until the cardholder completes it. */
export function challengeSession(world: World, session: Session, payer: Payer): void {
  const order = openOrder(world, session);
  const card = cardOnTrial(world, session, payer, "authenticated");
  challenge(world, attempted(world, session, order), card, authenticationUrl(world, session));
  order.challenged_card = card.id;
}

/** If the cardholder authenticates, the session is paid. If not, it stays open. */
export function answerChallenge(world: World, session: Session, passed: boolean): void {
  const order = openOrder(world, session);
  const card = challengedCard(world, order);
  if (passed) {
    const { email, name } = card.billing_details;
    completeSession(world, session, { email: email ?? "", name }, "authenticated_card");
    return;
  }
  failChallenge(world, attempted(world, session, order), card);
  order.challenged_card = null;
}

export function authenticationUrl({ stripe_url }: World, { id }: Session): string {
  return `${stripe_url}/checkout/${id}/authentication`;
}

export function expireSession(world: World, session: Session): void {
  const order = openOrder(world, session);
  session.status = "expired";
  session.url = null;
  const intent = world.state.payment_intents.get(order.payment_intent ?? "");
  if (intent) cancelIntent(world, intent, "automatic");
  world.emit("checkout.session.expired", session);
}

/** What an open session is for. Throws if the session is complete or expired. */
function openOrder(world: World, session: Session): SessionOrder {
  if (session.status !== "open") {
    throw invalidRequest(`This Checkout Session is not open: its status is ${session.status}.`);
  }
  const order = world.state.orders.get(session.id);
  if (!order) throw new Error(`${session.id} has no order`);
  return order;
}

/** The session's customer, or a new one if the session creates one. Null for a guest. */
function payingCustomer(world: World, session: Session, { email, name }: Payer): Customer | null {
  const known = world.state.customers.get(session.customer ?? "");
  if (known) {
    changeCustomer(world, known, { email: known.email ?? email, name: known.name ?? name });
    return known;
  }
  if (session.customer !== null)
    throw invalidRequest(`The customer of this session, ${session.customer}, was deleted.`);
  if (session.customer_creation !== "always") return null;
  const customer = buildCustomer(world.now(null), { email, name });
  world.state.customers.set(customer.id, customer);
  world.emit("customer.created", customer);
  return customer;
}

/** The payment method for this session, or null if nothing is owed. */
function newMethod(
  world: World,
  session: Session,
  customer: string | null,
  payer: Payer,
  kind: "accepted" | "bank_account",
): PaymentMethod | null {
  if (session.mode === "payment" && session.amount_total === 0) return null;
  const holder = { customer: null, ...payer };
  const now = world.now(customer);
  const method = kind === "bank_account" ? buildBankAccount(now, holder) : buildCard(now, kind, holder);
  world.state.payment_methods.set(method.id, method);
  return attach(world, session, method, customer);
}

/** Only a subscription saves the payment method, so that it can pay for renewals. */
function attach(world: World, session: Session, method: PaymentMethod, customer: string | null): PaymentMethod {
  if (session.mode === "subscription" && customer !== null) {
    method.customer = customer;
    world.emit("payment_method.attached", method);
  }
  return method;
}

/** A card that the payer tried but that has not been charged. */
function cardOnTrial(world: World, session: Session, payer: Payer, kind: CardKind): PaymentMethod {
  if (session.amount_total === 0) throw invalidRequest("There is nothing to pay, so no card is needed.");
  const card = buildCard(world.now(session.customer), kind, { customer: null, ...payer });
  world.state.payment_methods.set(card.id, card);
  return card;
}

function challengedCard(world: World, order: SessionOrder): PaymentMethod {
  const card = world.state.payment_methods.get(order.challenged_card ?? "");
  if (!card) throw invalidRequest("This Checkout Session is not waiting for authentication.");
  return card;
}

/** The payment intent of an open session, created on the first attempt to pay. */
function attempted(world: World, session: Session, order: SessionOrder): PaymentIntent {
  const intent =
    world.state.payment_intents.get(order.payment_intent ?? "") ??
    openIntent(world, intentInput(session, order, session.customer));
  order.payment_intent = intent.id;
  if (session.mode === "payment") session.payment_intent = intent.id;
  return intent;
}

function intentInput(session: Session, order: SessionOrder, customer: string | null) {
  const subscribes = session.mode === "subscription";
  return {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    payment_method_types: session.payment_method_types,
    setup_future_usage: subscribes ? ("off_session" as const) : null,
    ...order.payment_intent_data,
    description: subscribes ? "Subscription creation" : order.payment_intent_data.description,
  };
}
