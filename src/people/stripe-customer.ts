import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import Stripe from "stripe";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { ask, askOrNull } from "../stripe/client.ts";
import { fullNameOf, mailableAddress, users } from "../tables/people.ts";
import { personIsKnown } from "./person.ts";

/** Stripe takes no longer names: https://docs.stripe.com/api/customers/update */
const LONGEST_NAME = 256;

/** A customer at Stripe as it should be: the confirmed address, and the name that everybody sees, never the legal one. */
export type WantedCustomer = Awaited<ReturnType<typeof selectCustomers>>[number];

/** The customers of the people for whom this holds: a condition on `users`. */
export const selectCustomers = (which: SQL | undefined) =>
  query
    .select({
      id: sql<string>`${users.stripe_customer_id}`,
      email: mailableAddress,
      name: sql<string>`left(${fullNameOf(users)}, ${LONGEST_NAME})`,
    })
    .from(users)
    .where(and(isNotNull(users.stripe_customer_id), personIsKnown, which));

/** The fields of a customer that differ at Stripe. We do not send Stripe an address that nobody has confirmed. */
export function outdatedFields(known: Stripe.Customer, { email, name }: WantedCustomer) {
  return {
    ...(email !== null && known.email !== email && { email }),
    ...(known.name !== name && { name }),
  };
}

/**
 * Makes a customer at Stripe what it should be. If Stripe does not accept the address, it still gets the name, and this
 * throws Stripe's error.
 */
export async function updateCustomer(
  { stripe }: Context,
  known: Stripe.Customer,
  wanted: WantedCustomer,
): Promise<void> {
  const { email, ...others } = outdatedFields(known, wanted);
  const update = (fields: Stripe.CustomerUpdateParams) => ask(stripe.customers.update(known.id, fields));
  if (!email) {
    if (others.name !== undefined) await update(others);
    return;
  }
  try {
    await update({ ...others, email });
  } catch (error) {
    if (isEmailInvalid(error) && others.name !== undefined) await update(others);
    throw error;
  }
}

const isEmailInvalid = (error: unknown) =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "email_invalid";

/** Whether a change of a person changes the name that everybody sees. */
export const namesSomebody = (change: { first_name?: unknown; last_name?: unknown }): boolean =>
  change.first_name !== undefined || change.last_name !== undefined;

/**
 * Tells Stripe who somebody is now. For use after an answer that changed their name or their address; if this fails,
 * reconciliation does it. Does nothing for somebody who is no customer, or whose customer was deleted.
 */
export async function tellStripeWhoTheyAre(ctx: Context, user_id: string): Promise<void> {
  const wanted = await ctx.transact((t) => t.maybe(selectCustomers(eq(users.id, user_id))));
  const known = wanted && (await askOrNull(ctx.stripe.customers.retrieve(wanted.id)));
  if (known && !known.deleted) await updateCustomer(ctx, known, wanted);
}
