import { and, eq, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { effect, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { organisation_settings } from "../settings/tables.ts";
import { ask, askOrNull } from "../stripe/client.ts";
import { idOf, toInstant } from "../stripe/values.ts";
import { runs as isRunning, memberFollows, RUNNING } from "../subscriptions/standing.ts";
import { anotherRuns, supersede } from "../subscriptions/supersede.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { barred, cancelledUnpaid, whyUnbegun } from "../subscriptions/unbegun.ts";
import { duesNotPaid } from "./checkout-notices.ts";
import { closed } from "./closed-checkout.ts";
import { knownAs } from "./customer.ts";
import { type Agreement, asking, nothing } from "./from-stripe.ts";
import { outcomeOf } from "./inbox.ts";
import { paymentEffects } from "./payments-from-stripe.ts";
import { receipts } from "./receipts.ts";
import { fetchReversals, type Reversal, reversalEffects } from "./reversals-from-stripe.ts";
import { cancellationNotice, continuationNotice, endNotice, failureNotice } from "./subscription-notices.ts";
import {
  endsWithTerm,
  OurMetadata,
  type PaymentFacts,
  planOf,
  readInvoice,
  readParts,
  type SubscriptionParts,
} from "./subscription-parts.ts";

/**
 * Asks Stripe for a subscription, its invoices, and what was given back of them, and returns what makes our rows, the
 * member's status and the mails agree. A payment that finds no row of ours, another subscription in its row, or a person
 * who cannot become active is parked: it needs a person.
 */
export async function subscriptionFromStripe(request: Context, stripe_subscription_id: string): Promise<Agreement> {
  const ctx = asking(request);
  const subscription = await fetchSubscription(ctx, stripe_subscription_id);
  if (!subscription) return nothing("parked", "Stripe does not know the subscription");
  const ours = OurMetadata.safeParse(subscription.metadata);
  const parts = readParts(subscription);
  if (!ours.success || !parts) return nothing("ignored", "not ours");
  const [invoices, reversals] = await Promise.all([
    fetchInvoices(ctx, stripe_subscription_id),
    fetchReversals(ctx, { customer: idOf(subscription.customer) ?? "" }),
  ]);
  const paid = invoices.filter(({ status }) => status === "paid").map((invoice) => readInvoice(invoice, parts));
  const state = stateOf(subscription, parts, paid);
  if (!state) {
    const refused = isUnpaidForGood(subscription, invoices);
    const over = refused || subscription.status === "incomplete_expired";
    const session = over ? await sessionOf(ctx, stripe_subscription_id) : undefined;
    const { id, created } = subscription;
    const amount_cents = parts.base_subscription_cents + parts.donation_cents;
    return {
      ...nothing("ignored", `the subscription is ${subscription.status}, and nothing was paid`),
      effects: [
        ...(refused
          ? [duesNotPaid({ id, created, amount_cents }, eq(subscriptions.id, ours.data.subscription_id))]
          : []),
        ...(session ? [closed(session.id, ours.data)] : []),
      ],
      unpaid: refused && subscription.status !== "canceled" ? [id] : [],
    };
  }
  return agree(ctx, { subscription, ours: ours.data, parts, state, invoices, paid, reversals });
}

const fetchSubscription = ({ stripe }: Context, id: string): Promise<Stripe.Subscription | null> =>
  askOrNull(
    stripe.subscriptions.retrieve(id, { expand: ["items.data.price.product", "default_payment_method", "customer"] }),
  );

/** The checkout that it began with, if it was one. */
async function sessionOf({ stripe }: Context, subscription: string): Promise<Stripe.Checkout.Session | undefined> {
  const [session] = (await ask(stripe.checkout.sessions.list({ subscription, limit: 1 }))).data;
  return session;
}

/**
 * Whether the bank refused the first payment after all. Stripe makes its invoice void, and would go on with the next. One
 * that was ended meanwhile, by us or in the dashboard, is still one that was refused:
 * https://docs.stripe.com/billing/subscriptions/overview#payment-methods-with-delayed-payment-confirmation
 */
const isUnpaidForGood = ({ status }: Stripe.Subscription, invoices: Stripe.Invoice[]): boolean =>
  ["active", "past_due", "unpaid", "canceled"].includes(status) &&
  invoices.length > 0 &&
  invoices.every((invoice) => invoice.status === "void" || invoice.status === "uncollectible");

/** All of them, the newest first. */
const fetchInvoices = ({ stripe }: Context, subscription: string): Promise<Stripe.Invoice[]> =>
  ask(
    (async () => {
      const all: Stripe.Invoice[] = [];
      for await (const invoice of stripe.invoices.list({ subscription, limit: 100, expand: ["data.payments"] }))
        all.push(invoice);
      return all;
    })(),
  );

interface State {
  status: "active" | "past_due" | "paused" | "cancelled" | "expired";
  current_term_start: string;
  current_term_end: string;
}

/** What our row says where Stripe's says this; null while it has not begun. The term is the one that was paid for. */
function stateOf(
  { status, pause_collection, cancellation_details }: Stripe.Subscription,
  parts: SubscriptionParts,
  paid: PaymentFacts[],
): State | null {
  const last = paid.reduce<PaymentFacts | null>(
    (latest, each) => ((latest?.term_end ?? "") >= (each.term_end ?? "") ? latest : each),
    null,
  );
  if (!last && status !== "trialing") return null;
  const term = {
    current_term_start: last?.term_start ?? parts.current_term_start,
    current_term_end: last?.term_end ?? parts.current_term_end,
  };
  switch (status) {
    case "active":
    case "trialing":
      return { ...term, status: pause_collection ? "paused" : "active" };
    case "past_due":
    case "unpaid":
      return { ...term, status: "past_due" };
    case "paused":
      return { ...term, status: "paused" };
    case "canceled":
      return { ...term, status: cancellation_details?.reason === "payment_failed" ? "expired" : "cancelled" };
    case "incomplete":
    case "incomplete_expired":
      return null;
    default:
      throw new Error(`Stripe has a status for subscriptions that is not known here: ${status}`);
  }
}

interface Found {
  subscription: Stripe.Subscription;
  ours: OurMetadata;
  parts: SubscriptionParts;
  state: State;
  invoices: Stripe.Invoice[];
  paid: PaymentFacts[];
  reversals: Reversal[];
}

function agree(ctx: Context, { subscription, ours, parts, state, invoices, paid, reversals }: Found): Agreement {
  const { id: stripe_subscription_id, customer, pause_collection } = subscription;
  const row = sql`${eq(subscriptions.id, ours.subscription_id)}`;
  const itsRow = sql`(${and(row, eq(subscriptions.stripe_subscription_id, stripe_subscription_id))})`;
  const person = sql`(select ${subscriptions.user_id} from ${subscriptions} where ${row})`;
  const asked_at = ctx.now.toISOString();
  const runs = RUNNING.some((status) => status === state.status);
  const changes = sql`(${and(
    row,
    or(isNull(subscriptions.stripe_subscription_id), eq(subscriptions.stripe_subscription_id, stripe_subscription_id)),
    or(isNull(subscriptions.stripe_synced_at), lte(subscriptions.stripe_synced_at, asked_at)),
    sql`not ${barred} and not ${runs ? anotherRuns : cancelledUnpaid}`,
  )})`;
  return {
    effects: [
      // The person before the row, in the order that a checkout locks them; who only refers to the person need not wait.
      effect(query.select({ id: users.id }).from(users).where(eq(users.id, person)).for("no key update")),
      effect(query.select({ id: subscriptions.id }).from(subscriptions).where(row).for("update")),
      ...paymentEffects(paid, { subscription: row, told_apart_by: "stripe_invoice_id" }),
      ...reversalEffects(ctx, reversals),
      ...(runs ? [supersede(ours.subscription_id)] : []),
      ...(runs ? [] : [joined(row, person)]),
      ...cancellationNotice(subscription, state, changes),
      ...(runs && !endsWithTerm(subscription) ? [continuationNotice(changes)] : []),
      effect(
        query
          .update(subscriptions)
          .set({
            ...state,
            plan_id: planOf(ours),
            billing_cycle: ours.billing_cycle,
            base_subscription_cents: parts.base_subscription_cents,
            donation_cents: parts.donation_cents,
            payment_method: "stripe",
            grace_ends_at: state.status === "past_due" ? graceAfter(state.current_term_end) : null,
            paused_at: state.status === "paused" ? sql`coalesce(${subscriptions.paused_at}, ${asked_at})` : null,
            resumes_at: instantOf(pause_collection?.resumes_at),
            cancel_at_period_end: endsWithTerm(subscription),
            cancelled_at: instantOf(subscription.canceled_at),
            ...cardOf(runs ? subscription.default_payment_method : null),
            stripe_subscription_id,
            stripe_synced_at: asked_at,
          })
          .where(changes),
      ),
      ...(runs ? [] : [named(row, stripe_subscription_id)]),
      ...knownAs(person, customer, sql`exists (select from ${subscriptions} where ${and(itsRow, isRunning)})`),
      ...memberFollows(person),
      ...receipts(sql`(${and(itsRow, isNotNull(subscriptions.stripe_synced_at))})`),
      ...failureNotice(ctx, invoices, itsRow),
      ...endNotice(ctx, subscription, itsRow),
    ],
    unpaid: [],
    outcome: outcomeOf(
      whatIsWrong(row, itsRow),
      paid.length > 0 ? { payment_kind: "dues", stripe_id: stripe_subscription_id } : undefined,
    ),
  };
}

/** Whoever paid was a member, also when we first hear of it after the end: then the status lapses as it would have. */
const joined = (row: SQL, person: SQL): Silent =>
  effect(
    query
      .update(users)
      .set({ status: moved("pay") })
      .where(
        and(
          eq(users.id, person),
          may("pay"),
          sql`exists (select from ${subscriptions} where ${and(row, eq(subscriptions.status, "pending"))})`,
        ),
      ),
  );

/** A checkout that was cancelled before it was paid names the subscription that it began, which has ended. */
const named = (row: SQL, stripe_subscription_id: string): Silent =>
  effect(
    query
      .update(subscriptions)
      .set({ stripe_subscription_id })
      .where(and(row, cancelledUnpaid, isNull(subscriptions.stripe_subscription_id))),
  );

const instantOf = (seconds: number | null | undefined) => (typeof seconds === "number" ? toInstant(seconds) : null);

/** The card that the next dues are paid with. Of one that is not needed any more nothing is kept. */
function cardOf(method: Stripe.Subscription["default_payment_method"]) {
  const card = typeof method === "object" ? method?.card : null;
  return {
    card_brand: card?.brand ?? null,
    card_last4: card?.last4 ?? null,
    card_exp_month: card?.exp_month ?? null,
    card_exp_year: card?.exp_year ?? null,
  };
}

/** Counted from the end of the term that was paid for; what a volunteer has set stays until the next failure. */
const graceAfter = (term_end: string): SQL => {
  const grace = sql`${term_end}::timestamptz + (select ${organisation_settings.grace_days} from ${organisation_settings}) * interval '1 day'`;
  return sql`case when ${subscriptions.status} = 'past_due' and ${subscriptions.current_term_end} = ${term_end}::timestamptz
    then coalesce(${subscriptions.grace_ends_at}, ${grace}) else ${grace} end`;
};

const whatIsWrong = (row: SQL, itsRow: SQL): SQL => sql`case
  when not exists (select from ${subscriptions} where ${row}) then 'no such subscription of ours'
  ${whyUnbegun(row)}
  when exists (select from ${subscriptions} where ${and(row, isNull(subscriptions.stripe_subscription_id), anotherRuns)})
    then 'another subscription of the person runs'
  when not exists (select from ${subscriptions} where ${itsRow}) then 'the row belongs to another Stripe subscription'
end`;
