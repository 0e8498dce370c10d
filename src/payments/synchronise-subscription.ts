import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { effect, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { record } from "./inbox.ts";
import type { OurMetadata, SubscriptionParts } from "./subscription-parts.ts";

/** Stripe's words for a subscription that is paid. */
const PAID = new Set<Stripe.Subscription.Status>(["active", "trialing"]);

/**
 * Makes our row, the member and the thank-you agree with Stripe's subscription, and claims the event, in one
 * transaction. Doing it again changes nothing; an answer of Stripe older than the last one applied is passed over. A
 * payment that finds no row, another subscription in its row, or a person who cannot become active is parked.
 */
export async function synchronise(
  ctx: Context,
  event: Stripe.Event,
  {
    subscription,
    parts,
    ours: { subscription_id, plan_id, billing_cycle },
  }: { subscription: Stripe.Subscription; parts: SubscriptionParts; ours: OurMetadata },
): Promise<void> {
  const { id: stripe_subscription_id, customer, latest_invoice, status } = subscription;
  const invoice = typeof latest_invoice === "object" ? latest_invoice : null;
  if (!PAID.has(status)) {
    // Money that came in for something that has ended meanwhile needs a person.
    const outcome = invoice?.status === "paid" ? "parked" : "ignored";
    await ctx.transact(record(event, { status: outcome, reason: `the subscription is ${status}` }));
    return;
  }
  const asked_at = ctx.now.toISOString();
  const row = eq(subscriptions.id, subscription_id);
  const itsRow = and(row, eq(subscriptions.stripe_subscription_id, stripe_subscription_id));
  const member = eq(users.id, query.select({ user_id: subscriptions.user_id }).from(subscriptions).where(itsRow));
  const firstPayment = invoice?.billing_reason === "subscription_create" && invoice.status === "paid" ? invoice : null;

  await ctx.transact(
    // The person before the row, in the order that a checkout locks them.
    effect(
      query
        .select({ id: users.id })
        .from(users)
        .where(eq(users.id, query.select({ user_id: subscriptions.user_id }).from(subscriptions).where(row)))
        .for("update"),
    ),
    effect(
      query
        .update(subscriptions)
        .set({ ...parts, plan_id, billing_cycle, status: "active", stripe_subscription_id, stripe_synced_at: asked_at })
        .where(
          and(
            row,
            or(isNull(subscriptions.stripe_subscription_id), itsRow),
            or(isNull(subscriptions.stripe_synced_at), lte(subscriptions.stripe_synced_at, asked_at)),
          ),
        ),
    ),
    effect(
      query
        .update(users)
        .set({
          stripe_customer_id: typeof customer === "string" ? customer : customer.id,
          status: moved("pay"),
        })
        .where(member),
    ),
    ...(firstPayment
      ? [
          mail("thank_you", {
            to: users.email,
            user_id: users.id,
            data: {
              first_name: users.first_name,
              base_subscription_cents: subscriptions.base_subscription_cents,
              donation_cents: subscriptions.donation_cents,
              current_term_end: subscriptions.current_term_end,
            },
            from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)} where ${and(itsRow, eq(users.status, "active"))}`,
            once: sql`${`thank_you:${firstPayment.id}`}`,
          }),
        ]
      : []),
    record(event, {
      status: sql`case when exists (select from ${users} where ${and(member, eq(users.status, "active"))}) then 'applied' else 'parked' end`,
      reason: sql`case
        when not exists (select from ${subscriptions} where ${row}) then 'no such subscription of ours'
        when not exists (select from ${subscriptions} where ${itsRow}) then 'the row belongs to another Stripe subscription'
        when not exists (select from ${users} where ${and(member, eq(users.status, "active"))}) then 'the person cannot become active'
      end`,
    }),
  );
}
