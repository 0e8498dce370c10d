import type Stripe from "stripe";

/** Typed so that the build fails when an SDK upgrade brings a new API version. */
export const API_VERSION: Stripe.LatestApiVersion = "2026-10-28.endive";

/**
 * The JSON behind an SDK type. Decimals are strings, which the SDK parses. A property that can hold an id or an object
 * holds the id, because we expand objects only when we write a response.
 */
export type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends (infer Item)[]
      ? Wire<Reference<Item>>[]
      : { [Key in keyof T]: Wire<Reference<T[Key]>> };

type Reference<T> = string extends Extract<T, string> ? Exclude<T, { id: string; object: string }> : T;

export type Address = Wire<Stripe.Address>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type Charge = Wire<Stripe.Charge>;
export type Customer = Wire<Stripe.Customer>;
export type DeletedCustomer = Wire<Stripe.DeletedCustomer>;
export type Dispute = Wire<Stripe.Dispute>;
export type Invoice = Wire<Stripe.Invoice>;
/** The invoice for the next renewal. It has no id because it does not exist yet. */
export type UpcomingInvoice = Omit<Invoice, "id">;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type LineItem = Wire<Stripe.LineItem>;
export type Metadata = Wire<Stripe.Metadata>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type Plan = Wire<Stripe.Plan>;
export type PortalSession = Wire<Stripe.BillingPortal.Session>;
export type Price = Wire<Stripe.Price>;
export type Product = Wire<Stripe.Product>;
export type Refund = Wire<Stripe.Refund>;
export type Session = Wire<Stripe.Checkout.Session>;
export type Subscription = Wire<Stripe.Subscription>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;

/** The events that the stand-in emits, and the object each one carries. */
export interface Announced {
  "charge.dispute.closed": Dispute;
  "charge.dispute.created": Dispute;
  "charge.dispute.funds_reinstated": Dispute;
  "charge.dispute.funds_withdrawn": Dispute;
  "charge.dispute.updated": Dispute;
  "charge.failed": Charge;
  "charge.refund.updated": Refund;
  "charge.pending": Charge;
  "charge.refunded": Charge;
  "charge.succeeded": Charge;
  "checkout.session.async_payment_failed": Session;
  "checkout.session.async_payment_succeeded": Session;
  "checkout.session.completed": Session;
  "checkout.session.expired": Session;
  "customer.created": Customer;
  "customer.deleted": Customer;
  "customer.subscription.created": Subscription;
  "customer.subscription.deleted": Subscription;
  "customer.subscription.paused": Subscription;
  "customer.subscription.resumed": Subscription;
  "customer.subscription.updated": Subscription;
  "customer.updated": Customer;
  "invoice.created": Invoice;
  "invoice.finalized": Invoice;
  "invoice.marked_uncollectible": Invoice;
  "invoice.paid": Invoice;
  "invoice.payment_failed": Invoice;
  "invoice.payment_succeeded": Invoice;
  "invoice.upcoming": UpcomingInvoice;
  "invoice.voided": Invoice;
  "invoice_payment.paid": InvoicePayment;
  "payment_intent.canceled": PaymentIntent;
  "payment_intent.created": PaymentIntent;
  "payment_intent.payment_failed": PaymentIntent;
  "payment_intent.processing": PaymentIntent;
  "payment_intent.requires_action": PaymentIntent;
  "payment_intent.succeeded": PaymentIntent;
  "payment_method.attached": PaymentMethod;
  "payment_method.automatically_updated": PaymentMethod;
  "refund.created": Refund;
  "refund.failed": Refund;
  "refund.updated": Refund;
}

export type EventType = keyof Announced & Stripe.Event["type"];

export type Event = Omit<Wire<Stripe.EventBase>, "data" | "type"> & {
  type: EventType;
  data: { object: Announced[EventType]; previous_attributes?: Record<string, unknown> };
};

export interface List<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

export function list<T>(url: string, data: T[], has_more = false): List<T> {
  return { object: "list", data, has_more, url };
}
