import type Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { type Agreement, nothingToDo } from "../stripe/agreement.ts";
import { idOf } from "../stripe/values.ts";
import { subscriptionFromStripe } from "../subscriptions/from-stripe/subscription.ts";
import { checkoutFromStripe, paymentFromStripe } from "./checkout.ts";
import { customerFromStripe, forgetCustomer } from "./customer.ts";
import { invoiceFromStripe } from "./invoice.ts";

type EventsByType = { [Event in Stripe.Event as Event["type"]]: Event };
type AgreementOn<Type extends Stripe.Event.Type> = (ctx: Context, event: EventsByType[Type]) => Promise<Agreement>;

/** Any event about such an object. */
interface About<Thing> {
  data: { object: Thing };
}

const onCheckout = (ctx: Context, { data }: About<Stripe.Checkout.Session>) => checkoutFromStripe(ctx, data.object.id);
const onSubscription = (ctx: Context, { data }: About<Stripe.Subscription>) =>
  subscriptionFromStripe(ctx, data.object.id);
const onInvoice = (ctx: Context, { data }: About<Stripe.Invoice>) => invoiceFromStripe(ctx, data.object);
const onReversal = (ctx: Context, { data }: About<Stripe.Charge | Stripe.Refund | Stripe.Dispute>) =>
  paymentFromStripe(ctx, idOf(data.object.payment_intent));

/** Every type of event that we act on, and how. An event only says where to look: what is true now, we ask Stripe. */
const BY_TYPE = {
  "charge.dispute.closed": onReversal,
  "charge.dispute.created": onReversal,
  "charge.dispute.funds_reinstated": onReversal,
  "charge.dispute.funds_withdrawn": onReversal,
  "charge.dispute.updated": onReversal,
  "charge.refunded": onReversal,
  "checkout.session.async_payment_failed": onCheckout,
  "checkout.session.async_payment_succeeded": onCheckout,
  "checkout.session.completed": onCheckout,
  "checkout.session.expired": onCheckout,
  "customer.deleted": async (_ctx, { data }) => forgetCustomer(data.object.id),
  "customer.subscription.created": onSubscription,
  "customer.subscription.deleted": onSubscription,
  "customer.subscription.paused": onSubscription,
  "customer.subscription.resumed": onSubscription,
  "customer.subscription.updated": onSubscription,
  // Most changes of a customer are not about the default card.
  "customer.updated": async (ctx, { data }) =>
    data.previous_attributes?.invoice_settings
      ? customerFromStripe(ctx, data.object.id)
      : nothingToDo("ignored", "not of interest"),
  "invoice.paid": onInvoice,
  "invoice.payment_failed": onInvoice,
  "invoice.payment_succeeded": onInvoice,
  "invoice.upcoming": onInvoice,
  "payment_method.automatically_updated": (ctx, { data }) => customerFromStripe(ctx, idOf(data.object.customer)),
  "refund.failed": onReversal,
  "refund.updated": onReversal,
} satisfies { [Type in Stripe.Event.Type]?: AgreementOn<Type> };

type EventType = keyof typeof BY_TYPE;

/** The types above: Stripe's endpoint must send them, and reconciliation asks for them. */
export const EVENT_TYPES = Object.keys(BY_TYPE) as EventType[];

const weActOn = (event: Stripe.Event): event is EventsByType[EventType] => Object.hasOwn(BY_TYPE, event.type);

/** How our rows come to agree with what Stripe says now of an event's object. */
export async function agreementOnEvent(ctx: Context, event: Stripe.Event): Promise<Agreement> {
  return weActOn(event) ? agreementOn(ctx, event.type, event) : nothingToDo("ignored", "not of interest");
}

function agreementOn<Type extends EventType>(ctx: Context, type: Type, event: EventsByType[Type]): Promise<Agreement> {
  const by_type: { [Each in EventType]: AgreementOn<Each> } = BY_TYPE;
  return by_type[type](ctx, event);
}
