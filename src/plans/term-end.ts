import { type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../tables/plans.ts";

/** When terms end in the year of `instant` and in the next: midnight UTC after the plan's last day. */
const endsAround = (instant: SQL): SQL => sql`
  select ((make_date(extract(year from ${instant} at time zone 'UTC')::int + later, ${subscription_plans.term_end_month},
    ${subscription_plans.term_end_day}) + 1)::timestamp at time zone 'UTC') as term_end
  from generate_series(0, 1) as later`;

/** For a row of `subscription_plans` with the custom cycle: the first end of a term after `instant`. */
export const termEndAfter = (instant: SQL): SQL =>
  sql`(select min(term_end) from (${endsAround(instant)}) as ends where term_end > ${instant})`;
