import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { expect, onTestFinished, vi } from "vitest";
import { startNeon } from "../../local/neon/server.ts";
import { type Answer, call } from "./client.ts";
import { ownPlatform } from "./own-platform.ts";
import { signedEvent } from "./payments.ts";
import { anyEmail } from "./people.ts";

/** How long the Worker waits for the database and for Stripe. */
export const TIMEOUT_MS = 1000;

/** A platform with short timeouts, its own connection to the database, and a person who may manage money. */
export async function moneyPlatform() {
  const { neon_url, stop } = await startNeon({ port: 0 });
  onTestFinished(stop);
  const platform = await ownPlatform({
    NEON_HTTP_ENDPOINT: `${neon_url}/sql`,
    DATABASE_TIMEOUT_MS: String(TIMEOUT_MS),
    STRIPE_TIMEOUT_MS: String(TIMEOUT_MS),
  });
  return { ...platform, neon_url, treasurer: await platform.volunteer() };
}

export type MoneyPlatform = Awaited<ReturnType<typeof moneyPlatform>>;

/** A use case that is about to run, set up once for each cell. */
export interface Scene {
  /** Makes the request. Calling it again makes the same request. */
  act(): Promise<Answer<{ code?: string }>>;
  /** Text that appears in every database trip before the response and in none after it. */
  mark: string;
  /** Set for a checkout, whose result shows only after it is paid. */
  pays?: true;
  /** Set if the Worker itself retries the database once. */
  repeatable?: true;
  /** Set if it ends an earlier checkout. That checkout may have ended while this one did not start. */
  replaces?: true;
  /** Set if it ends a checkout. Once the checkout is no longer payable, it may stay pending in our database. */
  voids?: true;
  /** The person whose money it is. */
  user_id: string | null;
  email: string;
  /** The start of the key of mails that tell other people about it. */
  others_told?: string;
}

export type Arrange = (platform: MoneyPlatform) => Promise<Scene>;

type Posted = Answer<{ code?: string; session_id: string }>;

async function post({ url }: MoneyPlatform, path: string, body: object, token?: string): Promise<Posted> {
  return call<Posted["body"]>("POST", path, { url, body, token });
}

async function done(answer: Promise<Posted>): Promise<Posted> {
  const made = await answer;
  if (made.status !== 200) throw new Error(`The response was ${made.status}: ${made.text}`);
  return made;
}

const subscribe = (p: MoneyPlatform, plan_id: string, token: string) =>
  post(p, "/api/checkout/subscription", { plan_id, donation_cents: 500 }, token);

/** A person about to pay their dues, possibly with an earlier checkout for other dues. */
const dues =
  (columns: Record<string, unknown>, before?: Record<string, unknown>): Arrange =>
  async (p) => {
    const member = await p.person();
    if (before) await done(subscribe(p, await p.plan(before), member.token));
    const plan_id = await p.plan(columns);
    const act = () => subscribe(p, plan_id, member.token);
    const whose = { user_id: member.id, email: member.email };
    return { act, mark: member.id, pays: true, ...(before && { replaces: true }), ...whose };
  };

/** A donor's request. Its id makes every repeat the same request. */
const gift = (donor_email: string) => ({
  amount_cents: 2500,
  donor_name: "Alex Example",
  donor_email,
  request_id: randomUUID(),
});

const publicDonation: Arrange = async (p) => {
  const email = anyEmail("donor");
  const body = gift(email);
  // No one is signed in and the donation has no id yet. The only other work is mail, which does not touch donations.
  return { act: () => post(p, "/api/donations/checkout", body), mark: '"donations"', pays: true, user_id: null, email };
};

const memberDonation: Arrange = async (p) => {
  const member = await p.person("active");
  const body = { amount_cents: 2500, request_id: randomUUID() };
  const act = () => post(p, "/api/donations/checkout", body, member.token);
  return { act, mark: member.id, pays: true, user_id: member.id, email: member.email };
};

/** A member who pays monthly and whose payment events we received. */
async function member(p: MoneyPlatform) {
  const payer = await p.payer({ billing_cycle: "monthly" });
  await hear(p, (await newest(p, "checkout.session.completed")).id);
  const { customer } = await p.stripeApi.subscriptions.retrieve(payer.stripe_subscription_id);
  const [row] = await p.sql<{ id: string; payment_intent: string }>(
    `select s.id, p.stripe_payment_intent_id as payment_intent
     from subscriptions s join payments p on p.subscription_id = s.id where s.user_id = $1`,
    [payer.id],
  );
  if (!row) throw new Error("The member has no payment");
  return { ...payer, ...row, user_id: payer.id, customer: String(customer) };
}

/** A paid donation. We received its events unless `heard` is false. */
async function donation(p: MoneyPlatform, { heard = true } = {}) {
  const email = anyEmail("donor");
  const { session_id } = (await done(post(p, "/api/donations/checkout", gift(email)))).body;
  await pay(p, session_id, email, { heard });
  const { payment_intent } = await p.stripeApi.checkout.sessions.retrieve(session_id);
  const [row] = await p.sql<{ id: string }>("select id from donations where donor_email = $1", [email]);
  if (!row) throw new Error("No donation found");
  return { ...row, user_id: null, email, payment_intent: String(payment_intent) };
}

type Whose = Pick<Scene, "user_id" | "email" | "others_told">;

/** The newest event of a type. */
async function newest({ stripeApi }: MoneyPlatform, type: string): Promise<Stripe.Event> {
  const [event] = (await stripeApi.events.list({ type, limit: 1 })).data;
  if (!event) throw new Error(`No event of type ${type}`);
  return event;
}

/** Delivers an event, which may take more than one attempt on a busy machine. */
async function hear({ stripe }: MoneyPlatform, event_id: string): Promise<void> {
  await vi.waitFor(async () => expect(await stripe.deliver([event_id])).toMatchObject([{ status: 200 }]), {
    timeout: 30_000,
  });
}

/** Pays a checkout. We receive its events unless `heard` is false. */
export async function pay(p: MoneyPlatform, session_id: string, email: string, { heard = true } = {}): Promise<void> {
  await p.stripe.pay(session_id, { email });
  if (heard) await hear(p, (await newest(p, "checkout.session.completed")).id);
}

/** Stripe delivers its newest event of this type. */
async function told(p: MoneyPlatform, type: string, { user_id, email, others_told }: Whose): Promise<Scene> {
  const event = await newest(p, type);
  return {
    act: async () => call("POST", "/api/webhooks/stripe", { url: p.url, ...(await signedEvent(event)) }),
    mark: event.id,
    user_id,
    email,
    ...(others_told && { others_told }),
  };
}

const firstPayment: Arrange = async (p) => {
  const payer = await p.payer();
  return told(p, "checkout.session.completed", { ...payer, user_id: payer.id });
};

const renewal: Arrange = async (p) => {
  const payer = await member(p);
  await p.stripe.advance(32, payer.customer);
  return told(p, "invoice.paid", payer);
};

const donationPaid: Arrange = async (p) => {
  const paid = await donation(p, { heard: false });
  return told(p, "checkout.session.completed", paid);
};

const donationRefunded: Arrange = async (p) => {
  const paid = await donation(p);
  await p.stripeApi.refunds.create({ payment_intent: paid.payment_intent, amount: 900 });
  return told(p, "charge.refunded", paid);
};

const duesRefunded: Arrange = async (p) => {
  const payer = await member(p);
  const { payment_intent } = payer;
  await p.stripe.refundMode("pending", payment_intent);
  const { id } = await p.stripeApi.refunds.create({ payment_intent, amount: 900 });
  await p.stripe.settleRefund(id);
  return told(p, "refund.updated", payer);
};

/** The payer was told about this refund, so they must also be told that it failed. */
const refundFailed: Arrange = async (p) => {
  const payer = await member(p);
  const { id } = await p.stripeApi.refunds.create({ payment_intent: payer.payment_intent, amount: 900 });
  await hear(p, (await newest(p, "charge.refunded")).id);
  await p.stripe.failRefund(id);
  return told(p, "refund.failed", { ...payer, others_told: `refund_failed:${id}:` });
};

/** A bank refuses days after the checkout. We end the subscription that the checkout started at Stripe. */
const duesNotPaid: Arrange = async (p) => {
  const { id: user_id, email, token } = await p.person();
  const { session_id } = (await done(subscribe(p, await p.plan({ billing_cycle: "monthly" }), token))).body;
  await p.stripe.pay(session_id, { email, later: true });
  await p.stripe.settle(session_id, false);
  return told(p, "checkout.session.async_payment_failed", { user_id, email });
};

const donationDisputed: Arrange = async (p) => {
  const paid = await donation(p);
  const { dispute } = await p.stripe.dispute({ payment_intent: paid.payment_intent });
  return told(p, "charge.dispute.created", { ...paid, others_told: `dispute:${dispute}:` });
};

/** The bank decides for the payer: the dues are unpaid again. */
const duesLost: Arrange = async (p) => {
  const payer = await member(p);
  const { dispute } = await p.stripe.dispute({ payment_intent: payer.payment_intent });
  await hear(p, (await newest(p, "charge.dispute.created")).id);
  await p.stripe.closeDispute(dispute, "lost");
  return told(p, "charge.dispute.closed", { ...payer, others_told: `dispute:${dispute}:lost:` });
};

/** Stripe pauses the subscription after a payment failed. */
const pausedByStripe: Arrange = async (p) => {
  const payer = await member(p);
  await p.stripe.paymentFailures("pause_first", payer.stripe_subscription_id);
  await p.stripe.decline({ customer: payer.customer }, true);
  await p.stripe.advance(32, payer.customer);
  return told(p, "customer.subscription.paused", payer);
};

/** The open invoice of a subscription that ended a day ago is paid on Stripe's page. */
const duesAfterTheEnd: Arrange = async (p) => {
  const payer = await member(p);
  const { stripe_subscription_id: subscription, customer } = payer;
  await p.stripe.decline({ customer }, true);
  await p.stripe.advance(32, customer);
  const [open] = (await p.stripeApi.invoices.list({ subscription, status: "open" })).data;
  await p.stripeApi.subscriptions.cancel(subscription);
  // Stripe's times are seconds. What is paid in the second of the end came before it.
  await p.stripe.advance(1, customer);
  await p.stripe.payInvoice(open?.id ?? "");
  return told(p, "invoice.paid", payer);
};

const subscriptionDeleted: Arrange = async (p) => {
  const payer = await member(p);
  await p.stripeApi.subscriptions.cancel(payer.stripe_subscription_id);
  return told(p, "customer.subscription.deleted", payer);
};

/** A treasurer's refund. If it failed, a retry uses a new id, as the response says. */
const refund =
  (amount_cents?: number): Arrange =>
  async (p) => {
    const { id, user_id, email } = await donation(p);
    let refund_id = randomUUID();
    const ask = () =>
      post(
        p,
        `/api/admin/donations/${id}/refund`,
        { id: refund_id, ...(amount_cents && { amount_cents }) },
        p.treasurer.token,
      );
    const act = async () => {
      const answer = await ask();
      if (answer.body.code !== "refund_failed") return answer;
      refund_id = randomUUID();
      return ask();
    };
    return { act, mark: p.treasurer.id, user_id, email };
  };

/** A treasurer's record of a term paid in cash. */
const cashRefund: Arrange = async (p) => {
  const { id: user_id, email } = await p.person();
  const { token } = p.treasurer;
  const term = { id: randomUUID(), user_id, plan_id: await p.plan(), payment_method: "cash", donation_cents: 500 };
  const { status, text } = await post(p, "/api/admin/subscriptions", term, token);
  if (status !== 201) throw new Error(`The term responded with ${status}: ${text}`);
  const body = { id: randomUUID(), amount_cents: 900 };
  const act = () => post(p, `/api/admin/subscriptions/${term.id}/refund`, body, token);
  // The treasurer's id appears in work that continues after the term was recorded, so it cannot be the mark.
  return { act, mark: body.id, repeatable: true, user_id, email };
};

const cancel = (p: MoneyPlatform, id: string, at_period_end: boolean) => () =>
  post(p, `/api/admin/subscriptions/${id}/cancel`, { at_period_end, reason: "They asked for it." }, p.treasurer.token);

const cancellation =
  (at_period_end: boolean): Arrange =>
  async (p) => {
    const { id, user_id, email } = await member(p);
    return { act: cancel(p, id, at_period_end), mark: p.treasurer.id, user_id, email };
  };

const checkoutCancelled: Arrange = async (p) => {
  const { act, user_id, email } = await dues({})(p);
  await act();
  const [row] = await p.sql<{ id: string }>("select id from subscriptions where user_id = $1", [user_id]);
  return { act: cancel(p, row?.id ?? "", false), mark: p.treasurer.id, voids: true, user_id, email };
};

const atTreasury = (p: MoneyPlatform, id: string, what: string, body: object) => () =>
  post(p, `/api/admin/subscriptions/${id}/${what}`, body, p.treasurer.token);

const pause: Arrange = async (p) => {
  const { id, user_id, email } = await member(p);
  return { act: atTreasury(p, id, "pause", {}), mark: p.treasurer.id, user_id, email };
};

const resume =
  (undo: "pause" | "cancellation"): Arrange =>
  async (p) => {
    const { id, user_id, email } = await member(p);
    await done(undo === "pause" ? atTreasury(p, id, "pause", {})() : cancel(p, id, true)());
    return { act: atTreasury(p, id, "resume", { undo }), mark: p.treasurer.id, user_id, email };
  };

/** Every use case that moves money or reports that money moved, by name. */
export const USE_CASES = {
  "checkout: dues that renew": dues({}),
  "checkout: a term paid once": dues({ billing_cycle: "custom", term_end_month: 6, term_end_day: 30 }),
  "checkout: another plan than before": dues({}, { billing_cycle: "monthly" }),
  "checkout: a public donation": publicDonation,
  "checkout: a member's donation": memberDonation,
  "webhook: first payment": firstPayment,
  "webhook: renewal": renewal,
  "webhook: donation paid": donationPaid,
  "webhook: donation refunded": donationRefunded,
  "webhook: dues refunded": duesRefunded,
  "webhook: dues not paid by a bank": duesNotPaid,
  "webhook: refund failed": refundFailed,
  "webhook: donation disputed": donationDisputed,
  "webhook: dues lost in a dispute": duesLost,
  "webhook: paused by Stripe": pausedByStripe,
  "webhook: dues after the end": duesAfterTheEnd,
  "webhook: subscription deleted": subscriptionDeleted,
  "refund: in full": refund(),
  "refund: in part": refund(700),
  "refund: of a term paid in cash": cashRefund,
  "cancel: now": cancellation(false),
  "cancel: at the period's end": cancellation(true),
  "cancel: a checkout": checkoutCancelled,
  "pause: dues": pause,
  "resume: a pause": resume("pause"),
  "resume: a cancellation": resume("cancellation"),
} satisfies Record<string, Arrange>;

export type UseCase = keyof typeof USE_CASES;

export const isUseCase = (name: string): name is UseCase => name in USE_CASES;
