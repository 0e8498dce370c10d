import { and, eq, isNotNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { links } from "../../http/frontend-links.ts";
import { ask, isMissing } from "../../stripe/client.ts";
import { users } from "../../tables/people.ts";
import type { BillingPortal } from "./schemas.ts";

const NO_BILLING = [409, "no_billing", "You have no online payments to manage."] as const;

/**
 * Opens the page at Stripe where members change their card, see their receipts, and cancel a subscription that renews.
 * If their address has changed, tells Stripe first. 409 if they are not a customer at Stripe, or no longer are. 503 if
 * Stripe does not answer.
 */
export async function openBillingPortal(ctx: SignedInContext): Promise<BillingPortal> {
  const me = eq(users.id, ctx.user_id);
  const { email, customer } = await ctx.transact((t) => {
    t.guard(sql`exists (select from ${users} where ${and(me, isNotNull(users.stripe_customer_id))})`, ...NO_BILLING);
    return t.one(
      query
        .select({ email: users.email, customer: sql<string>`${users.stripe_customer_id}` })
        .from(users)
        .where(me),
    );
  });
  try {
    await updateAddress(ctx, customer, email);
    const { url } = await ask(
      ctx.stripe.billingPortal.sessions.create({ customer, return_url: links.billing(ctx.settings) }),
    );
    return { portal_url: url };
  } catch (error) {
    if (isMissing(error)) throw new Refusal(...NO_BILLING, { cause: error });
    throw error;
  }
}

/** Tells Stripe the member's address if it has changed. 409 if the customer was deleted, which Stripe still finds. */
async function updateAddress({ stripe }: SignedInContext, id: string, email: string): Promise<void> {
  const customer = await ask(stripe.customers.retrieve(id));
  if (customer.deleted) throw new Refusal(...NO_BILLING);
  if (customer.email !== email) await ask(stripe.customers.update(id, { email }));
}
