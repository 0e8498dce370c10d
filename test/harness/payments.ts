import type Stripe from "stripe";
import { sdkFor } from "../../local/stripe/control-client.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { type Answer, post } from "./client.ts";
import { type Person, person } from "./people.ts";
import { plan } from "./plans.ts";
import { insert, settings, sql, stripe, stripe_url } from "./platform.ts";

/** Stripe's SDK, to look at objects in the stand-in. */
export const stripeApi: Stripe = sdkFor(stripe_url);

/** The statement suffix for one-time payments. All tests share the settings, so no test changes it. */
export const STATEMENT_SUFFIX = "LOAF DUES";
await sql(
  "update organisation_settings set statement_descriptor_suffix = $1 where statement_descriptor_suffix is distinct from $1",
  [STATEMENT_SUFFIX],
);

/** A person who is a Stripe customer, with their own address or another. */
export async function customer(status: UserStatus = "active", known_as?: string) {
  const someone = await person(status);
  const { id: stripe_customer_id } = await stripeApi.customers.create({
    email: known_as ?? someone.email,
    name: `${someone.first_name} Example`,
  });
  await sql("update users set stripe_customer_id = $2 where id = $1", [someone.id, stripe_customer_id]);
  return { ...someone, stripe_customer_id };
}

export interface CheckoutBody {
  checkout_url: string;
  session_id: string;
}

export const checkout = (
  { token }: { token: string },
  plan_id: string,
  donation_cents?: unknown,
  base_subscription_cents?: unknown,
): Promise<Answer<CheckoutBody>> =>
  post<CheckoutBody>("/api/checkout/subscription", { plan_id, donation_cents, base_subscription_cents }, { token });

export interface SubscriptionRow {
  id: string;
  plan_id: string;
  status: string;
  billing_cycle: string;
  base_subscription_cents: number;
  donation_cents: number;
  current_term_start: Date | null;
  current_term_end: Date | null;
  stripe_subscription_id: string | null;
  stripe_checkout_session_id: string | null;
  checkout_number: number;
  checkout_expires_at: Date | null;
}

export const subscriptionsOf = ({ id }: { id: string }): Promise<SubscriptionRow[]> =>
  sql<SubscriptionRow>("select * from subscriptions where user_id = $1 order by created_at, id", [id]);

/** A member's only subscription. */
export async function subscriptionOf(member: { id: string }): Promise<SubscriptionRow> {
  const [row, ...others] = await subscriptionsOf(member);
  if (!row || others.length > 0) throw new Error(`Expected one subscription, found ${others.length + (row ? 1 : 0)}`);
  return row;
}

/** A person's only pending subscription, and when its session expires. */
export async function pendingOf(member: { id: string }) {
  const [pending, ...others] = (await subscriptionsOf(member)).filter(({ status }) => status === "pending");
  if (!pending || others.length > 0) throw new Error("Expected exactly one pending subscription");
  return { ...pending, checkout_expires_at: pending.checkout_expires_at ?? new Date(0) };
}

/** Inserts a subscription for a person, by default a yearly one not paid online. Returns its id. */
export async function subscribed({ id }: { id: string }, columns: Record<string, unknown> = {}): Promise<string> {
  const { id: subscription_id } = await insert("subscriptions", {
    user_id: id,
    plan_id: columns.plan_id ?? (await plan()),
    status: "active",
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    current_term_start: new Date(Date.now() - 265 * DAY),
    current_term_end: new Date(Date.now() + 100 * DAY),
    ...columns,
  });
  return subscription_id;
}

export const DAY = 24 * 60 * 60 * 1000;

export interface Attempt extends CheckoutBody {
  member: Person;
  plan_id: string;
  subscription_id: string;
}

/** An approved person who has started to pay for a plan. */
export async function startedCheckout({
  member,
  columns = {},
  donation_cents = 0,
}: {
  member?: Person;
  columns?: Record<string, unknown>;
  donation_cents?: number;
} = {}): Promise<Attempt> {
  const payer = member ?? (await person("payment_pending"));
  const plan_id = await plan(columns);
  const { status, body } = await checkout(payer, plan_id, donation_cents);
  if (status !== 200) throw new Error(`The checkout responded with ${status}: ${JSON.stringify(body)}`);
  const { id: subscription_id } = await subscriptionOf(payer);
  return { member: payer, plan_id, subscription_id, ...body };
}

export interface PaidCheckout extends Attempt {
  /** Stripe's undelivered events for it, in the order they were created. */
  events: { id: string; type: string }[];
  stripe_subscription_id: string;
}

/** The same, paid at Stripe. The test delivers its events. */
export async function paidCheckout(options: Parameters<typeof startedCheckout>[0] = {}): Promise<PaidCheckout> {
  const attempt = await startedCheckout(options);
  return { ...attempt, ...(await payUnheard(attempt)) };
}

/** Pays a session without delivering Stripe's events. */
export async function payUnheard({ member, subscription_id, session_id }: Omit<Attempt, "plan_id" | "checkout_url">) {
  for (const match of [member.email, subscription_id]) await stripe.deliveryMode("manual", match);
  const { event_ids } = await stripe.pay(session_id, { email: member.email });
  const held = [...(await stripe.deliveries(member.email)), ...(await stripe.deliveries(subscription_id))];
  const types = new Map(held.filter(({ state }) => state === "manual").map(({ event_id, type }) => [event_id, type]));
  const events = event_ids.flatMap((id) => {
    const type = types.get(id);
    return type ? [{ id, type }] : [];
  });
  const { subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
  if (typeof subscription !== "string") throw new Error("The session created no subscription");
  return { events, stripe_subscription_id: subscription };
}

/** What a member does with a subscription in the Stripe customer portal. */
export async function inPortal(stripe_subscription_id: string, deed: "cancel" | "keep"): Promise<void> {
  const { customer } = await stripeApi.subscriptions.retrieve(stripe_subscription_id);
  const { url } = await stripeApi.billingPortal.sessions.create({ customer: String(customer) });
  const { status } = await fetch(`${url}/${stripe_subscription_id}/${deed}`, { method: "POST", redirect: "manual" });
  if (status !== 303) throw new Error(`The portal responded with ${status}`);
}

/** The withheld event of a type. */
export function eventOf({ events }: Pick<PaidCheckout, "events">, type: string): string {
  const event = events.find((each) => each.type === type);
  if (!event) throw new Error(`No ${type} among ${events.map((each) => each.type)}`);
  return event.id;
}

export interface Signing {
  secret?: string;
  /** Seconds since it was signed. */
  age?: number;
  /** Replaces the signature header. */
  header?: string;
}

/** An event as Stripe sends it: the body and its signature header. */
export async function signedEvent(
  event: object | string,
  { secret = settings.STRIPE_WEBHOOK_SECRET[0] ?? "", age = 0, header }: Signing = {},
) {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000) - age;
  const signature = await stripeApi.webhooks.generateTestHeaderStringAsync({ payload: body, secret, timestamp });
  return { body, headers: { "Stripe-Signature": header ?? signature } };
}

export interface EventRow {
  id: string;
  type: string;
  object_id: string | null;
  status: string;
  reason: string | null;
  deliveries: number;
}

/** Our stored rows for these events. */
export const inboxOf = (ids: string[]): Promise<EventRow[]> =>
  sql<EventRow>("select id, type, object_id, status, reason, deliveries from stripe_events where id = any($1)", [ids]);

/** The requests that Stripe received to open a session for a subscription or donation. */
export const sessionsAskedFor = async (id: string) =>
  (await stripe.requests(id)).filter(({ method, path }) => method === "POST" && path === "/v1/checkout/sessions");

/** Every checkout session ever created for a subscription, oldest first. */
export async function sessionsFor(subscription_id: string): Promise<Stripe.Checkout.Session[]> {
  const found: Stripe.Checkout.Session[] = [];
  for await (const session of stripeApi.checkout.sessions.list({ limit: 100 }))
    if (session.client_reference_id === subscription_id) found.unshift(session);
  return found;
}

/** The ids of the sessions for a subscription that are still payable. */
export const openSessionsFor = async (subscription_id: string): Promise<string[]> =>
  (await sessionsFor(subscription_id)).filter(({ status }) => status === "open").map(({ id }) => id);
