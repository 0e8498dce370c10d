import { type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../tables/plans.ts";
import { instantOf, localTime } from "../time/days.ts";

/** When terms end in the year of `instant` and in the next: midnight after the plan's last day. */
const endsAround = (instant: SQL): SQL => sql`
  select ${instantOf(sql`make_date(extract(year from ${localTime(instant)})::int + later, ${subscription_plans.term_end_month},
    ${subscription_plans.term_end_day}) + 1`)} as term_end
  from generate_series(0, 1) as later`;

/**
 * For a row of `subscription_plans` with the custom cycle: the first end of a term more than 24 hours after `instant`. The
 * term before may have ended at midnight in another time zone, so without these hours the next one could end on the same day.
 */
export const termEndAfter = (instant: SQL): SQL =>
  sql`(select min(term_end) from (${endsAround(instant)}) as ends where term_end > ${instant} + interval '24 hours')`;
