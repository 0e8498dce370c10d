import { type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../plans/tables.ts";
import { termEndAfter } from "../plans/term-end.ts";

/** Calendar months later, clipped to the month's last day, whatever the session's time zone. */
const monthsAfter = (start: SQL, months: number): SQL =>
  sql`(((${start}) at time zone 'UTC') + make_interval(months => ${months}::integer)) at time zone 'UTC'`;

/** When a term of a row of `subscription_plans` ends that starts then: null for life, and where the plan does not say. */
export const termEnd = (start: SQL): SQL => sql`case ${subscription_plans.billing_cycle}
  when 'monthly' then ${monthsAfter(start, 1)}
  when 'quarterly' then ${monthsAfter(start, 3)}
  when 'yearly' then ${monthsAfter(start, 12)}
  when 'custom' then ${termEndAfter(start)}
end`;
