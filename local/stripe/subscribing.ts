import { type Interval, periodEnd } from "./calendar.ts";
import { isDeclined, methodOf } from "./cards.ts";
import {
  changeCustomer,
  closeInvoice,
  collectInvoice,
  debitInvoice,
  draftInvoice,
  finalizeInvoice,
  intentOf,
} from "./invoicing.ts";
import { formatMoney } from "./money.ts";
import { buildUpcomingInvoice } from "./objects/invoice.ts";
import { buildItemLine, buildOneTimeLine } from "./objects/invoice-line.ts";
import { buildSubscription } from "./objects/subscription.ts";
import { endPause, pauseSubscription } from "./pausing.ts";
import type { SessionOrder } from "./state.ts";
import type {
  Customer,
  Invoice,
  InvoiceLine,
  LineItem,
  PaymentIntent,
  PaymentMethod,
  Price,
  Subscription,
} from "./wire.ts";
import type { World } from "./world.ts";

/**
 * Starts a subscription whose first invoice has been paid. One-time lines appear only on that invoice. With a bank
 * account, the subscription is active at once, and the invoice stays open until the bank responds.
 */
export function startSubscription(
  world: World,
  customer: Customer,
  method: PaymentMethod | null,
  order: SessionOrder,
  intent?: PaymentIntent,
): { subscription: Subscription; invoice: Invoice } {
  const now = world.now(customer.id);
  const recurring = order.line_items.flatMap(({ price, quantity }) =>
    price?.recurring ? [{ price, quantity: quantity ?? 1 }] : [],
  );
  const subscription = buildSubscription(now, {
    customer: customer.id,
    default_payment_method: method?.id ?? null,
    ...order.subscription_data,
    items: recurring,
    period_end: periodEnd(now, now, intervalOf(recurring[0]?.price)),
  });
  world.state.subscriptions.set(subscription.id, subscription);
  const invoice = draftInvoice(world, {
    billing_reason: "subscription_create",
    customer,
    lines: [...itemLines(world, subscription), ...order.line_items.flatMap((line) => oneTimeLine(subscription, line))],
    period: { start: now, end: now },
    subscription,
  });
  world.emit("customer.subscription.created", subscription);
  finalizeInvoice(world, invoice, customer, intent);
  if (method?.us_bank_account && invoice.amount_due > 0) debitInvoice(world, invoice, method);
  else collectInvoice(world, invoice, method ?? undefined, false);
  return { subscription, invoice };
}

/** Starts the next period of a subscription and bills it. */
export function renew(world: World, subscription: Subscription): void {
  const before = structuredClone(subscription);
  beginPeriod(subscription, periodOf(subscription).end);
  bill(world, subscription, "subscription_cycle", before);
}

/** Announces a renewal a few days ahead. */
export function announceRenewal(world: World, subscription: Subscription): void {
  const next = structuredClone(subscription);
  const period = periodOf(subscription);
  beginPeriod(next, period.end);
  const customer = customerOf(world, subscription);
  const lines = itemLines(world, next);
  world.state.upcoming.set(subscription.id, period.end);
  world.emit(
    "invoice.upcoming",
    buildUpcomingInvoice({ billing_reason: "upcoming", customer, lines, period, subscription }),
  );
}

/** Sets the period of all items to the one that begins at `start`. */
export function beginPeriod(subscription: Subscription, start: number): void {
  for (const item of subscription.items.data) {
    item.current_period_start = start;
    item.current_period_end = periodEnd(subscription.billing_cycle_anchor, start, intervalOf(item.price));
  }
}

/**
 * Bills a subscription for the period it has just started, or for a `share` of it that is left, less a `credit`. Reports what
 * changed since `before`. Unless it `attempts` to collect, the invoice waits until somebody pays it.
 */
export function bill(
  world: World,
  subscription: Subscription,
  billing_reason: "subscription_cycle" | "subscription_update",
  before: Subscription,
  { share, attempts, credit = [] }: { share: number; attempts: boolean; credit?: InvoiceLine[] } = {
    share: 1,
    attempts: true,
  },
): void {
  const customer = customerOf(world, subscription);
  const billed = itemLines(world, subscription).map((line) => ({ ...line, amount: Math.round(line.amount * share) }));
  const lines = [...credit, ...billed];
  const invoice = draftInvoice(world, { billing_reason, customer, lines, period: periodOf(before), subscription });
  world.emit("customer.subscription.updated", subscription, before);
  if (subscription.pause_collection) {
    setAside(world, invoice, subscription.pause_collection.behavior);
    return;
  }
  finalizeInvoice(world, invoice, customer);
  if (attempts) collect(world, subscription, invoice);
  else invoice.auto_advance = false;
}

/** What is given back for the unused rest of the running period, a `share` of it. */
export const creditLines = (world: World, subscription: Subscription, share: number): InvoiceLine[] =>
  itemLines(world, subscription).map((line) => ({
    ...line,
    amount: -Math.round(line.amount * share),
    period: { ...line.period, start: world.now(subscription.customer) },
  }));

/** Tries to collect an invoice and updates the subscription: active, past due, or canceled. */
export function collect(world: World, subscription: Subscription, invoice: Invoice): void {
  const method = methodOf(world, subscription);
  const declined = isDeclined(world, subscription, method);
  // A debit takes days, and the subscription stays paused meanwhile: https://docs.stripe.com/payments/ach-direct-debit
  if (method?.us_bank_account && subscription.status === "paused") debitInvoice(world, invoice, method);
  else collectInvoice(world, invoice, method, declined);
  followInvoice(world, subscription, invoice);
}

/**
 * Makes a subscription follow an invoice that was paid, or not: active, past due, canceled or paused. The account's settings say
 * what happens after failures. A paused one is resumed by the payment of its resumption invoice, and of the invoice that
 * paused it if the account resumes automatically.
 */
export function followInvoice(world: World, subscription: Subscription, invoice: Invoice): void {
  const unpaid = openInvoices(world, subscription).some((open) => intentOf(world, open)?.status !== "processing");
  const customer = world.state.customers.get(subscription.customer);
  if (customer) changeCustomer(world, customer, { delinquent: unpaid });
  const { status } = subscription;
  if (status === "canceled") return;
  const rule = world.state.failure_rules.get(subscription.id) ?? world.state.failure_rules.get("") ?? "cancel";
  if (status === "paused") {
    const resumes = invoice.billing_reason === "subscription_update" || rule.endsWith("_and_resume");
    if (invoice.status === "paid" && resumes) endPause(world, subscription, structuredClone(subscription));
    return;
  }
  const gives_up = invoice.status === "open" && invoice.next_payment_attempt === null;
  if (gives_up && !rule.startsWith("pause_final")) {
    endSubscription(world, subscription, "payment_failed");
    return;
  }
  changeSubscription(world, subscription, { status: unpaid ? "past_due" : "active" });
  if (gives_up) pauseSubscription(world, subscription, "final_payment_failure");
  else if (unpaid && rule.startsWith("pause_first") && invoice.billing_reason === "subscription_cycle") {
    pauseSubscription(world, subscription, "first_payment_failure");
  }
}

/** Ends a subscription now. Unpaid invoices stay open and are not retried: https://docs.stripe.com/api/subscriptions/cancel */
export function endSubscription(
  world: World,
  subscription: Subscription,
  reason: "cancellation_requested" | "payment_failed",
): void {
  const now = world.now(subscription.customer);
  subscription.status = "canceled";
  subscription.canceled_at ??= now;
  subscription.ended_at = now;
  subscription.pause_collection = null;
  if (subscription.cancellation_details) subscription.cancellation_details.reason ??= reason;
  for (const invoice of openInvoices(world, subscription)) {
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
  }
  world.emit("customer.subscription.deleted", subscription);
}

/** Updates a subscription, and emits an event if anything changed. */
export function changeSubscription(world: World, subscription: Subscription, change: Partial<Subscription>): void {
  const before = structuredClone(subscription);
  Object.assign(subscription, change);
  if (JSON.stringify(before) === JSON.stringify(subscription)) return;
  world.emit("customer.subscription.updated", subscription, before);
}

/**
 * Sets both fields that say whether the subscription ends with its period, and records that the member requested it.
 */
export function endsWithPeriod(world: World, subscription: Subscription, ends: boolean): Partial<Subscription> {
  return {
    ...endsAt(world, subscription, ends ? periodOf(subscription).end : null),
    cancel_at_period_end: ends,
  };
}

/** Sets the end date, and records that the member requested it. Null removes the end date. */
export function endsAt(world: World, subscription: Subscription, cancel_at: number | null): Partial<Subscription> {
  const ends = cancel_at !== null;
  return {
    cancel_at,
    cancel_at_period_end: false,
    canceled_at: ends ? world.now(subscription.customer) : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...subscription.cancellation_details,
      reason: ends ? "cancellation_requested" : null,
    },
  };
}

export function periodOf(subscription: Subscription): { start: number; end: number } {
  const [item] = subscription.items.data;
  return { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 };
}

export function subscriptionOf(invoice: Invoice): string | null {
  return invoice.parent?.subscription_details?.subscription ?? null;
}

function openInvoices(world: World, subscription: Subscription): Invoice[] {
  return [...world.state.invoices.values()].filter(
    (invoice) => invoice.status === "open" && subscriptionOf(invoice) === subscription.id,
  );
}

function customerOf(world: World, subscription: Subscription): Customer {
  const customer = world.state.customers.get(subscription.customer);
  if (!customer) throw new Error(`${subscription.id} has no customer`);
  return customer;
}

/** Applies a pause's behavior to an invoice. */
function setAside(world: World, invoice: Invoice, behavior: string): void {
  if (behavior === "keep_as_draft") invoice.auto_advance = false;
  else closeInvoice(world, invoice, behavior === "void" ? "void" : "uncollectible");
}

function intervalOf(price: Price | undefined): Interval {
  if (!price?.recurring) throw new Error("A subscription needs recurring prices");
  return price.recurring;
}

function itemLines(world: World, subscription: Subscription) {
  return subscription.items.data.map((item) => {
    const { interval, interval_count } = intervalOf(item.price);
    const every = interval_count === 1 ? interval : `every ${interval_count} ${interval}s`;
    const amount = formatMoney(item.price.unit_amount ?? 0, item.price.currency);
    const name = world.state.products.get(item.price.product)?.name ?? item.price.product;
    return buildItemLine(subscription, item, `${item.quantity ?? 1} × ${name} (at ${amount} / ${every})`);
  });
}

function oneTimeLine(subscription: Subscription, { description, price, quantity }: LineItem) {
  if (!price || price.recurring) return [];
  return [buildOneTimeLine(subscription, price, quantity ?? 1, description ?? "")];
}
