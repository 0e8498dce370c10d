import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { NEWS_SINCE } from "../../ledger/news.ts";
import { toInstant } from "../../stripe/values.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";

/** A checkout at Stripe, or the subscription it began, whose payment the bank refused. */
interface RefusedCheckout {
  id: string;
  /** Seconds since 1970. */
  created: number;
  amount_cents: number;
}

/** Tells the person once that their bank refused, and that nothing was taken, unless they have paid in another way since. */
export const mailDuesNotPaid = (
  t: Plan,
  { id, created, amount_cents }: RefusedCheckout,
  subscription_id: string,
): void =>
  t.mail("checkout_failed", {
    to: users.email,
    user_id: users.id,
    data: {
      name: users.first_name,
      amount_cents: sql<number>`${amount_cents}::integer`,
      what: sql<"dues">`'dues'`,
    },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(
        eq(subscriptions.id, subscription_id),
        eq(subscriptions.status, "pending"),
        sql`${toInstant(created)}::timestamptz > ${NEWS_SINCE}`,
      )}`,
    once: sql`${`checkout_failed:${id}`}`,
  });
