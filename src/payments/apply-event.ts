import { eq, sql } from "drizzle-orm";
import Stripe from "stripe";
import * as z from "zod";
import { effect, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { ask } from "../stripe/client.ts";
import { idOf, toInstant } from "../stripe/values.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { checkoutFromStripe } from "./checkout-from-stripe.ts";
import { effectsOf } from "./effects-of.ts";
import { type Agreement, nothing, together } from "./from-stripe.ts";
import { record } from "./inbox.ts";
import { subscriptionFromStripe } from "./subscription-from-stripe.ts";

/** The events that we act on; a reconciliation asks for these. */
export const EVENT_TYPES = [
  "charge.dispute.closed",
  "charge.dispute.created",
  "charge.dispute.funds_reinstated",
  "charge.dispute.funds_withdrawn",
  "charge.refunded",
  "checkout.session.async_payment_failed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.completed",
  "checkout.session.expired",
  "customer.deleted",
  "customer.subscription.created",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.updated",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_succeeded",
  "invoice.upcoming",
  "payment_method.automatically_updated",
  "refund.failed",
  "refund.updated",
] as const satisfies Stripe.Event.Type[];

/**
 * Finds out what an event speaks of, makes our rows agree with what Stripe says of that now, and claims the event in the
 * same transaction. What would fail every time is parked instead, where a person finds it and can replay it. Throws what
 * may work later; nothing is done then.
 */
export async function applyOrPark(ctx: Context, event: Stripe.Event): Promise<void> {
  try {
    const agreement = await agreementOn(ctx, event);
    await ctx.transact(...(await effectsOf(ctx, agreement)), ...record(event, agreement.outcome));
  } catch (error) {
    if (isTransient(error)) throw error;
    const what = describe(error);
    log({ level: "error", event: "stripe_event_parked", request_id: ctx.request_id, id: event.id, ...what });
    const reason = ["failed:", what.error, what.error_code].filter(Boolean).join(" ");
    await ctx.transact(...record(event, { status: "parked", reason }));
  }
}

/** Stripe or the database does not answer, or Stripe does not accept our key: later, or once that is mended, it will work. */
const isTransient = (error: unknown) =>
  (error instanceof Refusal && error.status >= 500) ||
  error instanceof Stripe.errors.StripeAuthenticationError ||
  error instanceof Stripe.errors.StripePermissionError;

const UNKNOWN = nothing("ignored", "not ours");

/** What makes our rows agree with what Stripe says of an event's object now. */
export async function agreementOn(ctx: Context, event: Stripe.Event): Promise<Agreement> {
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired":
      return checkoutFromStripe(ctx, event.data.object.id);
    case "invoice.paid":
    case "invoice.payment_succeeded":
    case "invoice.payment_failed":
      return ofInvoice(ctx, event.data.object);
    case "invoice.upcoming": {
      const agreement = await ofInvoice(ctx, event.data.object);
      return { ...agreement, effects: [...agreement.effects, ...renewalReminder(event.data.object)] };
    }
    case "customer.subscription.created":
    case "customer.subscription.updated":
    case "customer.subscription.deleted":
    case "customer.subscription.paused":
    case "customer.subscription.resumed":
      return subscriptionFromStripe(ctx, event.data.object.id);
    case "charge.refunded":
    case "refund.updated":
    case "refund.failed":
    case "charge.dispute.created":
    case "charge.dispute.closed":
    case "charge.dispute.funds_withdrawn":
    case "charge.dispute.funds_reinstated":
      return ofPaymentIntent(ctx, idOf(event.data.object.payment_intent));
    case "payment_method.automatically_updated":
      return ofCustomer(ctx, idOf(event.data.object.customer));
    case "customer.deleted":
      return customerDeleted(event.data.object.id);
    default:
      return nothing("ignored", "not of interest");
  }
}

function ofInvoice(ctx: Context, invoice: Stripe.Invoice): Promise<Agreement> {
  const id = subscriptionOf(invoice);
  return id ? subscriptionFromStripe(ctx, id) : Promise.resolve(UNKNOWN);
}

/** Events are written in the account's version of the API; before 2025-03-31 this is where an invoice names its subscription. */
const OldInvoice = z.object({ subscription: z.string() });

const subscriptionOf = (invoice: Stripe.Invoice): string | null =>
  idOf(invoice.parent?.subscription_details?.subscription) ?? OldInvoice.safeParse(invoice).data?.subscription ?? null;

/** The way from money that moved to what it was paid for: a checkout of ours, or an invoice of a subscription. */
async function ofPaymentIntent(ctx: Context, id: string | null): Promise<Agreement> {
  if (!id) return UNKNOWN;
  const { stripe } = ctx;
  const [session] = (await ask(stripe.checkout.sessions.list({ payment_intent: id, limit: 1 }))).data;
  if (session) return checkoutFromStripe(ctx, session.id);
  const payment = { type: "payment_intent", payment_intent: id } as const;
  const [paid] = (await ask(stripe.invoicePayments.list({ payment, limit: 1, expand: ["data.invoice"] }))).data;
  const invoice = paid?.invoice;
  return typeof invoice === "object" && "parent" in invoice ? ofInvoice(ctx, invoice) : UNKNOWN;
}

/** More than anybody has. */
const MOST_SUBSCRIPTIONS = 1000;

/** Cards belong to customers; each subscription shows the one that it is paid with. */
async function ofCustomer(ctx: Context, customer: string | null): Promise<Agreement> {
  if (!customer) return UNKNOWN;
  const listed = ctx.stripe.subscriptions.list({ customer, limit: 100 });
  const theirs = await ask(listed.autoPagingToArray({ limit: MOST_SUBSCRIPTIONS }));
  return together(await Promise.all(theirs.map(({ id }) => subscriptionFromStripe(ctx, id)))) ?? UNKNOWN;
}

/** Its subscriptions end with it, and have events of their own. */
function customerDeleted(stripe_customer_id: string): Agreement {
  const theirs = eq(users.stripe_customer_id, stripe_customer_id);
  return {
    effects: [effect(query.update(users).set({ stripe_customer_id: null }).where(theirs))],
    outcome: { status: "applied", reason: null },
    unpaid: [],
  };
}

/** Monthly payers need none; whoever pays once a quarter or a year may have forgotten. */
function renewalReminder(invoice: Stripe.Invoice): Silent[] {
  const id = subscriptionOf(invoice);
  if (!id) return [];
  const renews_at = toInstant(invoice.next_payment_attempt ?? invoice.period_end);
  return [
    mail("renewal_reminder", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        base_subscription_cents: subscriptions.base_subscription_cents,
        donation_cents: subscriptions.donation_cents,
        renews_at: sql`${renews_at}::timestamptz`,
      },
      from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
        where ${eq(subscriptions.stripe_subscription_id, id)} and ${subscriptions.status} = 'active'
          and not ${subscriptions.cancel_at_period_end} and ${subscriptions.billing_cycle} in ('quarterly', 'yearly')
          and ${renews_at}::timestamptz > now()`,
      once: sql`${`renewal:${id}:${renews_at.slice(0, 10)}`}`,
    }),
  ];
}
