import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { type Agreement, combineAgreements, NOT_OURS } from "../stripe/agreement.ts";
import { askOrNull } from "../stripe/client.ts";
import { subscriptionFromStripe } from "../subscriptions/from-stripe/subscription.ts";
import { users } from "../tables/people.ts";

/** Makes all of a customer's subscriptions agree with Stripe, since each may charge the customer's card, and shows it in our row. */
export async function customerFromStripe(ctx: Context, customer: string | null): Promise<Agreement> {
  if (!customer) return NOT_OURS;
  const listed = ctx.stripe.subscriptions.list({ customer, limit: 100 });
  // The method wants a limit. No customer has that many. A deleted customer has none, and Stripe does not list them.
  const subscriptions = (await askOrNull(listed.autoPagingToArray({ limit: 1000 }))) ?? [];
  const agreements = await Promise.all(subscriptions.map(({ id }) => subscriptionFromStripe(ctx, id)));
  return combineAgreements(agreements) ?? NOT_OURS;
}

/** Forgets a customer who was deleted at Stripe. Their subscriptions end there too, each with an event of its own. */
export const forgetCustomer = (stripe_customer_id: string): Agreement => ({
  write: (t) =>
    t.effect(
      query.update(users).set({ stripe_customer_id: null }).where(eq(users.stripe_customer_id, stripe_customer_id)),
    ),
  outcome: { status: "applied", reason: null },
  refused_subscriptions: [],
  open_invoices: [],
});
