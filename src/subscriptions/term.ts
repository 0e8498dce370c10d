import { type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../plans/tables.ts";
import { termEndAfter } from "../plans/term-end.ts";

/**
 * Calendar months later, clipped to the month's last day, whatever the session's time zone. Counted from where terms first
 * began, if that is whole months before: what began on the 31st goes on to the 31st after a shorter month, too.
 */
const monthsAfter = (start: SQL, first: SQL, months: number): SQL => sql`(
  select (case when first + make_interval(months => before) = start then first + make_interval(months => before + ${months}::integer)
    else start + make_interval(months => ${months}::integer) end) at time zone 'UTC'
  from (select (${start}) at time zone 'UTC' as start, (${first}) at time zone 'UTC' as first) as instants
  cross join lateral (select (12 * (extract(year from start) - extract(year from first))
    + extract(month from start) - extract(month from first))::integer as before) as counted)`;

/**
 * When a term of a row of `subscription_plans` ends that starts then: null for life, and where the plan does not say.
 *
 * @param first where the terms began that it goes on from; null where there are none
 */
export const termEnd = (start: SQL, first: SQL): SQL => sql`case ${subscription_plans.billing_cycle}
  when 'monthly' then ${monthsAfter(start, first, 1)}
  when 'quarterly' then ${monthsAfter(start, first, 3)}
  when 'yearly' then ${monthsAfter(start, first, 12)}
  when 'custom' then ${termEndAfter(start)}
end`;
