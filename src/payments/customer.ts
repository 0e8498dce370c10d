import { and, eq, isNull, ne, or, type SQL } from "drizzle-orm";
import type Stripe from "stripe";
import { effect, query, type Silent } from "../database/statements.ts";
import { users } from "../members/tables.ts";

/** What Stripe gives in a field `customer` that is expanded. */
type Customer = string | Stripe.Customer | Stripe.DeletedCustomer | null;

/**
 * Makes the customer that somebody is at Stripe the one who pays for what runs. What has ended names its customer only where
 * we know of none, and one who was deleted is nobody's.
 *
 * @param person an SQL expression that gives the person's id
 * @param runs whether what the customer paid for runs, as our rows stand by then in the transaction
 */
export function knownAs(person: SQL, customer: Customer, runs: SQL): Silent[] {
  if (customer === null) return [];
  const id = typeof customer === "string" ? customer : customer.id;
  const deleted = typeof customer === "object" && customer.deleted === true;
  const isTheirs = and(eq(users.id, person), eq(users.stripe_customer_id, id));
  return [
    effect(
      deleted
        ? query.update(users).set({ stripe_customer_id: null }).where(isTheirs)
        : query
            .update(users)
            .set({ stripe_customer_id: id })
            .where(
              // Left alone where it is so already: to set a unique column locks against whatever refers to the person.
              and(
                eq(users.id, person),
                or(isNull(users.stripe_customer_id), and(runs, ne(users.stripe_customer_id, id))),
              ),
            ),
    ),
  ];
}
