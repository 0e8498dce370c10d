import { and, eq, isNotNull, sql } from "drizzle-orm";
import { guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { links } from "../http/links.ts";
import { users } from "../members/tables.ts";
import { ask, isMissing } from "../stripe/client.ts";
import type { BillingPortal } from "./schemas.ts";

const NO_BILLING = [
  409,
  "no_billing",
  "You have not paid anything online yet, so there is nothing to manage.",
] as const;

/**
 * Opens Stripe's page on which members see to their card and their receipts, and end what renews itself. An address that
 * has changed since is told to Stripe first. 409 when Stripe has no customer for them, or not any more; 503 when it does
 * not answer.
 */
export async function openBillingPortal(ctx: SignedInContext): Promise<BillingPortal> {
  const me = eq(users.id, ctx.user_id);
  const [{ email, customer }] = await ctx.transact(
    guard(sql`exists (select from ${users} where ${and(me, isNotNull(users.stripe_customer_id))})`, ...NO_BILLING),
    one(
      query
        .select({ email: users.email, customer: sql<string>`${users.stripe_customer_id}` })
        .from(users)
        .where(me),
    ),
  );
  try {
    await tellAddress(ctx, customer, email);
    const { url } = await ask(
      ctx.stripe.billingPortal.sessions.create({ customer, return_url: links.billing(ctx.settings) }),
    );
    return { portal_url: url };
  } catch (error) {
    if (isMissing(error)) throw new Refusal(...NO_BILLING, { cause: error });
    throw error;
  }
}

/** 409 when the customer was deleted: Stripe remembers those, and nothing can be done with them. */
async function tellAddress({ stripe }: SignedInContext, id: string, email: string): Promise<void> {
  const customer = await ask(stripe.customers.retrieve(id));
  if (customer.deleted) throw new Refusal(...NO_BILLING);
  if (customer.email !== email) await ask(stripe.customers.update(id, { email }));
}
