import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Plan, Values } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { endCheckout } from "../../stripe/checkout-session.ts";
import { askOrNull } from "../../stripe/client.ts";
import { endSubscription } from "../../stripe/open-invoices.ts";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { donations } from "../../tables/donations.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";

/** What Stripe has of somebody. */
export type KnownAtStripe = Values<ReturnType<typeof readKnownAtStripe>>;

/** Every subscription, open checkout and customer of a person, as our rows have it. */
export const readKnownAtStripe = (t: Plan, user_id: string) => ({
  person: t.one(query.select({ customer: users.stripe_customer_id }).from(users).where(eq(users.id, user_id))),
  subscriptions: t.many(
    query
      .select({ id: sql<string>`${subscriptions.stripe_subscription_id}` })
      .from(subscriptions)
      .where(and(eq(subscriptions.user_id, user_id), isNotNull(subscriptions.stripe_subscription_id))),
  ),
  checkouts: t.many(selectOpenCheckouts(user_id)),
});

const selectOpenCheckouts = (user_id: string) => {
  const openOf = (table: typeof subscriptions | typeof donations) =>
    query
      .select({ id: sql<string>`${table.stripe_checkout_session_id}`.as("id") })
      .from(table)
      .where(and(eq(table.user_id, user_id), eq(table.status, "pending"), isNotNull(table.stripe_checkout_session_id)));
  return unionAll(openOf(subscriptions), openOf(donations));
};

/**
 * Ends what would still collect money from a person, and only then deletes them as a customer. Doing it again changes nothing.
 * Throws if Stripe does not answer, or if a payment is being made at this moment.
 * https://docs.stripe.com/api/customers/delete
 */
export async function forgetAtStripe(ctx: Context, known: KnownAtStripe): Promise<void> {
  const customers = new Set([known.person.customer]);
  for (const { id } of known.checkouts) customers.add(await endCheckout(ctx, id));
  for (const { id } of known.subscriptions) customers.add(await endSubscription(ctx, id));
  for (const customer of customers) if (customer) await askOrNull(ctx.stripe.customers.del(customer));
}

/** Whether a person has begun something at Stripe since that would collect money and is not `known`. */
export const personBeganMore = (user_id: string, known: KnownAtStripe): SQL => {
  const isNotKnown = (column: SQL, ids: { id: string }[]) =>
    sql`${column} <> all (${sql.param(ids.map(({ id }) => id))}::text[])`;
  const more = query
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.user_id, user_id),
        sql`(${subscriptionIsRunning} and ${isNotKnown(sql`${subscriptions.stripe_subscription_id}`, known.subscriptions)}
          or ${and(eq(subscriptions.status, "pending"), isNotKnown(sql`${subscriptions.stripe_checkout_session_id}`, known.checkouts))})`,
      ),
    );
  const otherCustomer = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, user_id), sql`${users.stripe_customer_id} <> coalesce(${known.person.customer}, '')`));
  return sql`(exists ${more} or exists ${otherCustomer})`;
};
