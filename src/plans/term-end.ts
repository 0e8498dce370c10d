import { type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../tables/plans.ts";
import { instantOf, laterBy, localTime } from "../time/days.ts";

/** When terms end in the year of `instant` and in the two after it: midnight after the plan's last day. */
const endsAround = (instant: SQL): SQL => sql`
  select ${instantOf(sql`make_date(extract(year from ${localTime(instant)})::int + later, ${subscription_plans.term_end_month},
    ${subscription_plans.term_end_day}) + 1`)} as term_end
  from generate_series(0, 2) as later`;

/**
 * For a row of `subscription_plans` with the custom cycle: when a term ends that begins at `instant`. This is the first end
 * of a term more than 24 hours later: the term before may have ended at midnight in another time zone, so without these
 * hours the next one could end on the same day. An end at most `rollover_days` later is passed over.
 */
export const termEndAfter = (instant: SQL): SQL =>
  sql`(select min(term_end) from (${endsAround(instant)}) as ends where term_end > ${instant} + interval '24 hours'
    and term_end > ${laterBy(sql`make_interval(days => ${subscription_plans.rollover_days})`, instant)})`;
