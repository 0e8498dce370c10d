import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import type { Plan as PlannedTransaction } from "../src/database/plan.ts";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import { agree } from "../src/stripe/agreement.ts";
import { DONATION_PART, DUES_PART } from "../src/stripe/values.ts";
import { checkoutFromStripe } from "../src/stripe-events/checkout.ts";
import { INTERVALS, recurs } from "../src/subscriptions/checkout/create-session.ts";
import { donations } from "../src/tables/donations.ts";
import { payments } from "../src/tables/ledger.ts";
import { users } from "../src/tables/people.ts";
import type { subscription_plans } from "../src/tables/plans.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { GIFTS, type Gift, PAYERS, type Payer } from "./sample-payers.ts";
import type { Transaction } from "./sample-years.ts";
import { DAY } from "./stripe/calendar.ts";
import { completeSession } from "./stripe/checkout.ts";
import { payerOf } from "./stripe/checkout-pages.ts";
import { buildCustomer } from "./stripe/objects/customer.ts";
import type { Happening } from "./stripe/past.ts";
import type { RunningStripe } from "./stripe/server.ts";
import { createSession } from "./stripe/session-creation.ts";
import type { Session } from "./stripe/wire.ts";
import type { World } from "./stripe/world.ts";

type Plan = typeof subscription_plans.$inferSelect;
type LivePast = RunningStripe["livePast"];

/** A checkout of the past: when it was opened, how, and what became of it. */
interface Checkout {
  moment: number;
  open: (world: World) => Session;
  abandoned?: boolean | undefined;
  later?: Payer["later"];
}

const daysAgo = (days: number): number => Math.floor(Date.now() / 1000) - days * DAY;

/** So many days ago, and months before that; the last day of shorter months. */
function ago([months, days]: Payer["since"]): number {
  const day = new Date(daysAgo(days) * 1000);
  const last_day = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months + 1, 0)).getUTCDate();
  const date = Math.min(day.getUTCDate(), last_day);
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months, date);
  return Math.floor(day.getTime() / 1000);
}

const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/**
 * Two years of payments online: the checkouts happen at the stand-in, with everything that followed from them, and here are
 * the rows that were waiting for them. Returns the sessions: {@link hearOfPayments} has the platform take in what was paid.
 */
export async function fillOnlinePayments(
  tx: Transaction,
  plans: Plan[],
  password_hash: string,
  livePast: LivePast,
): Promise<string[]> {
  const people = await tx
    .insert(users)
    .values(
      PAYERS.map(({ email, first_name, last_name, since }) => {
        const joined_at = instantOf(ago(since));
        const dates = { joined_at, created_at: joined_at, status_since: joined_at };
        const status = "payment_pending" as const;
        return { email, first_name, last_name, status, password_hash, email_verified: true, ...dates };
      }),
    )
    .returning({ id: users.id, email: users.email });
  const members = GIFTS.flatMap(({ giver }) => (giver.is_member ? giver.email : []));
  const givers = await tx.select({ id: users.id, email: users.email }).from(users).where(inArray(users.email, members));
  const ids = new Map([...givers, ...people].map(({ id, email }) => [email, id]));
  const idOf = (email: string) => ids.get(email) ?? "";

  const dues = PAYERS.map((payer) => duesCheckout(payer, idOf(payer.email), plans));
  const gifts = GIFTS.map((gift) => giftCheckout(gift, gift.giver.is_member ? idOf(gift.giver.email) : null));
  const sessions = letHappen(livePast, [...dues, ...gifts]);
  const sessionOf = (checkout: Checkout) => sessions.get(checkout)?.id ?? null;
  await tx
    .insert(subscriptions)
    .values(dues.map((checkout) => ({ ...checkout.row, stripe_checkout_session_id: sessionOf(checkout) })));
  await tx
    .insert(donations)
    .values(gifts.map((checkout) => ({ ...checkout.row, stripe_checkout_session_id: sessionOf(checkout) })));
  return [...sessions.values()].map(({ id }) => id);
}

/** Makes our rows agree with what was paid, by the code that webhooks run. */
export async function hearOfPayments(ctx: Context, session_ids: string[]): Promise<void> {
  for (const id of session_ids) await agree(ctx, await checkoutFromStripe(ctx, id), () => ({}));
  await ctx.transact((t) => {
    setDatesBack(t);
    return {};
  });
}

/** The platform has only just heard of what was paid and ended. In life it would have heard at the time. */
function setDatesBack(t: PlannedTransaction): void {
  const theirs = sql`from ${subscriptions} where ${eq(subscriptions.user_id, users.id)}`;
  const began = sql`(select min(${subscriptions.created_at}) ${theirs})`;
  const ended = sql`(select max(coalesce(${subscriptions.cancelled_at}, ${subscriptions.current_term_end})) ${theirs})`;
  const emails = PAYERS.map(({ email }) => email);
  t.effect(
    query
      .update(users)
      .set({ status_since: sql`case ${users.status} when 'inactive' then ${ended} else ${began} end` })
      .where(inArray(users.email, emails)),
  );
  t.effect(
    query
      .update(payments)
      .set({ created_at: sql`${payments.paid_at}` })
      .where(eq(payments.payment_method, "stripe")),
  );
}

/** Opens, pays and follows these checkouts, each at its time. Returns their sessions as they are now. */
function letHappen(livePast: LivePast, checkouts: Checkout[]): Map<Checkout, Session> {
  const sessions = new Map<Checkout, Session>();
  const sessionOf = (checkout: Checkout): Session => {
    const session = sessions.get(checkout);
    if (!session) throw new Error("A sample checkout was paid before it was opened");
    return session;
  };
  livePast(
    checkouts.flatMap((checkout): Happening[] => {
      const { moment, open, abandoned = false, later = [] } = checkout;
      const opens = (world: World) => sessions.set(checkout, open(world));
      const pays = (world: World) => completeSession(world, sessionOf(checkout), payerOf(sessionOf(checkout), "", ""));
      return [
        { moment, happens: opens },
        ...(abandoned ? [] : [{ moment, happens: pays }]),
        ...later.map(({ days_ago, happens }) => ({
          moment: daysAgo(days_ago),
          happens: (world: World) => happens(world, sessionOf(checkout)),
        })),
      ];
    }),
  );
  return sessions;
}

const line = (
  name: string,
  unit_amount: number,
  part: string,
  recurring?: (typeof INTERVALS)[keyof typeof INTERVALS],
) => ({
  quantity: 1,
  price_data: {
    currency: "usd",
    unit_amount,
    ...(recurring && { recurring }),
    product_data: { name, metadata: { part } },
  },
});

const RETURN_URLS = { success_url: "http://localhost/paid", cancel_url: "http://localhost/cancelled" };

/** A first payment of dues, with the row that it is for. */
function duesCheckout({ email, since, later, ...payer }: Payer, user_id: string, plans: Plan[]) {
  const plan = plans.find(({ name }) => name === payer.plan);
  if (!plan) throw new Error(`There is no sample plan ${payer.plan}`);
  const { billing_cycle } = plan;
  const id = randomUUID();
  const moment = ago(since);
  const recurring = recurs(billing_cycle) ? INTERVALS[billing_cycle] : undefined;
  const base_subscription_cents = plan.suggested_price_cents ?? plan.price_cents;
  const donation_cents = payer.donation_cents ?? 0;
  const created_at = instantOf(moment);
  const once = { term_start: created_at };
  const metadata = { subscription_id: id, user_id, plan_id: plan.id, billing_cycle, ...(!recurring && once) };
  const name = `${payer.first_name} ${payer.last_name}`;
  return {
    moment,
    later,
    open(world: World): Session {
      const customer = buildCustomer(world.now(null), { email, name });
      world.state.customers.set(customer.id, customer);
      return createSession(world, {
        ...RETURN_URLS,
        customer: customer.id,
        client_reference_id: id,
        metadata,
        line_items: [
          line(`Dues: ${plan.name}`, base_subscription_cents, DUES_PART, recurring),
          ...(donation_cents > 0 ? [line("Donation", donation_cents, DONATION_PART, recurring)] : []),
        ],
        ...(recurring
          ? { mode: "subscription", subscription_data: { metadata } }
          : { mode: "payment", payment_intent_data: { metadata } }),
      });
    },
    row: {
      id,
      user_id,
      plan_id: plan.id,
      billing_cycle,
      base_subscription_cents,
      donation_cents,
      current_term_start: recurring ? null : created_at,
      paused_at: payer.paused_days_ago === undefined ? null : instantOf(daysAgo(payer.paused_days_ago)),
      checkout_expires_at: instantOf(moment + DAY),
      created_at,
    },
  };
}

/** A donation, with its row. */
function giftCheckout(
  { giver, amount_cents, days_ago, message, anonymous, abandoned, later }: Gift,
  user_id: string | null,
) {
  const id = randomUUID();
  const moment = daysAgo(days_ago);
  const metadata = { donation_id: id };
  return {
    moment,
    abandoned,
    later,
    open: (world: World): Session =>
      createSession(world, {
        ...RETURN_URLS,
        mode: "payment",
        submit_type: "donate",
        customer_email: giver.email,
        client_reference_id: id,
        metadata,
        payment_intent_data: { metadata },
        line_items: [line("Donation", amount_cents, DONATION_PART)],
      }),
    row: {
      id,
      user_id,
      donation_type: user_id ? ("member" as const) : ("public" as const),
      amount_cents,
      donor_name: giver.name,
      donor_email: user_id ? null : giver.email,
      message: message ?? null,
      anonymous: anonymous ?? false,
      checkout_expires_at: instantOf(moment + DAY),
      created_at: instantOf(moment),
    },
  };
}
