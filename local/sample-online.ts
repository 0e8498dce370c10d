import { eq, inArray, sql } from "drizzle-orm";
import type { Plan as PlannedTransaction } from "../src/database/plan.ts";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import { agree } from "../src/stripe/agreement.ts";
import { checkoutFromStripe } from "../src/stripe-events/checkout.ts";
import { donations } from "../src/tables/donations.ts";
import { payments } from "../src/tables/ledger.ts";
import { users } from "../src/tables/people.ts";
import type { subscription_plans } from "../src/tables/plans.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { type Checkout, duesCheckout, giftCheckout } from "./sample-checkouts.ts";
import { daysAgo, instantOf, monthsAgo } from "./sample-dates.ts";
import { GIFTS, PAYERS } from "./sample-payers.ts";
import type { Transaction } from "./sample-years.ts";
import { completeSession } from "./stripe/checkout.ts";
import { payerOf } from "./stripe/checkout-pages.ts";
import type { Happening } from "./stripe/past.ts";
import type { RunningStripe } from "./stripe/server.ts";
import type { Session } from "./stripe/wire.ts";
import type { World } from "./stripe/world.ts";

type Plan = typeof subscription_plans.$inferSelect;
type LivePast = RunningStripe["livePast"];

/** How many payments the platform takes in at the same time. */
const AT_ONCE = 4;

/**
 * Two years of payments online: the checkouts happen at the stand-in, with everything that followed from them, and our rows wait
 * for them. Returns the ids of the sessions, from which {@link hearOfPayments} takes in what was paid.
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
      PAYERS.map(({ id, email, first_name, last_name, since }) => {
        const joined_at = instantOf(monthsAgo(since));
        const dates = { joined_at, created_at: joined_at, status_since: joined_at };
        const status = "payment_pending" as const;
        return {
          ...(id && { id }),
          email,
          first_name,
          last_name,
          status,
          password_hash,
          email_verified: true,
          ...dates,
        };
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
  const unheard = [...session_ids];
  const hear = async () => {
    for (let id = unheard.shift(); id; id = unheard.shift())
      await agree(ctx, await checkoutFromStripe(ctx, id), () => ({}));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hear));
  await ctx.transact((t) => {
    setDatesBack(t);
    return {};
  });
}

/** The platform has only just heard of what was paid and what ended. In reality, it would have heard at the time. */
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
