import { and, eq, isNotNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { links } from "../../http/frontend-links.ts";
import { ask, isMissing } from "../../stripe/client.ts";
import { knownEmail, users } from "../../tables/people.ts";
import type { BillingPortal } from "./schemas.ts";

const NO_BILLING = [409, "no_billing", "You have no online payments to manage."] as const;

/**
 * Opens the page at Stripe where members change their card, see their receipts, and cancel a subscription that renews.
 * If their address has changed, tells Stripe first. 409 if they are not a customer at Stripe, or no longer are. 503 if
 * Stripe does not answer.
 */
export async function openBillingPortal(ctx: SignedInContext): Promise<BillingPortal> {
  const { stripe, settings } = ctx;
  const me = eq(users.id, ctx.user_id);
  const { email, customer } = await ctx.transact((t) => {
    t.guard(sql`exists (select from ${users} where ${and(me, isNotNull(users.stripe_customer_id))})`, ...NO_BILLING);
    return t.one(
      query
        .select({ email: knownEmail, customer: sql<string>`${users.stripe_customer_id}` })
        .from(users)
        .where(me),
    );
  });
  try {
    const known = await ask(stripe.customers.retrieve(customer));
    // Stripe still finds a customer that was deleted.
    if (known.deleted) throw new Refusal(...NO_BILLING);
    if (known.email !== email) await ask(stripe.customers.update(customer, { email }));
    const { url } = await ask(stripe.billingPortal.sessions.create({ customer, return_url: links.billing(settings) }));
    return { portal_url: url };
  } catch (error) {
    if (isMissing(error)) throw new Refusal(...NO_BILLING, { cause: error });
    throw error;
  }
}
