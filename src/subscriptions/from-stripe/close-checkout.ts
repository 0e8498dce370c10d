import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { subscriptions } from "../../tables/subscriptions.ts";

/** Lets a checkout expire now, because its session cannot be paid any more. Then it blocks nothing. */
export const closeCheckout = (t: Plan, session_id: string, subscription_id: string): void =>
  t.effect(
    query
      .update(subscriptions)
      .set({ checkout_expires_at: sql`least(${subscriptions.checkout_expires_at}, now())` })
      .where(
        and(
          eq(subscriptions.id, subscription_id),
          eq(subscriptions.status, "pending"),
          eq(subscriptions.stripe_checkout_session_id, session_id),
        ),
      ),
  );
