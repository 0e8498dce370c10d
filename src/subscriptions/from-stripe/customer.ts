import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { personIsKnown } from "../../people/person.ts";
import { idOf } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";

/**
 * Records which customer a person is at Stripe. If what the customer paid for is not running anymore, only a person without
 * a customer gets this one. A deleted customer is removed. Somebody who was erased gets none.
 *
 * @param person SQL that yields the person's id
 * @param customer from a field that Stripe was asked to expand
 * @param isRunning whether what the customer paid for is running, as the transaction has left our rows so far; not, if nothing
 *   was paid
 */
export function setCustomer(
  t: Plan,
  person: SQL,
  customer: Stripe.Checkout.Session["customer"],
  isRunning: SQL = sql`false`,
): void {
  const id = idOf(customer);
  if (!id) return;
  const isDeleted = typeof customer === "object" && customer?.deleted === true;
  const isTheirs = eq(users.stripe_customer_id, id);
  // Not if it is the same: setting a unique column locks out every row that refers to the person.
  const mayChange = or(isNull(users.stripe_customer_id), and(isRunning, ne(users.stripe_customer_id, id)));
  t.effect(
    query
      .update(users)
      .set({ stripe_customer_id: isDeleted ? null : id })
      .where(and(eq(users.id, person), personIsKnown, isDeleted ? isTheirs : mayChange)),
  );
}
