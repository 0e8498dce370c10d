import { eq, type SQL, sql } from "drizzle-orm";
import type Stripe from "stripe";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { DuesMetadata, paidPlan } from "./metadata.ts";

/** The row of ours that a subscription at Stripe belongs to. */
export interface RowAtStripe {
  id: SQL;
  /** The plan that its metadata names, or else the row's. For an update of `subscriptions`. */
  plan_id: SQL;
}

/**
 * Finds the row that names the subscription, whatever its metadata says: it can be changed in the dashboard, or come from
 * another system. If no row names it, the metadata that our checkout wrote link it to one: its own, or those of the session
 * that began it. Null if it is not ours. A subscription without such metadata takes one more round trip.
 */
export async function rowOfSubscription(
  ctx: Context,
  { id, metadata }: Stripe.Subscription,
  session?: Stripe.Checkout.Session,
): Promise<RowAtStripe | null> {
  const named = DuesMetadata.safeParse(metadata).data ?? DuesMetadata.safeParse(session?.metadata).data;
  if (!named) {
    const row = await ctx.transact((t) =>
      t.maybe(
        query.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.stripe_subscription_id, id)),
      ),
    );
    return row && { id: sql`${row.id}::uuid`, plan_id: sql`${subscriptions.plan_id}` };
  }
  return {
    id: sql`coalesce((select linked.id from ${subscriptions} linked where linked.stripe_subscription_id = ${id}), ${named.subscription_id}::uuid)`,
    plan_id: sql`case when ${subscriptions.id} = ${named.subscription_id}::uuid then ${paidPlan(named)} else ${subscriptions.plan_id} end`,
  };
}
