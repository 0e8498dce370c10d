import { inArray } from "drizzle-orm";
import type Stripe from "stripe";
import { outdatedFields, selectCustomers, updateCustomer } from "../../people/stripe-customer.ts";
import { isMissing, pages } from "../../stripe/client.ts";
import { users } from "../../tables/people.ts";
import type { Round } from "./round.ts";

/**
 * Makes Stripe's customers have the names and addresses that our people have now. It reads them a hundred at a time, so a
 * round takes few calls unless many differ. Deleted customers are not listed. New ones differ if the name on their card does.
 */
export async function reconcileCustomers(round: Round, after: string | null): Promise<boolean> {
  let done = after;
  try {
    for await (const page of pages((list) => round.ctx.stripe.customers.list(list), after)) {
      for (const { known, wanted } of await differing(round, page)) {
        if (!round.continuesAfter("customers", done)) return false;
        await round.attempt("customer", known.id, async () => {
          await updateCustomer(round.ctx, known, wanted);
          round.customers_updated += 1;
        });
        done = known.id;
      }
      done = page.at(-1)?.id ?? done;
      if (!round.continuesAfter("customers", done)) return false;
    }
  } catch (error) {
    // The customer after whom to continue was deleted in the meantime.
    if (after === null || !isMissing(error)) throw error;
    return reconcileCustomers(round, null);
  }
  return true;
}

/** The customers of a page that are ours and differ, with what they should be. One round trip. */
async function differing({ ctx }: Round, page: Stripe.Customer[]) {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const rows = await ctx.transact((t) => t.many(selectCustomers(inArray(users.stripe_customer_id, ids))));
  const ours = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap((known) => {
    const wanted = ours.get(known.id);
    return wanted && Object.keys(outdatedFields(known, wanted)).length > 0 ? [{ known, wanted }] : [];
  });
}
