import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { laterBy } from "../time/days.ts";
import { updateSubscriptions } from "./rows.ts";

/**
 * Ends the pause of those terms of `which` (a condition on `subscriptions`) that Stripe does not know. They end later by as
 * long as they were paused, at most until they were due to resume. The pause is rounded to whole days: a term that ends at
 * midnight still does.
 */
export const endPauses = (t: Plan, which: SQL): void =>
  updateSubscriptions(t, and(which, eq(subscriptions.status, "paused"), isNull(subscriptions.stripe_subscription_id)), {
    status: "active",
    paused_at: null,
    resumes_at: null,
    current_term_end: laterBy(
      sql`date_trunc('day', justify_hours(least(now(), ${subscriptions.resumes_at}) - ${subscriptions.paused_at} + interval '12 hours'))`,
      subscriptions.current_term_end,
    ),
  });
