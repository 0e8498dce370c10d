import { and, eq, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import type { OurMetadata } from "./subscription-parts.ts";

/** The dues of a session of which nothing can come have no time left to be paid: it stands in the way of nothing. */
export const closed = (session_id: string, { subscription_id }: OurMetadata): Silent =>
  effect(
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
