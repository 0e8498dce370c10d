import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { NEWS_SINCE } from "../../ledger/news.ts";
import { toInstant } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { toOwners, updateSubscriptions } from "../rows.ts";

/** A checkout at Stripe, or the subscription it began, whose payment the bank refused. */
interface RefusedCheckout {
  id: string;
  /** Seconds since 1970. */
  created: number;
  amount_cents: number;
  /** When Stripe will ask the bank again. */
  retried_at?: string | null;
}

/**
 * Tells the person once that their bank refused, and that nothing was taken, unless they have paid in another way since, or
 * started to. If the bank is asked again, says when.
 *
 * @param session_id the checkout's session, if it is known
 */
export const mailDuesNotPaid = (
  t: Plan,
  { id, created, amount_cents, retried_at = null }: RefusedCheckout,
  subscription_id: string | SQL,
  session_id: string | null,
): void =>
  t.mail("checkout_failed", {
    ...toOwners(
      eq(subscriptions.id, subscription_id),
      eq(subscriptions.status, "pending"),
      session_id === null ? undefined : eq(subscriptions.stripe_checkout_session_id, session_id),
      sql`${toInstant(created)}::timestamptz > ${NEWS_SINCE}`,
    ),
    data: {
      name: users.first_name,
      amount_cents: sql<number>`${amount_cents}::integer`,
      what: sql<"dues">`'dues'`,
      retried_at: sql<string | null>`${retried_at}::timestamptz`,
    },
    once: sql`${`${retried_at ? "checkout_retried" : "checkout_failed"}:${id}`}`,
  });

/** Lets a checkout expire now, because its session cannot be paid anymore. Then it blocks nothing. */
export const closeCheckout = (t: Plan, session_id: string, subscription_id: string | SQL): void =>
  updateSubscriptions(
    t,
    and(
      eq(subscriptions.id, subscription_id),
      eq(subscriptions.status, "pending"),
      eq(subscriptions.stripe_checkout_session_id, session_id),
    ),
    { checkout_expires_at: sql`least(${subscriptions.checkout_expires_at}, now())` },
  );
